"""Meetings of today and of the last weeks, and what of their attendance waits."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.periods import ATTENDANCE_SHOWN
from portal.attendance.models import Mark, Photograph, WalkIn
from portal.attendance.queries.marks import final_among
from portal.attendance.queries.photographs import photographs_to_confirm
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE

State = Meeting.State
TO_FINISH = (State.DEFINITE, State.HELD)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A meeting in the list: how many are marked, and what waits, in words."""

    meeting: Meeting
    places: int
    marked: int
    is_final: bool
    is_over: bool
    waits: list[str]


def meetings_shown(now: dt.datetime) -> QuerySet[Meeting]:
    """Those of today, of the last weeks, and older ones that are not done with; the latest first.

    What was cancelled, or never made definite, has no attendance.
    """
    tomorrow = now.astimezone(ZONE).date() + dt.timedelta(days=1)
    until = dt.datetime.combine(tomorrow, dt.time(), tzinfo=ZONE)
    recent = Q(ends_at__gte=now - ATTENDANCE_SHOWN) | Q(state__in=TO_FINISH)
    found = Meeting.objects.filter(recent, starts_at__lt=until)
    found = found.exclude(state__in=[State.CANCELLED, State.PLANNED])
    return found.with_names().order_by("-starts_at", "-pk")


def lines_of(now: dt.datetime) -> list[Line]:
    """A line per meeting, in two queries."""
    marks = standing_marks()
    told = marks.exclude(source=Mark.Source.SELF)
    own = marks.filter(source=Mark.Source.SELF)
    walk_ins = WalkIn.objects.filter(enrolment=None, dropped_because="")
    places = Enrolment.objects.filter(state=Enrolment.State.ENROLLED)
    rows = meetings_shown(now).annotate(
        places=number_of(places, "meeting", "pk"),
        marked=number_of(told, "session__meeting", "enrolment"),
        own_marks=number_of(own, "session__meeting", "enrolment"),
        walk_ins=number_of(walk_ins, "meeting", "pk"),
        photographs=number_of(photographs_to_confirm(), "meeting", "pk"),
    )
    found = list(rows)
    final = final_among(meeting_ids=[row.pk for row in found])
    return [line_of(row, now, is_final=row.pk in final) for row in found]


def standing_marks() -> QuerySet[Mark]:
    """Marks that nothing supersedes and that were not taken back."""
    return Mark.objects.filter(superseded_by=None).exclude(kind=Mark.Kind.VOID)


def number_of(
    rows: QuerySet[Mark] | QuerySet[WalkIn] | QuerySet[Photograph] | QuerySet[Enrolment],
    meeting: str,
    what: str,
) -> Coalesce:
    """How many different ones there are in a meeting, as a part of another query."""
    of_meeting = rows.filter(**{meeting: OuterRef("pk")}).order_by().values(one=Value(1))
    counted = of_meeting.annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def line_of(row: Meeting, now: dt.datetime, *, is_final: bool) -> Line:
    counted = vars(row)  # what the query added
    return Line(
        meeting=row,
        places=counted["places"],
        marked=counted["marked"],
        is_final=is_final,
        is_over=row.is_over(now),
        waits=what_waits(counted, is_over=row.is_over(now) and row.state in TO_FINISH)
        if not is_final
        else [],
    )


def what_waits(counted: dict[str, int], *, is_over: bool) -> list[str]:
    told = {
        "photographs": ngettext(
            "%(n)d photograph to go through",
            "%(n)d photographs to go through",
            counted["photographs"],
        ),
        "walk_ins": ngettext("%(n)d walk-in", "%(n)d walk-ins", counted["walk_ins"]),
        "own_marks": ngettext(
            "%(n)d marked themselves", "%(n)d marked themselves", counted["own_marks"]
        ),
    }
    words = [text % {"n": counted[name]} for name, text in told.items() if counted[name]]
    return [*words, _t("over, and not final yet")] if is_over else words
