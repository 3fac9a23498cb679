"""An edition stays as it is."""

from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_initial")]
    operations = [freeze("statements_edition")]
