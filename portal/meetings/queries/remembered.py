"""Meetings whose facts are remembered by each process, and whose places are not.

A meeting's facts (its course, day, place, price) are read once per generation, and again when its
`changed_at` differs. Its state and its counts are those of the request's own query
(docs/decisions/0023).
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from django.db.models import CharField, Prefetch, prefetch_related_objects
from django.db.models.functions import Cast
from django.http import HttpRequest

from pluc.generation import remembered
from portal.meetings.models import Accreditation, Meeting, MeetingQuerySet, Speaker
from portal.meetings.models.meetings import ZONE

# Columns that are read anew for each request.
FRESH = ("id", "state", "capacity", *Meeting.COUNTS)
FETCHED_AHEAD = "_prefetched_objects_cache"  # where Django keeps rows of relations
# Values of facets that are no value of a column.
ONLINE = "online"
WITH_PLACES = "vrij"


@dataclass(frozen=True)
class Line:
    """A meeting to come, with what it can be found by: the values of each facet, if any."""

    meeting: Meeting
    values: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        """A meeting in a venue that can be followed online has two values of "region"."""
        region = (meeting.where.slug,) if meeting.where else ()
        values = {
            "format": (meeting.format,),
            "region": (*region, ONLINE) if meeting.is_online else region,
            "subject": (meeting.course.subject.slug,),
            "month": (month_of(meeting),),
            "language": (meeting.language,),
            "partner": (meeting.partner.slug,) if meeting.partner else (),
        }
        return cls(meeting, values)

    def refresh(self, row: Sequence[Any]) -> None:
        """Takes over the `FRESH` columns of a row."""
        vars(self.meeting).update(zip(FRESH, row, strict=True))
        self.values["places"] = (WITH_PLACES,) if self.meeting.left > 0 else ()


def month_of(meeting: Meeting) -> str:
    """Its first month on the clock in the Netherlands, as addresses name it: "2026-12"."""
    return f"{meeting.starts_at.astimezone(ZONE):%Y-%m}" if meeting.starts_at else ""


def on_offer(*, now: dt.datetime) -> MeetingQuerySet:
    """Public meetings that are still to come, the first one first."""
    return Meeting.objects.public().upcoming(now).order_by("starts_at", "id")


def offer_of(request: HttpRequest, *, now: dt.datetime, courses: Collection[int]) -> list[Line]:
    """The offer of these courses, the first meeting first: in one query, and another for those
    whose facts are not known.

    It numbers hundreds, so it is searched and counted here rather than once per facet there.
    """
    known: dict[int, tuple[str, Line]] = remembered(request, "offer", dict)
    meetings = on_offer(now=now).filter(course__in=courses)
    # As text, which costs less to read than a moment.
    versions = meetings.annotate(version=Cast("changed_at", CharField()))
    rows = list(versions.values_list("version", *FRESH))
    new = {pk: version for version, pk, *_ in rows if known.get(pk, ("",))[0] != version}
    if new:
        found = Meeting.objects.with_line().in_bulk(new)
        known |= {pk: (new[pk], Line.of(meeting)) for pk, meeting in found.items()}
    lines = []
    for _, *row in rows:
        if row[0] in known:  # else it is gone since
            line = known[row[0]][1]
            line.refresh(row)
            lines.append(line)
    return lines


def add_details(request: HttpRequest, meeting: Meeting) -> None:
    """Gives a meeting what its own page tells besides: sessions, hours per scheme, speakers."""
    key = ("details", meeting.pk, meeting.changed_at)
    details = remembered(request, key, partial(load_details, meeting))
    vars(meeting)[FETCHED_AHEAD] = details


def load_details(meeting: Meeting) -> dict[str, Any]:
    """Its rows by the names of the relations."""
    prefetch_related_objects(
        [meeting],
        "sessions",
        Prefetch("accreditations", Accreditation.objects.select_related("scheme")),
        Prefetch("speakers", Speaker.objects.select_related("picture")),
    )
    return dict(vars(meeting)[FETCHED_AHEAD])
