"""Meetings that are over, with marks, for tests of what follows from attendance."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone

from portal.attendance.models import HoursRule, Mark
from portal.enrolments.models import Enrolment
from portal.meetings.models import Accreditation, Meeting, Session
from tests.enrolling import attendee, enrol
from tests.planning import AccreditationFactory, MeetingFactory, in_days


def over_with(number: int = 3, **fields: Any) -> Meeting:
    """A held meeting of yesterday with so many people, a granted accreditation and its rule."""
    plain = {"state": Meeting.State.DEFINITE, "day": in_days(5), "capacity": max(number, 12)}
    meeting: Meeting = MeetingFactory(**plain)
    for n in range(number):
        enrol(meeting, attendee(n))
    move_to_yesterday(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(**{"state": Meeting.State.HELD} | fields)
    granted = AccreditationFactory(
        meeting=meeting, granted_on=in_days(-60), hours=hours_in(meeting)
    )
    HoursRule.objects.get_or_create(scheme=granted.scheme, defaults={"is_confirmed": True})
    meeting.refresh_from_db()
    return meeting


def move_to_yesterday(meeting: Meeting) -> None:
    """Of what is over: nothing can be planned or enrolled in there any more."""
    back = dt.timedelta(days=6)
    for session in meeting.sessions.all():
        times = {"starts_at": session.starts_at - back, "ends_at": session.ends_at - back}
        Session.objects.filter(pk=session.pk).update(**times)
    moved = {"starts_at": F("starts_at") - back, "ends_at": F("ends_at") - back}
    Meeting.objects.filter(pk=meeting.pk).update(**moved)


def hours_in(meeting: Meeting) -> Decimal:
    minutes = sum(session.minutes for session in meeting.sessions.all())
    return Decimal(minutes) / 60


def places(meeting: Meeting) -> list[Enrolment]:
    return list(Enrolment.objects.filter(meeting=meeting).order_by("queue_number"))


def mark(place: Enrolment, kind: str, at: dt.datetime, **fields: Any) -> Mark:
    session = place.meeting.sessions.get(starts_at__date=timezone.localdate(at))
    plain = {"id": uuid.uuid4(), "session": session, "enrolment": place, "source": "door"}
    return Mark.objects.create(**plain | fields, kind=kind, at=at)


def was_there(place: Enrolment, *, minutes: int | None = None) -> None:
    """From the start of each session to its end, or for so many minutes."""
    for session in place.meeting.sessions.all():
        end = (
            session.ends_at
            if minutes is None
            else session.starts_at + dt.timedelta(minutes=minutes)
        )
        for kind, at in (("in", session.starts_at), ("out", end)):
            Mark.objects.create(
                session=session, enrolment=place, kind=kind, at=at, source=Mark.Source.DOOR
            )


def granted(meeting: Meeting) -> Accreditation:
    return Accreditation.objects.get(meeting=meeting)
