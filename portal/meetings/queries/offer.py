"""The public offer: what one can still join, and how to find it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from operator import itemgetter
from typing import Any, NamedTuple, Self

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _t

from pluc.language import is_english
from portal.meetings.models import Meeting, MeetingQuerySet
from portal.meetings.models.meetings import ZONE
from portal.meetings.policy import is_open
from portal.meetings.queries.told import FRESH, meetings_told
from portal.meetings.wording import label_of, month_name

ONLINE = "online"
WITH_PLACES = "vrij"
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
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in vars(self).items() if value})
        return query.urlencode()

    def __bool__(self) -> bool:
        return any(vars(self).values())


def is_month(text: str) -> bool:
    """Whether an address names a month that meetings are planned in, such as "2026-12"."""
    return A_MONTH.fullmatch(text) is not None


def month_with(moment: dt.datetime) -> str:
    """The month of a moment on the clock in the Netherlands, as an address names it."""
    day = moment.astimezone(ZONE)
    return f"{day.year}-{day.month:02}"


# --- The offer as lines --------------------------------------------------------------------------


def on_offer(*, now: dt.datetime) -> MeetingQuerySet:
    """Public meetings that are still to come, the first one first."""
    return Meeting.objects.public().upcoming(now).order_by("starts_at", "id")


class Line(NamedTuple):
    """A meeting to come by what it can be found by: a value per facet, or "" where it has none.

    A meeting in a venue that can be followed online has a `region`, and `online` as well.
    """

    fresh: Sequence[Any]  # `told.FRESH`
    format: str
    region: str
    online: str
    subject: str
    month: str
    language: str
    places: str
    partner: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The meetings to come as lines, the first one first, with the names of what they refer to."""

    lines: list[Line]
    regions: dict[str, str]
    subjects: dict[str, str]


COLUMNS = ("format", "language", "is_online", "starts_at")
PLACES = ("course__subject", "venue__region", "region")


def offer_of(*, now: dt.datetime, courses: Collection[int]) -> Offer:
    """The offer of these courses, in one query and without an object per row.

    It numbers hundreds, so it is searched and counted here rather than once per facet there.
    """
    name = "name_en" if is_english() else "name"
    named = [f"{row}__{column}" for column in ("slug", name) for row in PLACES]
    offer = Offer(lines=[], regions={}, subjects={})
    meetings = on_offer(now=now).filter(course__in=courses)
    for row in meetings.values_list(*FRESH, *COLUMNS, *named, "partner__slug"):
        *told, subject, of_venue, own, subject_name, of_venue_name, own_name, partner = row
        region = of_venue or own or ""  # as `Meeting.where`
        offer.lines.append(line_of(told, region, subject, partner or ""))
        offer.regions[region] = of_venue_name or own_name
        offer.subjects[subject] = subject_name
    return offer


def line_of(row: Sequence[Any], region: str, subject: str, partner: str) -> Line:
    """A line from the columns `FRESH` and `COLUMNS`, and the short names of what it refers to."""
    capacity, taken = row[3:5]
    format_, language, is_online, starts_at = row[-4:]
    online = ONLINE if is_online else ""
    places = WITH_PLACES if taken < capacity else ""
    month = month_with(starts_at)
    return Line(row, format_, region, online, subject, month, language, places, partner)


def columns_of(facet: str) -> list[int]:
    """Where a line has the values of a facet."""
    names = ("region", "online") if facet == "region" else (facet,)
    return [Line._fields.index(name) for name in names]


def fitting(lines: Sequence[Line], filters: OfferFilters) -> Sequence[Line]:
    """The lines that fit all that is chosen, in their order."""
    for name, wanted in vars(filters).items():
        if wanted:
            columns = columns_of(name)
            lines = [line for line in lines if any(line[one] == wanted for one in columns)]
    return lines


# --- Facets --------------------------------------------------------------------------------------


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


CHOICES = {"format": Meeting.Format, "language": Meeting.Language}
LABELS = ("format", "region", "subject", "month", "language", "places")


def facets(offer: Offer, filters: OfferFilters) -> list[Facet]:
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


def value_name(facet: str, value: str, offer: Offer) -> str:
    """What a value of a facet is called."""
    if value == ONLINE:
        return _t("Online")
    if facet == "month":
        return month_name(dt.date.fromisoformat(f"{value}-01"))
    if facet == "places":
        return _t("places left")
    if facet in CHOICES:
        return label_of(CHOICES[facet], value)
    return {"region": offer.regions, "subject": offer.subjects}[facet][value]


def facet_of(name: str, offer: Offer, filters: OfferFilters) -> Facet:
    shown = values_in(offer.lines, name)
    counts = values_in(fitting(offer.lines, replace(filters, **{name: ""})), name)
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
    counts: Counter[str] = Counter()
    for column in columns_of(facet):
        counts.update(map(itemgetter(column), lines))
    del counts[""]
    return counts


# --- Parts of it ---------------------------------------------------------------------------------


def next_and_near(
    request: HttpRequest, offer: Offer, *, now: dt.datetime, limit: int
) -> tuple[list[Meeting], list[Meeting]]:
    """The first meetings that have places and are not closed, and the next PE-café of each region
    in the order of the regions.
    """
    # One that closes today may begin days from now; a few more than asked make up for them.
    likely = fitting(offer.lines, OfferFilters(places=WITH_PLACES))[: limit * 4]
    cafes = fitting(offer.lines, OfferFilters(format=Meeting.Format.CAFE))
    nearest = {line.region: line for line in reversed(cafes) if line.region}
    meetings = {one.pk: one for one in told(request, [*likely, *nearest.values()])}
    coming = (meetings.get(line.fresh[0]) for line in likely)
    near = (meetings.get(line.fresh[0]) for line in nearest.values())
    joinable = [meeting for meeting in coming if meeting and is_open(meeting, now)]
    return joinable[:limit], sorted(filter(None, near), key=order_of_region)


def told(request: HttpRequest, lines: Sequence[Line]) -> list[Meeting]:
    """The meetings of these lines, in the same order, with what a list tells of them."""
    return meetings_told(request, [line.fresh for line in lines])


def order_of_region(meeting: Meeting) -> tuple[int, str]:
    return (meeting.where.position, meeting.where.name) if meeting.where else (0, "")


def public_meeting(*, course_slug: str, code: str) -> Meeting | None:
    """A meeting with a public page, past and cancelled ones too: its address stays."""
    meetings = Meeting.objects.public().with_names().prefetch_related("sessions")
    return meetings.filter(course__slug=course_slug, code=code, starts_at__isnull=False).first()


def meetings_of_course(*, course_slug: str, now: dt.datetime) -> MeetingQuerySet:
    """What is still to come of a course, as lines of a list, with the sessions."""
    coming = on_offer(now=now).filter(course__slug=course_slug)
    return coming.with_line().prefetch_related("sessions")


def meetings_for_feed(*, now: dt.datetime) -> MeetingQuerySet:
    """What is to come, and what was cancelled lately."""
    lately = Q(state=Meeting.State.CANCELLED, changed_at__gt=now - CANCELLED_STAY)
    going_on = ~Q(state=Meeting.State.CANCELLED)
    meetings = Meeting.objects.public().filter(going_on | lately, starts_at__gt=now)
    return meetings.order_by("starts_at", "id").with_names().prefetch_related("sessions")
