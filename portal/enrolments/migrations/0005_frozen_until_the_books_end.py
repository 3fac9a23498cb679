from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0004_orders_wishes_and_books")]
    operations = [
        freeze("enrolments_billingexport", deletable_after="kept_until", lets_go=("by_id",)),
        freeze("enrolments_billingline", deletable_after="kept_until", lets_go=("enrolment_id",)),
    ]
