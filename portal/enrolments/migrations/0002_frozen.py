from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0001_initial")]
    operations = [freeze("enrolments_billingexport"), freeze("enrolments_billingline")]
