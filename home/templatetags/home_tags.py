"""Template tags of the public site's pages."""

from django import template
from django.utils.translation import get_language

from portal.meetings.addresses import OFFER

register = template.Library()


@register.simple_tag
def offer_url() -> str:
    """The offer's path in the active language; its slug is fixed (CONTRACT, Public addresses)."""
    return OFFER.get(get_language() or "nl", OFFER["nl"])
