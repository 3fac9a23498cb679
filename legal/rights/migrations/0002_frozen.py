"""A disclosure stays as it was written. It may go, which it does when its person goes."""

from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]
    operations = [freeze("rights_disclosure", deletable=True)]
