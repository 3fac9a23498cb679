"""The public offer: what one can still join, and how to find it."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain, islice
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _t

from portal.meetings.deadlines import is_open
from portal.meetings.models import Meeting, MeetingQuerySet
from portal.meetings.queries.remembered import ONLINE, WITH_PLACES, Line, on_offer
from portal.meetings.wording import label_of, month_name

# Of the years in which meetings are planned: dates far from them cannot be reckoned with.
A_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
# In the feed after they were cancelled, so that calendars hear of it.
CANCELLED_STAY = dt.timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class OfferFilters:
    """What somebody looks for; an empty field leaves it open. Names are those in the address."""

    format: str = ""
    region: str = ""
    subject: str = ""
    month: str = ""
    language: str = ""
    places: str = ""
    partner: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """From an address. What cannot be is dropped, so that an old link shows something."""
        # PostgreSQL knows no NUL.
        asked = {
            field.name: query.get(field.name, "").replace("\0", "")[:60] for field in fields(cls)
        }
        if asked["format"] not in Meeting.Format.values:
            asked["format"] = ""
        if asked["language"] not in Meeting.Language.values:
            asked["language"] = ""
        if asked["places"] != WITH_PLACES:
            asked["places"] = ""
        if not is_month(asked["month"]):
            asked["month"] = ""
        return cls(**asked)

    def as_query(self) -> str:
        """For an address: what is chosen, and no more."""
        return urlencode({name: value for name, value in vars(self).items() if value})

    def __bool__(self) -> bool:
        return any(vars(self).values())


def is_month(text: str) -> bool:
    """Whether an address names a month that meetings are planned in, such as "2026-12"."""
    return A_MONTH.fullmatch(text) is not None


# --- Facets --------------------------------------------------------------------------------------


def fitting(offer: Sequence[Line], filters: OfferFilters) -> Sequence[Line]:
    """The lines that fit all that is chosen, in their order."""
    for name, wanted in vars(filters).items():
        if wanted:
            offer = [line for line in offer if wanted in line.values[name]]
    return offer


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of a facet, and how many meetings one would see with it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One way to look: its name in the address, what it is called, its values."""

    name: str
    label: str
    choices: list[Choice]


CHOICES: dict[str, Any] = {"format": Meeting.Format, "language": Meeting.Language}
LABELS = ("format", "region", "subject", "month", "language", "places")


def facets(offer: list[Line], filters: OfferFilters) -> list[Facet]:
    """Each facet's values with counts, given what is chosen in the others."""
    shown = [facet_of(name, offer, filters) for name in LABELS]
    return [facet for facet in shown if is_of_use(facet, filters)]


def is_of_use(facet: Facet, filters: OfferFilters) -> bool:
    """Whether there is something to choose: between two values, or whether places are left."""
    return len(facet.choices) > 1 or facet.name == "places" or bool(getattr(filters, facet.name))


def name_of(facet: str) -> str:
    """What a facet is called."""
    return {
        "format": _t("Format"),
        "region": _t("Where"),
        "subject": _t("Subject"),
        "month": _t("Month"),
        "language": _t("Language"),
        "places": _t("Places"),
        "partner": _t("Partner"),
    }[facet]


def value_name(facet: str, value: str, offer: list[Line]) -> str:
    """What a value of a facet is called."""
    if value == ONLINE:
        return _t("Online")
    if facet == "month":
        return month_name(dt.date.fromisoformat(f"{value}-01"))
    if facet == "places":
        return _t("places left")
    if facet in CHOICES:
        return label_of(CHOICES[facet], value)
    named = next(line.meeting for line in offer if value in line.values[facet])
    return str(named.where if facet == "region" else named.course.subject)


def facet_of(name: str, offer: list[Line], filters: OfferFilters) -> Facet:
    shown, others = values_in(offer, name), replace(filters, **{name: ""})
    counts = values_in(fitting(offer, others), name) if others else shown
    chosen = getattr(filters, name)
    choices = [
        Choice(
            value=value,
            label=value_name(name, value, offer),
            count=counts[value],
            is_chosen=value == chosen,
        )
        for value in shown
    ]
    if name != "month":  # months stand in their own order
        choices.sort(key=lambda choice: choice.label.lower())
    return Facet(name=name, label=name_of(name), choices=choices)


def values_in(lines: Sequence[Line], facet: str) -> Counter[str]:
    """How many of these lines have each value of a facet."""
    return Counter(chain.from_iterable([line.values[facet] for line in lines]))


# --- Parts of it ---------------------------------------------------------------------------------


def next_joinable(offer: Sequence[Line], *, now: dt.datetime, limit: int) -> list[Meeting]:
    """The first meetings that have places and are not closed."""
    with_places = fitting(offer, OfferFilters(places=WITH_PLACES))
    joinable = (line.meeting for line in with_places if is_open(line.meeting, now))
    return list(islice(joinable, limit))


def cafes_by_region(offer: Sequence[Line]) -> list[Meeting]:
    """The next PE-café of each region, in the order of the regions."""
    cafes = fitting(offer, OfferFilters(format=Meeting.Format.CAFE))
    placed = [(line.meeting.where, line.meeting) for line in reversed(cafes)]
    nearest = {where: meeting for where, meeting in placed if where}
    regions = sorted(nearest, key=lambda region: (region.position, region.name))
    return [nearest[region] for region in regions]


def public_meeting(*, course_slug: str, code: str) -> Meeting | None:
    """A meeting with a public page, past and cancelled ones too: its address stays."""
    meetings = Meeting.objects.public().with_names().prefetch_related("sessions")
    return meetings.filter(course__slug=course_slug, code=code, starts_at__isnull=False).first()


def meetings_of_course(*, course_slug: str, now: dt.datetime) -> MeetingQuerySet:
    """What is still to come of a course."""
    return on_offer(now=now).filter(course__slug=course_slug)


def speakers_of(meetings: Sequence[Meeting]) -> dict[int, list[str]]:
    """The names of those who speak, by the meeting's number."""
    rows = Meeting.speakers.through.objects.filter(meeting__in=[one.pk for one in meetings])
    names: dict[int, list[str]] = defaultdict(list)
    for number, name in rows.values_list("meeting", "speaker__name"):
        names[number].append(name)
    return names


def meetings_for_feed(*, now: dt.datetime) -> MeetingQuerySet:
    """What is to come, and what was cancelled lately."""
    lately = Q(state=Meeting.State.CANCELLED, changed_at__gt=now - CANCELLED_STAY)
    going_on = ~Q(state=Meeting.State.CANCELLED)
    meetings = Meeting.objects.public().filter(going_on | lately, starts_at__gt=now)
    return meetings.order_by("starts_at", "id").with_names().prefetch_related("sessions")
