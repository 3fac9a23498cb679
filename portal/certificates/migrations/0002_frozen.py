"""Steps of a certificate are facts: they may go, but not change."""

from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [freeze("certificates_certificatestep", deletable=True, lets_go=("by_id",))]
