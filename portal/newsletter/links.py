"""Addresses on the site that hold a token, and the link to what we hold, which ends soon."""

from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils import translation

from pluc.content.addresses import absolute, language_prefix
from pluc.links import PUBLIC_URLCONF, site_address
from pluc.periods import HELD_LINK
from portal.newsletter.models import Subscription
from portal.newsletter.models.pages import NEWSLETTER

SALT = "portal.newsletter.held"


def newsletter_address(language: str) -> str:
    """The absolute address of the newsletter's page."""
    return absolute(f"{language_prefix(language)}/{NEWSLETTER[language]}/")


def address_of(view: str, token: str, *, language: str) -> str:
    """The absolute address of one of this room's public views in a language."""
    with translation.override(language):
        return site_address(reverse(view, urlconf=PUBLIC_URLCONF, args=[token]))


def leave_address(subscription: Subscription) -> str:
    """Where this subscriber leaves: the same for ever, and it holds no address."""
    return address_of("newsletter_leave", subscription.token, language=subscription.language)


def held_token(subscription: Subscription) -> str:
    """Signed, so that it needs no row; `SECRET_KEY_FALLBACKS` are read too."""
    return signing.dumps(subscription.pk.hex, salt=SALT)


def held_by_token(token: str) -> UUID | None:
    """The key of the subscription that a link within its hour is about."""
    try:
        return UUID(signing.loads(token, salt=SALT, max_age=HELD_LINK))
    except (signing.BadSignature, ValueError):
        return None
