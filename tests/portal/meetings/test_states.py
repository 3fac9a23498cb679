"""A meeting's life: every step that may be taken, every one that may not, and cancelling."""

from itertools import product

import pytest
from django.utils import translation
from wagtail.log_actions import registry

from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.attendance.models import AttendanceStep
from portal.enrolments.models import Enrolment
from portal.meetings.changes import Kind
from portal.meetings.errors import WrongState
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting, change_state
from portal.meetings.services.states import steps_from
from tests.enrolling import assert_adds_up, attendee, enrol, states_in
from tests.planning import MeetingFactory, in_days
from tests.portal.meetings.planned import listening, log_of

pytestmark = pytest.mark.django_db
State = Meeting.State
ALLOWED = {
    State.PLANNED: {State.DEFINITE, State.CANCELLED},
    State.DEFINITE: {State.HELD, State.PLANNED, State.CANCELLED},
    State.HELD: {State.COMPLETED, State.DEFINITE},
    State.COMPLETED: {State.HELD},
    State.CANCELLED: set(),
}
PAIRS = list(product(State.values, State.values))


@pytest.fixture(autouse=True)
def english(default_language: None) -> None:
    translation.activate("en")


def over(state: str) -> Meeting:
    """A meeting that took place yesterday, with all that a step may demand."""
    return MeetingFactory(state=state, day=in_days(-1))


def take(meeting: Meeting, to: str, by: User | None = None) -> Meeting:
    """Takes a step; what it demands of attendance is there."""
    if (meeting.state, to) == (State.HELD, State.COMPLETED):
        AttendanceStep.objects.create(meeting=meeting, kind=AttendanceStep.Kind.FINAL)
    if to == State.CANCELLED:
        return cancel_meeting(meeting_id=meeting.pk, because="De spreker is ziek.", by=by)
    return change_state(meeting_id=meeting.pk, to=to, by=by)


@pytest.mark.parametrize(("start", "to"), [(a, b) for a, b in PAIRS if b in ALLOWED[a]])
def test_an_allowed_step_is_taken_told_and_logged(start: str, to: str, back_office: User):
    meeting = over(start)
    with listening() as heard:
        take(meeting, to, back_office)
    before = meeting.changed_at
    meeting.refresh_from_db()
    assert meeting.state == to
    assert meeting.changed_at > before
    assert [one.kind for one in heard] == [Kind.CANCELLED if to == State.CANCELLED else Kind.STATE]
    (entry,) = log_of(meeting)
    assert (entry.action, entry.user) == ("meetings.state", back_office)
    assert entry.data == {"state": to}
    label = dict(State.choices)[to]
    assert registry.get_formatter(entry).format_message(entry) == f"State changed to “{label}”"


@pytest.mark.either_database
@pytest.mark.parametrize(("start", "to"), [(a, b) for a, b in PAIRS if b not in ALLOWED[a]])
def test_any_other_step_is_refused_with_a_sentence(start: str, to: str):
    meeting = over(start)
    with listening() as heard, pytest.raises(WrongState) as refusal:
        take(meeting, to)
    label = dict(State.choices)[start]
    assert refusal.value.sentence.startswith(f"From “{label}” it cannot go there.")
    meeting.refresh_from_db()
    assert (meeting.state, heard, log_of(meeting)) == (start, [], [])


@pytest.mark.either_database
@pytest.mark.parametrize("to", ["", "definit", "DEFINITE", "\0", "held'--"])
def test_a_state_that_is_none_is_refused(to: str):
    with pytest.raises(WrongState):
        take(over(State.PLANNED), to)


@pytest.mark.either_database
def test_what_is_offered_is_what_may_be_done():
    for start in State.values:
        assert set(steps_from(over(start))) == ALLOWED[start]


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"day": None}, "It has no session yet. Add when it takes place."),
        ({"venue": None}, "It has no venue and no link to join yet. Add where it takes place."),
        (
            {"venue": None, "is_online": True},
            "It has no venue and no link to join yet. Add where it takes place.",
        ),
        (
            {"venue": None, "online_link": "https://samen.example/"},
            "It has no venue and no link to join yet. Add where it takes place.",
        ),
    ],
)
def test_it_is_not_definite_before_it_has_a_time_and_a_place(fields, says: str):
    meeting = MeetingFactory(**fields)
    with pytest.raises(WrongState) as refusal:
        take(meeting, State.DEFINITE)
    assert refusal.value.sentence == steps_from(meeting)[State.DEFINITE] == says


def test_what_is_online_is_definite_without_a_venue():
    meeting = MeetingFactory(venue=None, is_online=True, online_link="https://samen.example/")
    assert take(meeting, State.DEFINITE).state == State.DEFINITE


@pytest.mark.either_database
@pytest.mark.parametrize("day", [in_days(1), None])
def test_it_is_not_held_before_it_is_over(day):
    meeting = MeetingFactory(state=State.DEFINITE, day=day)
    with pytest.raises(WrongState) as refusal:
        take(meeting, State.HELD)
    assert refusal.value.sentence == "It is not over yet."


# --- Cancelling ----------------------------------------------------------------------------------


@pytest.mark.either_database
@pytest.mark.parametrize("because", ["", " ", "\n\t"])
def test_nothing_is_cancelled_without_a_reason(because: str):
    meeting = MeetingFactory()
    with pytest.raises(WrongState) as refusal:
        cancel_meeting(meeting_id=meeting.pk, because=because, by=None)
    assert refusal.value.sentence.startswith("Say why it is cancelled")
    with pytest.raises(WrongState):
        change_state(meeting_id=meeting.pk, to=State.CANCELLED, by=None)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (State.PLANNED, 0)


def test_cancelling_with_people_in_it_frees_and_tells_everybody(back_office: User):
    meeting = MeetingFactory(capacity=2, state=State.DEFINITE)
    for number in (1, 2, 3):
        enrol(meeting, attendee(number))
    cancel_meeting(meeting_id=meeting.pk, because="  De spreker is ziek. ", by=back_office)
    assert_adds_up(meeting)
    assert (meeting.taken, meeting.cancelled_because) == (0, "De spreker is ziek.")
    assert states_in(meeting) == [Enrolment.State.CANCELLED] * 3
    told = Mail.objects.filter(template="enrolments/meeting_cancelled")
    assert sorted(told.values_list("recipient", flat=True)) == [
        f"guus{number}@kantoor.example" for number in (1, 2, 3)
    ]


def test_calendars_hear_of_a_cancellation_and_it_is_the_end():
    meeting = MeetingFactory()
    cancel_meeting(meeting_id=meeting.pk, because="Ziek.", by=None)
    meeting.refresh_from_db()
    assert meeting.sequence == 1
    with pytest.raises(WrongState):
        cancel_meeting(meeting_id=meeting.pk, because="Weer.", by=None)
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.cancelled_because) == (1, "Ziek.")


def test_other_steps_leave_calendars_alone():
    meeting = over(State.PLANNED)
    for to in (State.DEFINITE, State.HELD, State.COMPLETED):
        meeting = take(meeting, to)
    assert meeting.sequence == 0
