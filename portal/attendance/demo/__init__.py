"""The demo's attendance: what has been is final, what is held waits, today is half signed in.

May run again: the marks of the demo's meetings are made anew, as their dates follow today.
"""

import datetime as dt
import random
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.attendance.demo.marks import about_today, came_and_went, unfinished
from portal.attendance.models import AttendanceStep, EarnedHours, HoursRule, Mark, WalkIn
from portal.attendance.queries.sheets import sheet_of
from portal.attendance.services.finalising import hours_earned
from portal.enrolments.demo import OWN_PLACES
from portal.enrolments.models import Enrolment
from portal.meetings.demo import facts
from portal.meetings.models import Meeting, Scheme

DEMO = uuid.UUID("0a3a5f0e-6a1b-4a52-9d60-5d1f1f7a9c41")
COLLEAGUE = "backoffice@pluc.example"
TODAY, WAITS = "gesprek-utrecht-vandaag", "steekproef-utrecht-0"
AFTER = dt.timedelta(days=2)  # attendance is final so long after a meeting
Rounding, Break = HoursRule.Rounding, HoursRule.Break
# PLUC!'s to confirm: no scheme's own rule for rounding was found.
RULES: dict[str, dict[str, Any]] = {
    "NBA": {"step": "0.5", "rounding": Rounding.DOWN, "breaks_cost": Break.SHARE},
    "RB": {"step": "0.5", "rounding": Rounding.NEAREST, "breaks_cost": Break.WHOLE},
    "NOREA": {"step": "0.25", "rounding": Rounding.DOWN, "least_minutes": 60},
}


def load_attendance() -> None:
    """Rules, marks, and final attendance of what is completed."""
    for code, fields in RULES.items():
        defaults = fields | {"is_confirmed": False}
        HoursRule.objects.update_or_create(scheme=Scheme.objects.get(code=code), defaults=defaults)
    codes = [one["code"] for one in facts()["meetings"]]
    forget(codes)
    by = User.objects.get(email=COLLEAGUE)
    meetings = list(Meeting.objects.filter(code__in=codes, starts_at__lt=timezone.now()))
    come = who_came(meetings)
    WalkIn.objects.bulk_create(walk_ins_of(meetings, by))
    Mark.objects.bulk_create(mark for one in meetings for mark in marks_of(one, come, by))
    make_final([one for one in meetings if one.state == Meeting.State.COMPLETED], by)


def forget(codes: list[str]) -> None:
    """Deletes what the last run made, and what was done with it since."""
    EarnedHours.objects.filter(step__meeting__code__in=codes).delete()
    AttendanceStep.objects.filter(meeting__code__in=codes).delete()
    Mark.objects.filter(session__meeting__code__in=codes).delete()
    WalkIn.objects.filter(meeting__code__in=codes).delete()


def who_came(meetings: list[Meeting]) -> dict[int, list[Enrolment]]:
    """Who has a place and was not absent, by meeting; the demo's own accounts always came."""
    places = Enrolment.objects.filter(meeting__in=meetings, state=Enrolment.State.ENROLLED)
    places.filter(person__email__in=OWN_PLACES, was_absent=True).update(was_absent=False)
    found: dict[int, list[Enrolment]] = {meeting.pk: [] for meeting in meetings}
    for place in places.exclude(was_absent=True).order_by("queue_number"):
        found[place.meeting_id].append(place)
    return found


def marks_of(meeting: Meeting, come: dict[int, list[Enrolment]], by: User) -> Iterator[Mark]:
    """The marks of one meeting, with keys that are the same in every run."""
    chance = random.Random(meeting.code)
    sessions = list(meeting.sessions.order_by("starts_at"))
    places = come[meeting.pk]
    marks: Iterable[Mark] = ()  # over, and nobody has entered anything yet
    if meeting.code == TODAY:
        marks = about_today(sessions[0], places, walk_in_key(meeting))
    elif meeting.code == WAITS:
        marks = unfinished(sessions, places, chance)
    elif meeting.state in (Meeting.State.HELD, Meeting.State.COMPLETED):
        marks = came_and_went(sessions, places, chance)
    for number, mark in enumerate(marks):
        mark.pk = uuid.uuid5(DEMO, f"mark {meeting.code} {number}")
        mark.received_at = mark.at
        mark.by = None if mark.source == Mark.Source.SELF else by
        mark.supersedes = mark.supersedes  # its key is another one by now
        yield mark


def walk_in_key(meeting: Meeting) -> uuid.UUID:
    return uuid.uuid5(DEMO, f"walk-in {meeting.code}")


def walk_ins_of(meetings: list[Meeting], by: User) -> Iterator[WalkIn]:
    for meeting in meetings:
        if meeting.code == TODAY:
            yield WalkIn(
                pk=walk_in_key(meeting),
                meeting=meeting,
                first_name="Wieke",
                last_name="van der Kwee",
                organisation="De Vijgenboom Adviseurs",
                titles="RB",
                added_at=meeting.starts_at or timezone.now(),
                added_by=by,
            )


def make_final(meetings: list[Meeting], by: User) -> None:
    """As a colleague did, two days after each."""
    for meeting in meetings:
        step = AttendanceStep.objects.create(
            pk=uuid.uuid5(DEMO, f"final {meeting.code}"),
            meeting=meeting,
            kind=AttendanceStep.Kind.FINAL,
            at=meeting.ends_at + AFTER if meeting.ends_at else timezone.now(),
            by=by,
        )
        EarnedHours.objects.bulk_create(hours_earned(sheet_of(meeting), step))
