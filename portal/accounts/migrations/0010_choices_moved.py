"""Choices about the newsletter are subscriptions by now: the table goes."""

from django.db import migrations

from pluc.frozen import thaw


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_one_person_typed_twice"),
        ("newsletter", "0004_choices_become_subscriptions"),
    ]
    operations = [
        thaw("accounts_newsletterchoice"),
        migrations.DeleteModel("NewsletterChoice"),
    ]
