"""What a page tells of a meeting, in the active language."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote_plus

from django.http import HttpRequest
from django.utils.translation import get_language

from pluc.links import site_base
from portal.meetings.addresses import meeting_path, offer_path
from portal.meetings.models import Meeting
from portal.meetings.prices import price_of
from portal.meetings.wording import full_place_of, hours_of, place_of, time_range, when

MAP = "https://www.openstreetmap.org/search?query="


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of a meeting, in words. `url` is its public page; empty where it has none."""

    code: str
    title: str
    date: date | None
    when: str
    time: str
    place: str
    address: str
    hours: list[str]
    price: str
    url: str
    is_cancelled: bool

    @property
    def in_short(self) -> list[str]:
        """What stands below a title: when, where and what it costs."""
        return [self.when, self.place, self.price]


def facts_of(meeting: Meeting, request: HttpRequest) -> Facts:
    return Facts(
        code=meeting.code,
        title=str(meeting.course),
        date=meeting.starts_on,
        when=when(meeting),
        time=time_range(meeting),
        place=place_of(meeting),
        address=full_place_of(meeting),
        hours=hours_of(meeting),
        price=price_of(meeting),
        url=public_url_of(meeting, request),
        is_cancelled=meeting.is_cancelled,
    )


def public_url_of(meeting: Meeting, request: HttpRequest) -> str:
    """Its page on the public site; nothing where it has none."""
    path = meeting_path(meeting, get_language() or "nl")
    return site_base(request) + path if meeting.is_public else ""


def offer_url(request: HttpRequest) -> str:
    """Where all meetings are."""
    return site_base(request) + offer_path(get_language() or "nl")


def map_url_of(meeting: Meeting) -> str:
    """Where the venue lies; nothing about who asks goes along."""
    return MAP + quote_plus(meeting.venue.address) if meeting.venue else ""
