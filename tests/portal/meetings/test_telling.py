"""Writing a meeting down: who is told of what changed, and what the log says of it."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.meetings import services
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.planning import (
    CourseFactory,
    OrganisationFactory,
    PolicyFactory,
    VenueFactory,
    at,
    in_days,
)
from tests.portal.meetings.planned import (
    listening,
    log_of,
    new_meeting,
    parts_of,
    save,
    session,
    session_as_stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
Format, State = Meeting.Format, Meeting.State


# --- Who is told ---------------------------------------------------------------------------------


def later(meeting: Meeting) -> dict[str, Any]:
    row = meeting.sessions.get()
    return {"sessions": [session_as_stored(row, ends_at=at(in_days(30), 17, 30))]}


def retitled(meeting: Meeting) -> dict[str, Any]:
    row = meeting.sessions.get()
    return {"sessions": [session_as_stored(row, title="Jaarrekening", break_minutes=30)]}


def one_more(meeting: Meeting) -> dict[str, Any]:
    return {"sessions": [*parts_of(meeting)["sessions"], session(in_days(31))]}


Make = Callable[[Meeting], tuple[dict[str, Any], dict[str, Any]]]


def column(name: str, value: Any) -> Make:
    """Changes a column; a factory makes its value anew."""
    return lambda meeting: ({name: value() if callable(value) else value}, {})


def parts(make: Callable[[Meeting], dict[str, Any]]) -> Make:
    return lambda meeting: ({}, make(meeting))


BOTH = ["session details", "sessions"]
# By what is changed: how, what the log names, and whether people are told.
CHANGES: dict[str, tuple[Make, list[str], bool]] = {
    "nothing": (lambda meeting: ({}, {}), [], False),
    "times": (parts(later), ["sessions"], True),
    "a session more": (parts(one_more), BOTH, True),
    "no session": (parts(lambda _: {"sessions": []}), BOTH, True),
    "venue": (column("venue", VenueFactory), ["venue"], True),
    "online": (column("is_online", True), ["is_online"], True),
    "link": (column("online_link", "https://a.example/"), ["online_link"], True),
    "titles": (parts(retitled), ["session details"], False),
    "price": (column("price", Decimal(10)), ["price"], False),
    "capacity": (column("capacity", 13), ["capacity"], False),
    "practical": (column("practical", "Neem een pen mee."), ["practical"], False),
    "terms": (column("policy", PolicyFactory), ["policy"], False),
    "course": (column("course", CourseFactory), ["course"], False),
    "listing": (column("is_listed", False), ["is_listed"], False),
    "partner": (column("partner", OrganisationFactory), ["partner"], False),
    "speakers": (parts(lambda _: {"speakers": []}), ["speakers"], False),
    "accreditations": (parts(lambda _: {"accreditations": []}), ["accreditations"], False),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_sequence_grows_and_people_are_told_exactly_when_it_matters_to_them(
    meeting: Meeting, what: str
):
    make, names, matters = CHANGES[what]
    enrol(meeting, attendee(1))
    columns, changed = make(meeting)
    with listening() as heard:
        save(meeting, parts=changed, **columns)
    meeting.refresh_from_db()
    assert meeting.sequence == int(matters)
    assert [(sorted(one.fields), one.must_be_told) for one in heard] == [(names, matters)]
    assert Mail.objects.filter(template="enrolments/meeting_changed").count() == int(matters)


@pytest.mark.parametrize("state", [State.HELD, State.COMPLETED, State.CANCELLED])
def test_nobody_is_told_of_corrections_to_what_is_over_or_cancelled(meeting: Meeting, state: str):
    enrol(meeting, attendee(1))
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    save(meeting, parts=later(meeting))
    meeting.refresh_from_db()
    assert meeting.sequence == 0
    assert not Mail.objects.filter(template="enrolments/meeting_changed").exists()


def test_sessions_that_are_gone_are_handed_on(meeting: Meeting):
    gone = meeting.sessions.get()
    with listening() as heard:
        save(meeting, parts={"sessions": [session(in_days(40))]})
    assert [one.pk for one in heard[0].removed_sessions] == [gone.pk]


def test_what_is_new_tells_nobody_anything():
    with listening() as heard:
        meeting = services.save_meeting(meeting=new_meeting(), sessions=[session()], by=None)
    assert (heard, meeting.sequence) == ([], 0)


# --- The log -------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_logged_with_who_and_when_and_what(
    meeting: Meeting, back_office: User, what: str
):
    make, names, _ = CHANGES[what]
    columns, changed = make(meeting)
    save(meeting, by=back_office, parts=changed, **columns)
    (entry,) = log_of(meeting)
    assert (entry.action, entry.user) == ("wagtail.edit", back_office)
    assert entry.data["fields"] == names
    meeting.refresh_from_db()
    assert abs((entry.timestamp - meeting.changed_at).total_seconds()) < 60


def test_a_new_meeting_is_logged_as_new(back_office: User):
    code = f"nieuw-{uuid.uuid4().hex[:6]}"
    meeting = services.save_meeting(meeting=new_meeting(code=code), sessions=[], by=back_office)
    (entry,) = log_of(meeting)
    assert (entry.action, entry.user, entry.label) == ("wagtail.create", back_office, code)
