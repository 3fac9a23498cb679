"""A step of a subscription is proof, and what was sent stays as it was sent."""

from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0001_initial")]
    operations = [
        freeze("newsletter_subscriptionstep", deletable_after="at", lets_go=("by_id",)),
        # It may go, but not change: what is taken off the plan is rendered anew.
        freeze("newsletter_mailingtext", deletable=True),
    ]
