"""Copying, taking a step and cancelling, by hand, in the staff screens."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.planning import AccreditationFactory, MeetingFactory, SpeakerFactory, at, in_days
from tests.portal.meetings.planned import (
    NUL_IN_A_PAGE,
    errors_at,
    filled_in,
    log_of,
    sent,
    soup_of,
    told_by_mail,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
State = Meeting.State


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(code="peer", state=State.DEFINITE)


def address(meeting: Meeting, step: str = "") -> str:
    return f"/beheer/bijeenkomsten/{meeting.pk}/{step}"


def told(answer: Any) -> list[tuple[str, str]]:
    return [(one.level_tag, str(one)) for one in answer.context["messages"]]


# --- Copying -------------------------------------------------------------------------------------


def test_a_copy_is_made_and_shown(office: Client, meeting: Meeting, back_office: User):
    day = in_days(60)
    answer = sent(office, address(meeting, "kopie/"), "first_day", first_day=f"{day}")
    copy = Meeting.objects.get(code=f"peer-{day}")
    assert (answer.status_code, answer["Location"]) == (302, address(copy))
    assert (copy.starts_at, copy.state) == (at(day, 13, 30), State.PLANNED)
    assert [entry.user for entry in log_of(copy)] == [back_office]


def test_three_dates_are_planned_at_once_and_each_code_says_its_day(
    office: Client, meeting: Meeting
):
    days = [in_days(60), in_days(67), in_days(74)]
    MeetingFactory(code=f"peer-{days[1]}")  # as somebody else planned it
    typed = dict(zip(("first_day", "day_2", "day_5"), map(str, days), strict=True))
    answer = office.post(address(meeting, "kopie/"), typed, follow=True)
    assert answer.redirect_chain == [
        (f"/beheer/bijeenkomsten/?{urlencode({'q': meeting.course.title})}", 302)
    ]
    codes = [f"peer-{days[0]}", f"peer-{days[1]}-2", f"peer-{days[2]}"]
    made = Meeting.objects.filter(code__in=codes).order_by("starts_at")
    assert [(one.code, one.starts_on) for one in made] == list(zip(codes, days, strict=True))
    assert "Planned 3 more times" in told(answer)[0][1]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"first_day": ""}, "first_day", "This field is required."),
        ({"first_day": "morgen"}, "first_day", "Enter a valid date."),
        ({"day_2": "9999-12-31"}, "day_2", "Look at the year again."),
        ({"day_3": "0001-01-01"}, "day_3", "Look at the year again."),
        ({"day_2": f"{in_days(-1)}"}, "day_2", "This day is over."),
    ],
)
def test_a_fault_in_a_copy_is_told_at_its_field_and_what_was_typed_stays(
    office: Client, meeting: Meeting, typed: dict[str, str], field: str, sentence: str
):
    typed = {"first_day": f"{in_days(60)}"} | typed
    answer = sent(office, address(meeting, "kopie/"), "first_day", **typed)
    assert answer.status_code == 422
    assert sentence in errors_at(answer, field)[0]
    assert sentence in soup_of(answer).text
    again = filled_in(answer, "first_day")
    assert {name: again[name][0] for name in typed} == typed
    assert Meeting.objects.count() == 1


def test_what_has_no_times_says_so_when_it_is_copied(office: Client):
    meeting = MeetingFactory(day=None)
    answer = sent(office, address(meeting, "kopie/"), "first_day", first_day=f"{in_days(60)}")
    assert answer.status_code == 422
    assert "This meeting has no session yet, so there are no times to copy." in answer.text


# --- Steps ---------------------------------------------------------------------------------------


def test_a_step_is_taken_and_confirmed(office: Client, back_office: User):
    meeting = MeetingFactory()
    answer = office.post(address(meeting, "stap/"), {"state": State.DEFINITE}, follow=True)
    assert answer.redirect_chain == [(address(meeting), 302)]
    assert told(answer) == [("success", "Done.")]
    meeting.refresh_from_db()
    assert meeting.state == State.DEFINITE
    assert [(one.action, one.user) for one in log_of(meeting)] == [("meetings.state", back_office)]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.HELD, "It is not over yet."),
        (State.CANCELLED, "Say why it is cancelled; everybody who has a place is told."),
        (State.DEFINITE, "From “definite” it cannot go there."),
        ("", "This field is required."),
        ("<script>alert(1)</script>", "Select a valid choice."),
        ("\0", "Select a valid choice."),
    ],
)
def test_a_step_that_cannot_be_taken_says_why(
    office: Client, meeting: Meeting, state: str, sentence: str
):
    answer = office.post(address(meeting, "stap/"), {"state": state})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert "<script>alert" not in answer.text
    meeting.refresh_from_db()
    assert (meeting.state, log_of(meeting)) == (State.DEFINITE, [])


def test_a_step_is_never_taken_by_following_a_link(office: Client, meeting: Meeting):
    assert office.get(address(meeting, "stap/"), {"state": "planned"}).status_code == 200
    meeting.refresh_from_db()
    assert (meeting.state, log_of(meeting)) == (State.DEFINITE, [])


# --- Cancelling ----------------------------------------------------------------------------------


def test_cancelling_says_how_many_are_told_and_tells_them(
    office: Client, meeting: Meeting, back_office: User
):
    for number in (1, 2):
        enrol(meeting, attendee(number))
    screen = office.get(address(meeting, "annuleren/"))
    assert "2 places are taken." in screen.text
    reason = "De spreker is ziek & het spijt ons."
    first = office.post(address(meeting, "annuleren/"), {"because": reason})
    assert not Mail.objects.filter(template="enrolments/meeting_cancelled").exists()
    assert "Do it without mail" not in first.text
    answer = told_by_mail(office, address(meeting, "annuleren/"), first)
    assert told(answer) == [("success", "Cancelled. Everybody who had a place is being told.")]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_because) == (State.CANCELLED, reason)
    assert Mail.objects.filter(template="enrolments/meeting_cancelled").count() == 2
    assert [(one.action, one.user) for one in log_of(meeting)] == [("meetings.state", back_office)]


@pytest.mark.parametrize(
    ("because", "sentence"),
    [
        ("", "This field is required."),
        ("   ", "This field is required."),
        ("x" * 301, "at most 300 characters"),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_a_reason_that_is_none_is_told_at_its_field(
    office: Client, meeting: Meeting, because: str, sentence: str
):
    answer = office.post(address(meeting, "annuleren/"), {"because": because})
    assert answer.status_code == 422
    assert sentence in errors_at(answer, "because")[0]
    assert filled_in(answer, "because")["because"] == [because.replace("\0", NUL_IN_A_PAGE)]
    meeting.refresh_from_db()
    assert meeting.state == State.DEFINITE


@pytest.mark.parametrize("state", [State.HELD, State.COMPLETED, State.CANCELLED])
def test_what_was_held_or_cancelled_before_is_not_cancelled(office: Client, state: str):
    meeting = MeetingFactory(state=state, day=in_days(-1))
    answer = office.post(address(meeting, "annuleren/"), {"because": "Te laat."})
    assert answer.status_code == 422
    assert "it cannot go there. Load the page again to see what it can do." in answer.text
    assert filled_in(answer, "because")["because"] == ["Te laat."]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_because) == (state, "")


# --- What it costs -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("step", "cost"), [("kopie/", 10), ("annuleren/", 11)])
def test_a_screen_costs_as_many_queries_for_one_as_for_three(
    office_at_work: Client, meeting: Meeting, number: int, step: str, cost: int
):
    for one in range(number):
        MeetingFactory()
        meeting.speakers.add(SpeakerFactory())
        enrol(meeting, attendee(one))
    AccreditationFactory(meeting=meeting, granted_on=dt.date(2026, 1, 5))
    with CaptureQueriesContext(connection) as queries:
        office_at_work.get(address(meeting, step))
    assert len(queries) == cost
