"""That a file was handed out stays as it was written."""

from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("materials", "0001_initial")]
    operations = [freeze("materials_handedout", deletable=True)]
