"""What the rooms tell of a meeting: when, where and how many come. No price, and nobody's name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from legal.rights.queries import restricted_people
from portal.enrolments.models import Enrolment
from portal.meetings.models.finding import MeetingQuerySet
from portal.meetings.queries.speaking import day_at
from portal.meetings.wording import (
    each_day,
    full_place_of,
    place_of,
    time_range,
    when,
    why_cancelled,
)


@dataclass(frozen=True, kw_only=True)
class RoomMeeting:
    """A meeting in words, in the active language. `coming` counts who stands on the list."""

    code: str
    title: str
    date: dt.date | None
    when: str
    each_day: list[str]
    time: str
    place: str
    address: str
    route: str
    coming: int
    is_today: bool
    is_over: bool
    is_cancelled: bool
    why_cancelled: str
    # For which organisations it is seen; empty in a speaker's room.
    seen_for: str = ""


def told(meeting: Any, *, now: dt.datetime, seen_for: str = "") -> RoomMeeting:
    """The facts of a meeting of `with_crowd`."""
    return RoomMeeting(
        code=meeting.code,
        title=str(meeting.course),
        date=meeting.starts_on,
        when=when(meeting),
        each_day=each_day(meeting),
        time=time_range(meeting) or when(meeting),
        place=place_of(meeting),
        address=full_place_of(meeting),
        route=meeting.venue.directions if meeting.venue else "",
        coming=meeting.coming,
        is_today=day_at(now).isoformat() in meeting.days,
        is_over=meeting.is_over(now),
        is_cancelled=meeting.is_cancelled,
        why_cancelled=why_cancelled(meeting),
        seen_for=seen_for,
    )


def with_crowd(meetings: MeetingQuerySet, *, of: "QuerySet[Enrolment]") -> MeetingQuerySet:
    """Meetings with all that `told` says, and how many of `of` come (`coming`), in two queries."""
    crowd = of.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    number = Subquery(crowd.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    named = meetings.select_related("course", "venue__region", "region", "client")
    return named.prefetch_related("sessions").annotate(coming=Coalesce(number, Value(0)))


def listed_places() -> "QuerySet[Enrolment]":
    """Who stands on the lists that others see (`portal.attendance.queries.lists`)."""
    places = Enrolment.objects.filter(state=Enrolment.State.ENROLLED)
    return places.exclude(person__in=restricted_people())


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Meetings by when they are: today's apart, those to come, those that have been."""

    today: list[RoomMeeting]
    to_come: list[RoomMeeting]
    past: list[RoomMeeting]

    def __bool__(self) -> bool:
        return bool(self.today or self.to_come or self.past)


def calendar_of(meetings: list[RoomMeeting]) -> Calendar:
    """Of meetings in the order of their days; those that have been, the latest first."""
    today = [one for one in meetings if one.is_today]
    others = [one for one in meetings if not one.is_today]
    return Calendar(
        today=today,
        to_come=[one for one in others if not one.is_over],
        past=[one for one in reversed(others) if one.is_over],
    )
