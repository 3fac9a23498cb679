"""The mails about a subscription."""

from datetime import date

from django.conf import settings

from pluc.outbox.letters import post_letter
from portal.newsletter.models import Subscription

PAGES = {"nl": "/nieuwsbrief/", "en": "/en/newsletter/"}


def confirm_left(subscription: Subscription, *, on: date) -> None:
    """Tells who left by mail that they did: at most once a day, to the subscriber's own address."""
    post_letter(
        template="newsletter/left",
        to=subscription.email,
        language=subscription.language,
        context={"address": settings.SITE_URL + PAGES[subscription.language]},
        person_id=subscription.person_id,
        event=f"newsletter-left:{subscription.pk}:{on}",
    )
