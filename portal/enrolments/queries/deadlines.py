"""What may still be done with a place, and until when, by the terms that it was taken under."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _t

from portal.enrolments.models import Enrolment
from portal.meetings.deadlines import deadline_before, is_open
from portal.meetings.models import Meeting
from portal.meetings.terms import cancelling, moving, substituting

State = Enrolment.State


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Whether something may be done, at no cost, until when; and that in a sentence."""

    allowed: bool
    is_free: bool = True
    until: datetime | None = None
    sentence: str = ""


def can_cancel(enrolment: Enrolment, now: datetime) -> Terms:
    """Whether a place can be given up: until the meeting begins, free until the booking's deadline.

    Who waits or was offered a place may always leave.
    """
    meeting = enrolment.meeting
    if enrolment.state == State.WAITING or enrolment.has_offer(now):
        return Terms(allowed=True)
    if not enrolment.has_place or meeting.has_begun(now):
        return Terms(allowed=False, sentence=_t("This place cannot be cancelled any more."))
    booking = enrolment.booking
    costs, days = booking.is_invoiced, booking.cancelling_days
    words = cancelling(meeting, days, now, costs=costs)
    until = deadline_before(meeting, days=days) if costs else meeting.starts_at
    if until is None or now < until:
        return Terms(allowed=True, until=until, sentence=words)
    return Terms(allowed=True, is_free=False, until=meeting.starts_at, sentence=words)


def can_move(enrolment: Enrolment, now: datetime) -> Terms:
    """Whether it can go to another date: until the booking's deadline, and always once the meeting
    was cancelled."""
    if went_with_its_meeting(enrolment):
        return Terms(allowed=True, sentence=_t("Choose another date: your booking goes with you."))
    return within(enrolment, now, enrolment.booking.moving_days, moving)


def can_substitute(enrolment: Enrolment, now: datetime) -> Terms:
    return within(enrolment, now, enrolment.booking.substituting_days, substituting)


def went_with_its_meeting(enrolment: Enrolment) -> bool:
    """Whether it was cancelled because its meeting was, and nobody has moved it since."""
    if not (enrolment.meeting.is_cancelled and enrolment.state == State.CANCELLED):
        return False
    return Enrolment.objects.left_by_its_meeting().filter(pk=enrolment.pk).exists()


def within(
    enrolment: Enrolment, now: datetime, days: int, told: Callable[[Meeting, int, datetime], str]
) -> Terms:
    """Whether a place can be changed that must be changed `days` before its meeting."""
    until = deadline_before(enrolment.meeting, days=days)
    if not enrolment.has_place or enrolment.meeting.is_cancelled:
        return Terms(allowed=False, sentence=_t("Only a place that you have can be changed."))
    sentence = told(enrolment.meeting, days, now)
    is_in_time = until is not None and now < until
    return Terms(allowed=is_in_time, until=until, sentence=sentence)


def alternatives(enrolment: Enrolment, now: datetime) -> list[Meeting]:
    """Other dates of the same course, at the same price, that are open and have a place."""
    meeting = enrolment.meeting
    others = Meeting.objects.public().upcoming(now).filter(course=meeting.course_id)
    others = others.filter(price=meeting.price).exclude(pk=meeting.pk)
    found = others.select_related("course", "policy", "venue__region", "region")
    return [
        other for other in found.order_by("starts_at") if other.left > 0 and is_open(other, now)
    ]
