"""Two requests with the same marks, such as of two tabs that send one queue."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connections
from django.utils import timezone

from portal.attendance.models import Mark
from portal.attendance.services.marking import NewMark, take_marks
from tests.enrolling import attendee, enrol
from tests.planning import MeetingFactory

pytestmark = pytest.mark.usefixtures("committed")


def test_a_mark_that_is_sent_by_two_at_once_is_stored_once() -> None:
    now = timezone.now()
    meeting = MeetingFactory()
    place = enrol(meeting, attendee(1))[0]
    meeting.sessions.update(starts_at=now, ends_at=now + dt.timedelta(hours=3))
    session = meeting.sessions.get()
    marks = [
        NewMark(
            id=uuid.uuid4(),
            session_id=session.pk,
            enrolment_id=place.pk,
            kind="in",
            at=now,
            source="door",
        )
        for _ in range(5)
    ]
    gate, taken = threading.Barrier(2), list[bool]()

    def send() -> None:
        gate.wait()
        taken.extend(one.is_taken for one in take_marks(marks=marks, by=None, now=now))
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == [True] * 10
    assert Mark.objects.count() == len(marks)
