"""The mails about a subscription. None of them holds anything of an issue (STANDARDS 2.7)."""

from datetime import date

from django.utils import timezone, translation

from pluc.links import portal_address
from pluc.outbox.letters import post_letter
from portal.accounts.queries import login_at
from portal.newsletter.links import address_of, held_token, leave_address, newsletter_address
from portal.newsletter.models import Subscription


def ask_to_confirm(subscription: Subscription) -> bool:
    """The question whether they want it. At most one within an hour: `False` where it went."""
    token = subscription.confirm_token
    return post(
        subscription,
        "newsletter/confirm",
        event=f"newsletter-confirm:{subscription.pk.hex}:{timezone.now():%Y-%m-%dT%H}",
        address=address_of("newsletter_confirm", token, language=subscription.language),
    )


def say_subscribed(subscription: Subscription) -> bool:
    """That nothing needs to be done. At most once a day."""
    return post(
        subscription,
        "newsletter/subscribed",
        event=f"newsletter-subscribed:{subscription.pk.hex}:{timezone.localdate()}",
        address=leave_address(subscription),
    )


def send_held(subscription: Subscription) -> bool:
    """The way to what we hold: a link for an hour, or the account of whoever has one.

    At most one within an hour.
    """
    has_account = login_at(email=subscription.email) is not None
    with translation.override(subscription.language):
        account = portal_address("my_data")
    token = held_token(subscription)
    address = address_of("newsletter_held", token, language=subscription.language)
    return post(
        subscription,
        "newsletter/held",
        event=f"newsletter-held:{subscription.pk.hex}:{timezone.now():%Y-%m-%dT%H}",
        address=account if has_account else address,
        has_account=has_account,
    )


def post(subscription: Subscription, template: str, *, event: str, **shown: object) -> bool:
    mail = post_letter(
        template=template,
        to=subscription.email,
        language=subscription.language,
        context=shown,
        event=event,
        person_id=subscription.person_id,
    )
    return mail is not None


def confirm_left(subscription: Subscription, *, on: date) -> None:
    """Tells who left by mail that they did: at most once a day, to the subscriber's own address."""
    post_letter(
        template="newsletter/left",
        to=subscription.email,
        language=subscription.language,
        context={"address": newsletter_address(subscription.language)},
        person_id=subscription.person_id,
        event=f"newsletter-left:{subscription.pk}:{on}",
    )
