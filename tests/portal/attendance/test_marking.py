"""Taking marks: each arrives once, and what cannot be is refused with a reason."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.attendance.models import AttendanceStep, Mark, WalkIn
from portal.attendance.presence import presence_of
from portal.attendance.queries.marks import marks_by_place
from portal.attendance.services.marking import NewMark, Receipt, take_marks
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting, Session
from tests.enrolling import attendee, enrol
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

NOW = dt.datetime(2026, 12, 1, 14, 0, tzinfo=dt.UTC)
START = NOW - dt.timedelta(hours=1)


@pytest.fixture
def meeting() -> Meeting:
    """A meeting that began an hour ago, with three people."""
    row: Meeting = MeetingFactory(day=dt.date(2027, 1, 5))
    enrol(row, *(attendee(number) for number in range(3)))
    ends = NOW + dt.timedelta(hours=2)
    row.sessions.update(starts_at=START, ends_at=ends)
    Meeting.objects.filter(pk=row.pk).update(starts_at=START, ends_at=ends)
    return row


def places(meeting: Meeting) -> list[Enrolment]:
    return list(Enrolment.objects.filter(meeting=meeting).order_by("queue_number"))


def session_of(meeting: Meeting) -> Session:
    return meeting.sessions.get()


def new(meeting: Meeting, **fields: Any) -> NewMark:
    """Somebody comes in now, at the door."""
    plain = {
        "id": uuid.uuid4(),
        "session_id": session_of(meeting).pk,
        "kind": "in",
        "at": NOW,
        "source": "door",
    }
    if "walk_in_id" not in fields:
        plain["enrolment_id"] = places(meeting)[0].pk
    return NewMark(**plain | fields)


def take(*marks: NewMark, by: User | None = None, now: dt.datetime = NOW) -> list[Receipt]:
    return take_marks(marks=marks, by=by, now=now)


@pytest.mark.each_database
def test_a_mark_arrives_once(meeting: Meeting, back_office: User) -> None:
    mark = new(meeting, told_at=NOW - dt.timedelta(hours=3))
    [first] = take(mark, by=back_office)
    later = dataclasses.replace(mark, at=NOW + dt.timedelta(seconds=1))
    receipts = take(later, later, by=back_office, now=NOW + dt.timedelta(minutes=1))
    assert [first.is_taken, *(one.is_taken for one in receipts)] == [True, True, True]
    row = Mark.objects.get()
    assert (row.pk, row.at, row.by, row.received_at) == (mark.id, NOW, back_office, NOW)
    assert row.drift == dt.timedelta(hours=3)


@pytest.mark.each_database
def test_an_id_of_another_mark_is_refused(meeting: Meeting, back_office: User) -> None:
    mark = new(meeting)
    take(mark, by=back_office)
    other = dataclasses.replace(mark, enrolment_id=places(meeting)[1].pk)
    assert not take(other, by=back_office)[0].is_taken
    assert not take(mark, by=None)[0].is_taken
    assert Mark.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"session_id": uuid.UUID(int=1)},
        {"enrolment_id": uuid.UUID(int=1)},
        {"enrolment_id": None},
        {"walk_in_id": uuid.UUID(int=1), "enrolment_id": None},
        {"kind": "sideways"},
        {"source": "rumour"},
        {"kind": "void"},
        {"supersedes_id": uuid.UUID(int=1)},
        {"at": NOW + dt.timedelta(seconds=1)},
        {"at": START - dt.timedelta(hours=2, seconds=1)},
        {"at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_what_cannot_be_is_refused_and_in_nobodys_way(
    meeting: Meeting, fields: dict[str, Any]
) -> None:
    receipts = take(new(meeting, **fields), new(meeting))
    assert [one.is_taken for one in receipts] == [False, True]
    assert receipts[0].sentence
    assert "Guus" not in receipts[0].sentence
    assert Mark.objects.count() == 1


def test_a_mark_of_another_meeting_is_refused(meeting: Meeting) -> None:
    other = enrol(MeetingFactory(), attendee(9))[0]
    stranger = WalkIn.objects.create(meeting=other.meeting, last_name="Loper")
    wrong = [
        new(meeting, enrolment_id=other.pk),
        new(meeting, walk_in_id=stranger.pk),
        new(meeting, walk_in_id=stranger.pk, enrolment_id=places(meeting)[0].pk),
    ]
    assert not any(one.is_taken for one in take(*wrong))


def test_after_the_end_the_door_closes(meeting: Meeting) -> None:
    late = NOW + dt.timedelta(hours=4)
    assert take(new(meeting, kind="out", at=late), now=late)[0].is_taken
    later = late + dt.timedelta(seconds=1)
    assert not take(new(meeting, kind="out", at=later), now=later)[0].is_taken
    assert take(new(meeting, kind="out", at=NOW), now=NOW + dt.timedelta(days=3))[0].is_taken


def test_a_cancelled_or_final_meeting_takes_no_marks(meeting: Meeting) -> None:
    known = new(meeting)
    take(known)
    step = AttendanceStep.objects.create(meeting=meeting, kind="final")
    assert not take(new(meeting))[0].is_taken
    assert take(known)[0].is_taken  # it arrived: its phone may forget it
    again = step.at + dt.timedelta(minutes=1)
    AttendanceStep.objects.create(meeting=meeting, kind="reopened", at=again)
    assert take(new(meeting))[0].is_taken
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED)
    assert not take(new(meeting))[0].is_taken


def test_who_gave_up_their_place_is_a_walk_in(meeting: Meeting) -> None:
    first = places(meeting)[0]
    mark = new(meeting)
    take(mark)
    Enrolment.objects.filter(pk=first.pk).update(state=Enrolment.State.CANCELLED)
    assert not take(new(meeting))[0].is_taken
    assert take(new(meeting, kind="void", supersedes_id=mark.id))[0].is_taken
    came = WalkIn.objects.create(meeting=meeting, last_name="Loper")
    assert take(new(meeting, walk_in_id=came.pk))[0].is_taken
    WalkIn.objects.filter(pk=came.pk).update(dropped_because="niemand met die naam")
    assert not take(new(meeting, walk_in_id=came.pk))[0].is_taken
    assert list(marks_by_place(session_ids=[session_of(meeting).pk])) == [
        (session_of(meeting).pk, first.pk)
    ]


@pytest.mark.each_database
def test_a_slip_is_undone_by_who_made_it(
    meeting: Meeting, back_office: User, speaker: User
) -> None:
    """In one batch with it, too: both waited on the phone."""
    slip = new(meeting, at=NOW - dt.timedelta(seconds=70))
    undo = new(meeting, kind="void", at=slip.at + dt.timedelta(seconds=9), supersedes_id=slip.id)
    assert not take(slip, dataclasses.replace(undo, at=NOW), by=speaker)[1].is_taken
    assert not take(undo, by=back_office)[0].is_taken
    twice = dataclasses.replace(undo, id=uuid.uuid4())
    assert [one.is_taken for one in take(undo, twice, by=speaker)] == [True, False]
    assert presence_of(Mark.objects.all(), session_of(meeting)).stays == ()
    office = new(meeting, source="office", supersedes_id=undo.id, reason="was er wel")
    assert take(office, by=back_office)[0].is_taken
    assert presence_of(Mark.objects.all(), session_of(meeting)).is_in


def test_what_people_marked_themselves_is_confirmed_at_the_door(
    meeting: Meeting, speaker: User, participant: User
) -> None:
    own = new(meeting, source="self")
    take(own, by=participant)
    forged = new(meeting, source="self", supersedes_id=own.id)
    assert not take(forged, by=participant)[0].is_taken
    assert take(new(meeting, supersedes_id=own.id), by=speaker)[0].is_taken
    found = presence_of(Mark.objects.all(), session_of(meeting))
    assert (found.is_in, found.unconfirmed) == (True, False)


def test_a_batch_takes_a_constant_number_of_queries(
    meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 30):
        marks = [new(meeting) for _ in range(size)]
        with django_assert_num_queries(6):
            take(*marks)


@pytest.mark.each_database
def test_marks_never_change(meeting: Meeting) -> None:
    take(new(meeting))
    for change in ({"kind": "out"}, {"at": START}, {"source": "office"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Mark.objects.update(**change)
