"""What was asked, and what was answered, can be added to and not changed."""

from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]
    operations = [
        freeze("consent_question"),
        freeze("consent_choice", deletable_after="kept_until"),
    ]
