"""A choice and a decision stay as they were made. They may go, and do when their person goes."""

from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_titles")]
    operations = [
        # From the moment of the choice on: at any time.
        freeze("accounts_newsletterchoice", deletable_after="chosen_at"),
        freeze("accounts_claimdecision", deletable_after="decided_at"),
    ]
