"""Declaring attendance final, by which people earn their hours; and opening it again."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from wagtail.log_actions import log

from pluc.deeds import Refused
from portal.accounts.models import User
from portal.attendance.models import AttendanceStep, EarnedHours
from portal.attendance.obstacles import Obstacle, obstacles_to
from portal.attendance.queries.earning import earned_by, recognised_for
from portal.attendance.queries.hours import last_step
from portal.attendance.queries.sheets import Sheet, sheet_of
from portal.enrolments.services import mark_absent
from portal.enrolments.services.places import locked
from portal.meetings.models import Meeting
from portal.meetings.services import change_state

Kind, State = AttendanceStep.Kind, Meeting.State
NEXT = dt.timedelta(microseconds=1)  # a step is never at the moment of the one before it


class NotYet(Refused):
    """Attendance cannot become final now; `obstacles` say what has to be done first."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        self.obstacles = obstacles

    @property
    def sentence(self) -> str:
        return " ".join(one.sentence for one in self.obstacles)


class NothingToReopen(Refused):
    @property
    def sentence(self) -> str:
        return _t("Attendance is not final, so it is open already.")


class ReasonMissing(Refused):
    field = "reason"

    @property
    def sentence(self) -> str:
        return _t("Write why it is opened again. It is kept with the meeting.")


@transaction.atomic
def finalise(*, meeting_id: int, by: User | None) -> AttendanceStep:
    """Declares attendance final: keeps who earned what, and notes who did not come.

    What was definite is held from then on. In a constant number of statements. Raises `NotYet`.
    """
    now = timezone.now()
    meeting = locked(meeting_id)[meeting_id]
    sheet = sheet_of(meeting)
    if obstacles := obstacles_to(sheet, now):
        raise NotYet(obstacles)
    if meeting.state == State.DEFINITE:
        change_state(meeting_id=meeting_id, to=State.HELD, by=by)
    note_who_came(sheet, by)
    step = write_step(meeting, Kind.FINAL, by=by, now=now)
    EarnedHours.objects.bulk_create(hours_earned(sheet, step))
    return step


def note_who_came(sheet: Sheet, by: User | None) -> None:
    for was_absent in (True, False):
        keys = [row.enrolment.pk for row in sheet.rows if row.was_there is not was_absent]
        mark_absent(enrolment_ids=keys, was_absent=was_absent, by=by)


def hours_earned(sheet: Sheet, step: AttendanceStep) -> list[EarnedHours]:
    """A row per person who was there and per scheme, also where it came to nothing. Not stored."""
    recognised = recognised_for(sheet.meeting)
    return [
        EarnedHours(
            step=step,
            enrolment=row.enrolment,
            scheme=one.accreditation.scheme,
            category=one.accreditation.category,
            minutes=earned.minutes,
            hours=earned.hours,
            computed=earned.as_json(),
        )
        for row in sheet.rows
        for one, earned in earned_by(row, recognised)
    ]


@transaction.atomic
def reopen(*, meeting_id: int, reason: str, by: User | None) -> AttendanceStep:
    """Opens attendance again: the hours that were earned stay, and count no more.

    A completed meeting is held again. Raises `ReasonMissing`, `NothingToReopen`.
    """
    if not reason.strip():
        raise ReasonMissing
    now = timezone.now()
    meeting = locked(meeting_id)[meeting_id]
    last = last_step(meeting_id=meeting_id)
    if last is None or last.kind != Kind.FINAL:
        raise NothingToReopen
    step = write_step(meeting, Kind.REOPENED, by=by, now=max(now, last.at + NEXT), reason=reason)
    if meeting.state == State.COMPLETED:
        change_state(meeting_id=meeting_id, to=State.HELD, by=by)
    return step


def write_step(
    meeting: Meeting,
    kind: AttendanceStep.Kind,
    *,
    by: User | None,
    now: dt.datetime,
    reason: str = "",
) -> AttendanceStep:
    log(instance=meeting, action=f"attendance.{kind}", user=by, title=meeting.code)
    return AttendanceStep.objects.create(
        meeting=meeting, kind=kind, by=by, at=now, reason=reason.strip()
    )
