"""What the back office reads of a meeting: where it is in its life, what it needs, what is next."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from portal.meetings.models import Meeting
from portal.meetings.queries.staff import (
    life_of,
    meeting_with_id,
    meetings_in,
    meetings_to_plan,
    meetings_without_day,
    missing_from,
    next_step,
)
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    MeetingFactory,
    PolicyFactory,
    SchemeFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    in_days,
)

pytestmark = pytest.mark.django_db
State = Meeting.State


@pytest.fixture(autouse=True)
def english(default_language: None) -> None:
    translation.activate("en")


def complete(**fields: object) -> Meeting:
    """A meeting that lacks nothing."""
    meeting = MeetingFactory(**fields)
    meeting.speakers.add(SpeakerFactory())
    AccreditationFactory(meeting=meeting, granted_on=dt.date(2026, 1, 5))
    return meeting


def seen(meeting: Meeting) -> Meeting:
    """As the staff screens read it."""
    return meetings_to_plan().get(pk=meeting.pk)


# --- Where it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "labels", "now"),
    [
        (State.PLANNED, ["to be started", "definite", "held", "completed"], 0),
        (State.DEFINITE, ["to be started", "definite", "held", "completed"], 1),
        (State.HELD, ["to be started", "definite", "held", "completed"], 2),
        (State.COMPLETED, ["to be started", "definite", "held", "completed"], 3),
        (State.CANCELLED, ["to be started", "cancelled"], 1),
    ],
)
def test_its_life_shows_what_is_done_and_where_it_is_now(state: str, labels, now: int):
    steps = life_of(Meeting(state=state))
    assert [step.label for step in steps] == labels
    assert [step.is_now for step in steps].index(True) == now
    assert [step.is_done for step in steps] == [number < now for number in range(len(steps))]


# --- What is missing -----------------------------------------------------------------------------


def test_what_is_missing_stands_in_the_order_in_which_it_presses():
    bare = seen(MeetingFactory(day=None, venue=None))
    assert missing_from(bare) == [
        "Add its sessions.",
        "Choose a venue, or say that it is online.",
        "Choose who speaks.",
        "Ask for accreditation, and note the hours.",
    ]
    assert next_step(bare) == "Add its sessions."


def test_what_is_online_wants_its_link_and_each_scheme_its_answer():
    meeting = complete(venue=None, is_online=True)
    for position, code in enumerate(["RB", "NOREA"], 1):
        AccreditationFactory(meeting=meeting, scheme=SchemeFactory(code=code, position=position))
    assert missing_from(seen(meeting)) == [
        "Add the link to join.",
        "Note when RB granted its hours.",
        "Note when NOREA granted its hours.",
    ]


def test_what_lacks_nothing_is_made_definite():
    meeting = seen(complete())
    assert missing_from(meeting) == []
    assert next_step(meeting) == "Everything is there: make it definite."


# --- What is next --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Enrolment is open."),
        ({"capacity": 2, "taken": 2}, "It is full. The waiting list takes care of itself."),
        ({"day": in_days(-1)}, "It is over: mark it as held."),
        ({"day": None}, "Add its sessions."),
    ],
)
def test_what_is_next_of_a_definite_meeting(fields, says: str):
    assert next_step(seen(complete(state=State.DEFINITE, **fields))) == says


def test_a_definite_meeting_changes_its_next_step_as_time_goes_by():
    meeting = seen(complete(state=State.DEFINITE, policy=PolicyFactory(closing_days=1)))
    second = dt.timedelta(seconds=1)
    closing, end = at(in_days(30), 0), at(in_days(30), 17)
    closed = "Enrolment is closed: get ready for the day."
    assert next_step(meeting, closing - second) == "Enrolment is open."
    assert next_step(meeting, closing) == closed
    start = meeting.starts_at
    assert start is not None
    assert next_step(meeting, start - second) == closed
    assert next_step(meeting, start) == "It is on now: take attendance."
    assert next_step(meeting, end - second) == "It is on now: take attendance."
    assert next_step(meeting, end) == "It is over: mark it as held."


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (State.HELD, "Check who was there, then complete it."),
        (State.COMPLETED, ""),
        (State.CANCELLED, ""),
    ],
)
def test_after_it_was_held_there_is_one_step_and_then_none(state: str, says: str):
    assert next_step(seen(complete(state=state, day=in_days(-1)))) == says


# --- Which meetings ------------------------------------------------------------------------------


def test_the_planning_finds_by_period_state_format_and_words():
    course = CourseFactory(title="Jaarrekening 100%")
    past = MeetingFactory(day=in_days(-3), code="oud", state=State.HELD)
    coming = MeetingFactory(course=course, code="voorjaar", format=Meeting.Format.CAFE)
    undated = MeetingFactory(day=None, code="ooit")
    assert set(meetings_to_plan()) == {past, coming, undated}
    assert set(meetings_to_plan(period="")) == {coming}
    assert set(meetings_to_plan(period="past")) == {past}
    assert set(meetings_to_plan(state=State.HELD)) == {past}
    assert set(meetings_to_plan(form=Meeting.Format.CAFE)) == {coming}
    for words in ("VOORJ", "jaarrekening", "100%"):
        assert set(meetings_to_plan(q=words)) == {coming}
    assert set(meetings_to_plan(q="100_")) == set()
    assert set(meetings_without_day()) == {undated}


def test_what_goes_on_now_is_still_to_come():
    now = timezone.now()
    meeting = MeetingFactory(
        starts_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=1)
    )
    assert list(meetings_to_plan(period="")) == [meeting]
    assert list(meetings_to_plan(period="past")) == []


def test_what_has_no_day_yet_answers_to_the_same_questions():
    MeetingFactory(day=None, code="weg", state=State.CANCELLED)
    first, second = MeetingFactory(day=None, code="een"), MeetingFactory(day=None, code="twee")
    assert list(meetings_without_day()) == [second, first]
    assert list(meetings_without_day(q="een")) == [first]
    assert [one.code for one in meetings_without_day(state=State.CANCELLED)] == ["weg"]


def test_a_month_has_what_has_a_session_in_it_once():
    day = dt.date(2098, 3, 31)
    meeting = MeetingFactory(starts_at=at(day, 23, 30), ends_at=at(day, 23, 50))
    SessionFactory(meeting=meeting, starts_at=at(day, 9), ends_at=at(day, 10))
    assert list(meetings_in(start=dt.date(2098, 3, 1), end=dt.date(2098, 4, 1))) == [meeting]
    assert list(meetings_in(start=dt.date(2098, 4, 1), end=dt.date(2098, 5, 1))) == []


def test_a_number_that_is_none_finds_nothing():
    assert meeting_with_id(meeting_id=987_654) is None
    assert meeting_with_id(meeting_id=10**25) is None
