"""A meeting that goes on now, with people, for tests of its door."""

import datetime as dt
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.browser_names import browser_name
from portal.accounts.models import User
from portal.enrolments.models import Enrolment
from portal.enrolments.orders import Attendee
from portal.meetings.models import Meeting, Session, Speaker
from tests.enrolling import attendee, enrol
from tests.planning import MeetingFactory, SpeakerFactory


def meeting_now(people: int = 3, *others: Attendee) -> Meeting:
    """A meeting that began an hour ago and goes on for two; its people are Guus Gast 1, 2, ..."""
    meeting: Meeting = MeetingFactory(capacity=people + len(others) + 3)
    for who in (*map(attendee, range(1, people + 1)), *others):
        enrol(meeting, who)
    start = timezone.now() - dt.timedelta(hours=1)
    put_at(meeting, start)
    return meeting


def put_at(meeting: Meeting, start: dt.datetime) -> None:
    """Lets its one session begin at a moment, for three hours."""
    end = start + dt.timedelta(hours=3)
    meeting.sessions.update(starts_at=start, ends_at=end)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=start, ends_at=end)


def speaks(user: User, meeting: Meeting) -> Speaker:
    row: Speaker = SpeakerFactory(person=user.person)
    meeting.speakers.add(row)
    return row


def session_of(meeting: Meeting) -> Session:
    return meeting.sessions.get()


def places(meeting: Meeting) -> list[Enrolment]:
    return list(Enrolment.objects.filter(meeting=meeting).order_by("queue_number"))


def door(meeting: Meeting, name: str = "door_session") -> str:
    return reverse(name, args=[meeting.code, session_of(meeting).pk])


def milliseconds(moment: dt.datetime | None = None) -> float:
    return (moment or timezone.now()).timestamp() * 1000


def mark(place: Enrolment, **fields: Any) -> dict[str, Any]:
    """A mark as a phone sends it."""
    plain = {
        "id": str(uuid.uuid4()),
        "of": str(place.pk),
        "walk_in": False,
        "kind": "in",
        "at": milliseconds(),
        "supersedes": None,
    }
    return plain | fields


def send(browser: Client, user: User, meeting: Meeting, *marks: Any, **fields: Any) -> Any:
    """What a phone of `user` sends."""
    body = {"account": browser_name(user), "sent": milliseconds(), "marks": list(marks)}
    address = door(meeting, "door_marks")
    return browser.post(address, body | fields, content_type="application/json")
