"""Two requests with the same marks, such as of two tabs that send one queue."""

import datetime as dt
import threading
import uuid
from dataclasses import replace

import pytest
from django.db import connections
from django.utils import timezone

from portal.attendance.models import Mark
from portal.attendance.services import marking
from portal.attendance.services.checking import Known
from portal.attendance.services.marking import NewMark, Receipt, take_marks
from tests import databases
from tests.enrolling import attendee, enrol
from tests.planning import MeetingFactory

pytestmark = pytest.mark.usefixtures("committed")


def marks_in(number: int, now: dt.datetime) -> list[NewMark]:
    """Five marks of somebody in a meeting of their own."""
    meeting = MeetingFactory()
    place = enrol(meeting, attendee(number))[0]
    meeting.sessions.update(starts_at=now, ends_at=now + dt.timedelta(hours=3))
    session = meeting.sessions.get()
    return [
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


def sent_at_once(
    *queues: list[NewMark], now: dt.datetime, gate: threading.Barrier
) -> list[list[Receipt]]:
    """What each request hears. Each waits at the gate before it begins."""
    heard = list[list[Receipt]]()

    def send(marks: list[NewMark]) -> None:
        gate.wait()
        heard.append(take_marks(marks=marks, by=None, now=now))
        connections.close_all()

    threads = [threading.Thread(target=send, args=[marks]) for marks in queues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


def test_a_mark_that_is_sent_by_two_at_once_is_stored_once() -> None:
    now = timezone.now()
    marks = marks_in(1, now)
    heard = sent_at_once(marks, marks, now=now, gate=threading.Barrier(2))
    assert [one.is_taken for receipts in heard for one in receipts] == [True] * 10
    assert Mark.objects.count() == len(marks)


@pytest.mark.skipif(not databases.POSTGRES, reason="SQLite's writers wait before they read")
def test_one_id_at_two_meetings_at_once_is_stored_for_one_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their locks do not meet: where both have read before either stores, the second is refused
    that one id, keeps its others and is not an error."""
    now, have_read = timezone.now(), threading.Barrier(2)
    ours, theirs = marks_in(1, now), marks_in(2, now)
    theirs[0] = replace(theirs[0], id=ours[0].id)
    known_about, asked = marking.known_about, list[int]()

    def read_both(marks: list[NewMark]) -> Known:
        known = known_about(marks)
        asked.append(1)
        if len(asked) <= 2:
            have_read.wait(10)
        return known

    monkeypatch.setattr(marking, "known_about", read_both)
    heard = sent_at_once(ours, theirs, now=now, gate=threading.Barrier(2))
    assert sorted([one.is_taken for one in receipts] for receipts in heard) == [
        [False, True, True, True, True],
        [True] * 5,
    ]
    assert Mark.objects.count() == 9
