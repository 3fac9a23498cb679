"""Writing a meeting down: what is refused, and what is kept."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from portal.meetings import errors, services
from portal.meetings.days import days_in_words
from portal.meetings.facts import AccreditationFacts
from portal.meetings.models import Meeting
from portal.meetings.wording import when
from tests.enrolling import attendee, enrol
from tests.planning import (
    MeetingFactory,
    SchemeFactory,
    SessionFactory,
    at,
    in_days,
)
from tests.portal.meetings.planned import (
    log_of,
    new_meeting,
    parts_of,
    save,
    session,
    session_as_stored,
)

pytestmark = pytest.mark.django_db
Format, State = Meeting.Format, Meeting.State


# --- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sessions", "error"),
    [
        ([((17, 0), (13, 30), 0)], errors.SessionEndsBeforeStart),
        ([((13, 30), (13, 30), 0)], errors.SessionEndsBeforeStart),
        ([((13, 30), (17, 0), 210)], errors.BreakTooLong),
        ([((13, 30), (17, 0), 0), ((16, 59), (18, 0), 0)], errors.SessionsOverlap),
        ([((16, 59), (18, 0), 0), ((13, 30), (17, 0), 0)], errors.SessionsOverlap),
        ([((13, 30), (17, 0), 0), ((13, 30), (17, 0), 0)], errors.SessionsOverlap),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_is_stored(meeting: Meeting, sessions, error):
    facts = [session(start=a, end=b, break_minutes=minutes) for a, b, minutes in sessions]
    was = parts_of(meeting)
    with pytest.raises(error) as refusal:
        save(meeting, parts={"sessions": facts}, price=Decimal(99))
    assert (refusal.value.field, refusal.value.sentence[-1]) == ("sessions", ".")
    meeting.refresh_from_db()
    assert (meeting.price, parts_of(meeting)) == (Decimal(195), was)
    assert log_of(meeting) == []


def test_the_days_of_its_sessions_are_kept_with_it(meeting: Meeting):
    """By the clock in the Netherlands; a session that ends at midnight takes one day."""
    first, last = in_days(30), in_days(37)
    evening = session(first, (22, 0), (23, 0))
    evening = replace(evening, ends_at=at(first + dt.timedelta(days=1), 0))
    later = [session(last), session(last, (9, 0), (12, 0))]
    stored = save(meeting, parts={"sessions": [*later, evening]})
    assert stored.days == [first.isoformat(), last.isoformat()]
    assert when(stored) == days_in_words([first, last])


def test_times_that_just_fit_are_stored(meeting: Meeting):
    save(
        meeting,
        parts={
            "sessions": [
                session(start=(13, 30), end=(15, 0), break_minutes=89),
                session(start=(15, 0), end=(17, 0)),
            ]
        },
    )
    assert meeting.sessions.count() == 2


@pytest.mark.parametrize(
    ("columns", "error", "field"),
    [
        ({"format": Format.IN_COMPANY}, errors.ClientMissing, "client"),
        ({"format": Format.PARTNER}, errors.PartnerMissing, "partner"),
        ({"code": "bezet"}, errors.CodeTaken, "code"),
        ({"capacity": 2}, errors.CapacityTooLow, "capacity"),
    ],
)
def test_what_does_not_hold_together_is_refused_at_its_field(
    meeting: Meeting, columns, error, field: str
):
    MeetingFactory(code="bezet")
    Meeting.objects.filter(pk=meeting.pk).update(taken=3)
    with pytest.raises(error) as refusal:
        save(meeting, **columns)
    assert (refusal.value.field, refusal.value.sentence[-1]) == (field, ".")
    assert log_of(meeting) == []


def test_the_capacity_may_go_down_to_what_is_taken(meeting: Meeting):
    enrol(meeting, *(attendee(number) for number in (1, 2, 3)))
    assert save(meeting, capacity=3).left == 0


@pytest.mark.parametrize(("taken", "says"), [(1, "1 place is taken"), (3, "3 places are taken")])
def test_too_few_places_says_how_many_are_taken(taken: int, says: str):
    with translation.override("en"):
        assert errors.CapacityTooLow(taken).sentence.startswith(says)


def test_the_code_of_another_is_taken_for_a_new_meeting_too(meeting: Meeting):
    with pytest.raises(errors.CodeTaken):
        services.save_meeting(meeting=new_meeting(code=meeting.code), sessions=[], by=None)


def test_a_scheme_counts_once(meeting: Meeting):
    twice = [AccreditationFacts(scheme=SchemeFactory(), hours=Decimal(n)) for n in (3, 4)]
    with pytest.raises(errors.SchemeTwice) as refusal:
        save(meeting, parts={"accreditations": twice})
    assert refusal.value.field == "accreditations"
    assert [row.hours for row in meeting.accreditations.all()] == [Decimal(3)]


# --- What is kept --------------------------------------------------------------------------------


def test_first_start_and_last_end_follow_from_the_sessions():
    later, first = session(in_days(31)), session(in_days(30), (9, 0), (12, 0))
    meeting = services.save_meeting(meeting=new_meeting(), sessions=[later, first], by=None)
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at) == (first.starts_at, later.ends_at)
    assert meeting.starts_on == in_days(30)
    save(meeting, parts={"sessions": [session_as_stored(meeting.sessions.last())]})
    meeting.refresh_from_db()
    assert meeting.starts_at == later.starts_at
    save(meeting, parts={"sessions": []})
    meeting.refresh_from_db()
    assert meeting.starts_at is None
    assert meeting.ends_at is None


def test_an_old_form_overwrites_nothing_that_services_keep(meeting: Meeting):
    old = Meeting.objects.get(pk=meeting.pk)
    enrol(meeting, *(attendee(number) for number in (1, 2, 3)))
    Meeting.objects.filter(pk=meeting.pk).update(
        sequence=7, state=State.HELD, cancelled_because="Toch niet."
    )
    services.save_meeting(meeting=old, by=None, **parts_of(meeting))
    meeting.refresh_from_db()
    kept = (meeting.taken, meeting.sequence, meeting.state, meeting.cancelled_because)
    assert kept == (3, 7, State.HELD, "Toch niet.")


def test_two_sessions_can_swap_their_times(meeting: Meeting):
    SessionFactory(meeting=meeting, starts_at=at(in_days(31), 9), ends_at=at(in_days(31), 12))
    one, two = meeting.sessions.all()
    swapped = [
        session_as_stored(one, starts_at=two.starts_at, ends_at=two.ends_at),
        session_as_stored(two, starts_at=one.starts_at, ends_at=one.ends_at),
    ]
    save(meeting, parts={"sessions": swapped})
    assert [row.pk for row in meeting.sessions.all()] == [two.pk, one.pk]


def test_a_session_keeps_its_number_and_the_session_of_another_meeting_is_left_alone(
    meeting: Meeting,
):
    own, other = meeting.sessions.get(), MeetingFactory().sessions.get()
    save(meeting, parts={"sessions": [session_as_stored(own), session(in_days(40), id=other.pk)]})
    other.refresh_from_db()
    assert other.meeting != meeting
    pks = {row.pk for row in meeting.sessions.all()}
    assert own.pk in pks
    assert other.pk not in pks
    assert len(pks) == 2


def test_a_number_that_is_sent_twice_loses_no_session(meeting: Meeting):
    own = meeting.sessions.get()
    facts = [session_as_stored(own), session(in_days(40), id=own.pk)]
    save(meeting, parts={"sessions": facts})
    meeting.refresh_from_db()
    assert meeting.sessions.count() == 2
    assert meeting.ends_at == meeting.sessions.last().ends_at


# --- What is definite ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "parts"),
    [
        ({}, {"sessions": []}),
        ({"venue": None}, {}),
        ({"venue": None, "is_online": True}, {}),
    ],
)
def test_what_is_definite_keeps_its_time_and_its_place(columns, parts):
    meeting = MeetingFactory(state=Meeting.State.DEFINITE)
    with pytest.raises(errors.IsDefinite):
        save(meeting, parts=parts, **columns)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PLANNED)
    save(meeting, parts=parts, **columns)
