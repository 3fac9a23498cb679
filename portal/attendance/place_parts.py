"""What this room shows on the page of one's own place: the way to the day, then the hours (P13)."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from portal.attendance.models import AttendanceStep
from portal.attendance.queries.hours import EarnedLine, hours_of, last_step
from portal.enrolments.models import Enrolment
from portal.meetings.days import days_in
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE

State = Meeting.State


@dataclass(frozen=True, kw_only=True)
class Hours:
    """What somebody earned in a meeting; `is_final` says whether that has been settled."""

    is_final: bool
    was_absent: bool
    lines: list[EarnedLine]


def is_the_day(meeting: Meeting, now: dt.datetime) -> bool:
    """Whether a meeting is today, and not cancelled; in the evening too, once it is over."""
    return not meeting.is_cancelled and now.astimezone(ZONE).date() in days_in(meeting)


def way_to_the_day(enrolment: Enrolment, now: dt.datetime) -> str:
    """The address of the day's screen, on that day."""
    if not (enrolment.has_place and is_the_day(enrolment.meeting, now)):
        return ""
    return reverse("my_day", args=[enrolment.meeting.code])


def hours_of_place(enrolment: Enrolment, now: dt.datetime) -> Hours | None:
    """The hours, once the meeting is over; nothing of one that was completed without attendance."""
    meeting = enrolment.meeting
    if not enrolment.has_place or meeting.is_cancelled or not meeting.is_over(now):
        return None
    step = last_step(meeting_id=meeting.pk)
    is_final = step is not None and step.kind == AttendanceStep.Kind.FINAL
    if step is None and meeting.state == State.COMPLETED:
        return None
    lines = hours_of(person=enrolment.person, meeting_id=meeting.pk) if is_final else []
    return Hours(is_final=is_final, was_absent=bool(enrolment.was_absent), lines=lines)
