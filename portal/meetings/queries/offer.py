"""The public offer: what one can still join, and how to find it."""

import calendar
import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext as _t

from portal.meetings.deadlines import is_open
from portal.meetings.models import Meeting, MeetingQuerySet
from portal.meetings.models.meetings import ZONE

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
        found = {
            field.name: query.get(field.name, "").replace("\0", "")[:60] for field in fields(cls)
        }
        if found["format"] not in Meeting.Format.values:
            found["format"] = ""
        if found["language"] not in Meeting.Language.values:
            found["language"] = ""
        if found["places"] != WITH_PLACES:
            found["places"] = ""
        if month_of(found["month"]) is None:
            found["month"] = ""
        return cls(**found)

    def as_query(self) -> str:
        """For an address: what is chosen, and no more."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in vars(self).items() if value})
        return query.urlencode()

    def __bool__(self) -> bool:
        return any(vars(self).values())


def month_of(text: str) -> tuple[dt.datetime, dt.datetime] | None:
    """Begin and end of a month such as "2026-12"; `None` for what is none."""
    if not A_MONTH.fullmatch(text):
        return None
    first = dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=ZONE)
    days = calendar.monthrange(first.year, first.month)[1]
    after = first.date() + dt.timedelta(days=days)
    return first, dt.datetime.combine(after, dt.time(), tzinfo=ZONE)


def condition(filters: OfferFilters) -> Q:
    """What a meeting must be to be found."""
    wanted = Q()
    if filters.format:
        wanted &= Q(format=filters.format)
    if filters.region == ONLINE:
        wanted &= Q(is_online=True)
    elif filters.region:
        wanted &= Q(venue__region__slug=filters.region) | Q(venue=None, region__slug=filters.region)
    if filters.subject:
        wanted &= Q(course__subject__slug=filters.subject)
    if month := month_of(filters.month):
        wanted &= Q(starts_at__gte=month[0], starts_at__lt=month[1])
    if filters.language:
        wanted &= Q(language=filters.language)
    if filters.places:
        wanted &= Q(taken__lt=F("capacity"))
    if filters.partner:
        wanted &= Q(partner__slug=filters.partner)
    return wanted


def offer(*, filters: OfferFilters, now: dt.datetime) -> MeetingQuerySet:
    """Public meetings that are still to come, the first one first."""
    meetings = Meeting.objects.public().upcoming(now).filter(condition(filters))
    return meetings.order_by("starts_at", "id")


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


def facets(*, filters: OfferFilters, now: dt.datetime, courses: QuerySet[Any]) -> list[Facet]:
    """Each facet's values with counts, given what is chosen in the others. In one query.

    `courses` are those that are shown. The upcoming offer numbers hundreds, so it is counted here
    rather than once per facet there.
    """
    lines = [Line.of(meeting) for meeting in upcoming_lines(now).filter(course__in=courses)]
    found = [facet_of(name, lines, filters) for name in LABELS]
    return [facet for facet in found if is_of_use(facet, filters)]


def is_of_use(facet: Facet, filters: OfferFilters) -> bool:
    """Whether there is something to choose: between two values, or whether places are left."""
    return len(facet.choices) > 1 or facet.name == "places" or bool(getattr(filters, facet.name))


def upcoming_lines(now: dt.datetime) -> MeetingQuerySet:
    related = ("course__subject", "venue__region", "region", "partner")
    return Meeting.objects.public().upcoming(now).select_related(*related).order_by("starts_at")


LABELS = ("format", "region", "subject", "month", "language", "places")


def label_of(facet: str) -> str:
    return {
        "format": _t("Format"),
        "region": _t("Where"),
        "subject": _t("Subject"),
        "month": _t("Month"),
        "language": _t("Language"),
        "places": _t("Places"),
        "partner": _t("Partner"),
    }[facet]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A meeting by what it can be found by: values with their labels, per facet."""

    values: dict[str, dict[str, str]]
    partner: str

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        subject = meeting.course.subject
        start = timezone.localtime(meeting.starts_at, ZONE)
        where = {meeting.where.slug: str(meeting.where)} if meeting.where else {}
        return cls(
            values={
                "format": {meeting.format: str(meeting.get_format_display())},
                "region": where | ({ONLINE: _t("Online")} if meeting.is_online else {}),
                "subject": {subject.slug: str(subject)},
                "month": {f"{start:%Y-%m}": formats.date_format(start, "F Y")},
                "language": {meeting.language: str(meeting.get_language_display())},
                "places": {WITH_PLACES: _t("places left")} if meeting.left > 0 else {},
            },
            partner=meeting.partner.slug if meeting.partner else "",
        )

    def fits(self, filters: OfferFilters) -> bool:
        if filters.partner and filters.partner != self.partner:
            return False
        return all(
            not getattr(filters, name) or getattr(filters, name) in values
            for name, values in self.values.items()
        )


def facet_of(name: str, lines: list[Line], filters: OfferFilters) -> Facet:
    chosen = getattr(filters, name)
    others = replace(filters, **{name: ""})
    labels = {value: label for line in lines for value, label in line.values[name].items()}
    counts = Counter(value for line in lines if line.fits(others) for value in line.values[name])
    choices = [
        Choice(value=value, label=label, count=counts[value], is_chosen=value == chosen)
        for value, label in labels.items()
    ]
    if name != "month":  # months stand in their own order
        choices.sort(key=lambda choice: choice.label.lower())
    return Facet(name=name, label=label_of(name), choices=choices)


# --- Parts of it ---------------------------------------------------------------------------------


def next_joinable(*, now: dt.datetime, limit: int, courses: QuerySet[Any]) -> list[Meeting]:
    """The first meetings of these courses that have places and are not closed."""
    found = offer(filters=OfferFilters(places=WITH_PLACES), now=now).filter(course__in=courses)
    with_places = found.with_names()
    # One that closes today may begin days from now; a few more than asked make up for them.
    return [meeting for meeting in with_places[: limit * 4] if is_open(meeting, now)][:limit]


def cafes_by_region(*, now: dt.datetime, courses: QuerySet[Any]) -> list[Meeting]:
    """The next PE-café of each region, in the order of the regions."""
    cafes = offer(filters=OfferFilters(format=Meeting.Format.CAFE), now=now)
    first: dict[int, Meeting] = {}
    for meeting in cafes.filter(course__in=courses).with_names():
        if meeting.where:
            first.setdefault(meeting.where.pk, meeting)
    return sorted(first.values(), key=lambda meeting: (meeting.where.position, meeting.where.name))  # type: ignore[union-attr]


def public_meeting(*, course_slug: str, code: str) -> Meeting | None:
    """A meeting of the public offer, past and cancelled ones too: its address stays."""
    meetings = Meeting.objects.public().with_facts().prefetch_related("speakers__picture")
    return meetings.filter(course__slug=course_slug, code=code, starts_at__isnull=False).first()


def meetings_of_course(*, course_slug: str, now: dt.datetime) -> MeetingQuerySet:
    """What is still to come of a course."""
    return offer(filters=OfferFilters(), now=now).filter(course__slug=course_slug).with_facts()


def meetings_for_feed(*, now: dt.datetime) -> MeetingQuerySet:
    """What is to come, and what was cancelled lately."""
    lately = Q(state=Meeting.State.CANCELLED, changed_at__gt=now - CANCELLED_STAY)
    going_on = ~Q(state=Meeting.State.CANCELLED)
    found = Meeting.objects.public().filter(going_on | lately, starts_at__gt=now)
    return found.order_by("starts_at", "id").with_facts()
