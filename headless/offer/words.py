"""Addresses, moments and names, as all answers about the offer tell them."""

import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language

from headless.offer.schemas import Named
from pluc.content.addresses import absolute
from portal.meetings.models import Region, Subject
from portal.meetings.wording import local


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def moment(value: dt.datetime) -> dt.datetime:
    """With the offset that holds in the Netherlands then."""
    return local(value)


def api_address(path: str, **query: str) -> str:
    """An address of the offer in the API, in the active language."""
    if language() != settings.LANGUAGE_CODE:
        query["locale"] = language()
    return absolute(f"/api/offer/{path}") + (f"?{urlencode(query)}" if query else "")


def named(row: Region | Subject) -> Named:
    return Named(slug=row.slug, name=str(row))
