"""What is wrong with a meeting, told where it is, with all that was typed still there."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.planning import MeetingFactory
from tests.portal.meetings.planned import NUL_IN_A_PAGE, filled_in, in_english, log_of, sent
from tests.portal.meetings.typed import DAY, NEW, edit_address, refused, row, typed_new

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.either_database]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"code": "bezet"}, "code", "Another meeting has this code. Choose one that is free."),
        ({"capacity": "2"}, "capacity", "3 places are taken. Choose at least that many"),
        ({"format": "in-company"}, "client", "An in-company meeting is for a client."),
        ({"format": "partner"}, "partner", "Choose the partner whom this meeting is for."),
        ({"capacity": "0"}, "capacity", "greater than or equal to 1"),
        ({"capacity": "veel"}, "capacity", "Enter a whole number."),
        ({"price": "-1"}, "price", "greater than or equal to 0"),
        ({"price": "NaN"}, "price", "Enter a number."),
        ({"price": "1e9"}, "price", ""),
        ({"code": "een twee"}, "code", ""),
        ({"code": "x" * 41}, "code", "at most 40 characters"),
        ({"course": "987654"}, "course", "Select a valid choice."),
        ({"course": "' OR 1=1"}, "course", "Select a valid choice."),
        ({"speakers": "987654"}, "speakers", "Select a valid choice."),
        ({"format": "feest"}, "format", "Select a valid choice."),
        ({"online_link": "javascript:alert(1)"}, "online_link", ""),
        ({"practical": "x" * 2_001}, "practical", "at most 2000 characters"),
        ({"practical": "a\0b"}, "practical", "Null characters are not allowed."),
    ],
)
def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(
    office: Client, meeting: Meeting, typed: dict[str, str], field: str, sentence: str
):
    MeetingFactory(code="bezet")
    enrol(meeting, *(attendee(number) for number in (1, 2, 3)), price=meeting.price)
    typed = {"price": "250.00", "practical": "Neem een pen mee."} | typed
    answer = sent(office, edit_address(meeting), "code", **typed)
    refused(answer, sentence)
    assert list(answer.context["form"].errors) == [field]
    again = filled_in(answer, "code")
    for name, value in typed.items():
        if name not in {"course", "speakers", "format"} or value in {"in-company", "partner"}:
            assert again[name] == [value.replace("\0", NUL_IN_A_PAGE)]
    meeting.refresh_from_db()
    assert (meeting.price, meeting.capacity, log_of(meeting)) == (Decimal("195.00"), 12, [])


SESSION_FAULTS = [
    (row(0, DAY, "17:00", "13:30"), "A session ends before it starts. Look at its times again."),
    (row(1), "Two sessions overlap. Let one end before the next begins."),
    ({"sessions-0-break_minutes": "210"}, "A break lasts as long as its session."),
]


@pytest.mark.parametrize(("typed", "sentence"), SESSION_FAULTS)
def test_sessions_that_cannot_be_are_told_above_the_sessions(
    office: Client, meeting: Meeting, typed: dict[str, str], sentence: str
):
    answer = sent(office, edit_address(meeting), "code", **typed)
    refused(answer, sentence)
    assert answer.context["form"].errors == {}
    assert [sentence in one for one in answer.context["sessions"].non_form_errors()] == [True]
    again = filled_in(answer, "code")
    assert {name: again[name] for name in typed} == {name: [typed[name]] for name in typed}
    assert log_of(meeting) == []


ROW_FAULTS = [
    ({"sessions-1-starts_at_0": "2026-13-45"}, "sessions-1-starts_at_0", "Enter a valid date."),
    (row(1, DAY, "25:00"), "sessions-1-starts_at_1", "Enter a valid time."),
    (row(1, dt.date(2026, 3, 29), "02:30"), "sessions-1-starts_at_1", "could"),
    (row(1, dt.date(9999, 12, 31)), "sessions-1-starts_at_0", "Look at the year again."),
    (row(1) | {"sessions-1-starts_at_0": "0001-01-01"}, "sessions-1-starts_at_0", "year again."),
    (row(1) | {"sessions-1-starts_at_1": ""}, "sessions-1-starts_at_0", ""),
    ({"sessions-1-starts_at_0": f"{DAY}"}, "sessions-1-starts_at_0", "Enter a valid time."),
    (
        {"sessions-1-starts_at_0": f"{DAY}", "sessions-1-starts_at_1": "18:00"},
        "sessions-1-starts_at_1",
        "A session has a start and an end.",
    ),
    ({"sessions-1-title": "Borrel"}, "sessions-1-title", "A session has a start and an end."),
    ({"sessions-1-break_minutes": "-1"}, "sessions-1-break_minutes", "greater than or equal to 0"),
    ({"sessions-1-break_minutes": "601"}, "sessions-1-break_minutes", "less than or equal to 600"),
    ({"sessions-1-title": "x" * 151}, "sessions-1-title", "at most 150 characters"),
    ({"sessions-1-id": "geen-nummer"}, "sessions-1-id", "Enter a valid UUID."),
    ({"accreditations-1-scheme": "987"}, "accreditations-1-number", "Select a valid choice."),
    ({"accreditations-1-hours": "4"}, "accreditations-1-hours", "Which scheme is this?"),
    ({"accreditations-1-number": "7"}, "accreditations-1-number", "Which scheme is this?"),
    ({"accreditations-0-hours": ""}, "accreditations-0-hours", "How many hours does this scheme"),
    ({"accreditations-0-hours": "0"}, "accreditations-0-hours", "greater than or equal to 0.25"),
    ({"accreditations-0-hours": "veel"}, "accreditations-0-hours", "Enter a number."),
    (
        {"accreditations-0-granted_on": "0001-01-01"},
        "accreditations-0-granted_on",
        "Look at the year again.",
    ),
]


@pytest.mark.parametrize(("typed", "stays", "sentence"), ROW_FAULTS)
def test_a_fault_in_a_row_is_told_in_the_row_and_nothing_typed_is_dropped(
    office: Client, meeting: Meeting, typed: dict[str, str], stays: str, sentence: str
):
    answer = sent(office, edit_address(meeting), "code", **typed)
    refused(answer, "" if stays.endswith("-id") else sentence)
    rows = answer.context[stays.partition("-")[0]]
    told = in_english(error for fault in rows.errors for one in fault.values() for error in one)
    assert told
    assert any(sentence in error for error in told)
    assert filled_in(answer, "code")[stays] == [typed.get(stays, "")]
    assert log_of(meeting) == []


def test_a_scheme_that_stands_there_twice_is_told_above_the_rows(office: Client, meeting: Meeting):
    scheme = meeting.accreditations.get().scheme.pk
    typed = {"accreditations-1-scheme": scheme, "accreditations-1-hours": "4"}
    answer = sent(office, edit_address(meeting), "code", **typed)
    refused(answer, "A scheme stands here twice. Keep one row of each.")
    assert filled_in(answer, "code")["accreditations-1-scheme"] == [str(scheme)]


def test_emptying_the_times_of_a_session_does_not_remove_it_in_silence(
    office: Client, meeting: Meeting
):
    typed = dict.fromkeys(row(0), "") | {"sessions-0-counts": "on"}
    refused(
        sent(office, edit_address(meeting), "code", **typed), "A session has a start and an end"
    )
    assert meeting.sessions.count() == 1


@pytest.mark.parametrize("garbage", ["", "x", "-1", "0"])
def test_a_form_without_its_counts_is_refused_and_not_taken_for_empty(
    office: Client, meeting: Meeting, garbage: str
):
    typed = {"sessions-TOTAL_FORMS": garbage, "accreditations-TOTAL_FORMS": garbage}
    answer = sent(office, edit_address(meeting), "code", **typed)
    refused(answer, "")
    assert all(answer.context[rows].non_form_errors() for rows in ("sessions", "accreditations"))
    assert (meeting.sessions.count(), meeting.accreditations.count()) == (1, 1)


def test_faults_of_a_new_meeting_keep_what_was_typed_too(office: Client, meeting: Meeting):
    answer = sent(office, NEW, "code", **typed_new(code="peer", practical="Peren."))
    refused(answer, "Another meeting has this code. Choose one that is free.")
    assert filled_in(answer, "code")["practical"] == ["Peren."]
    assert Meeting.objects.count() == 1


def test_hostile_text_comes_back_as_text(office: Client, meeting: Meeting):
    evil = '"><script>alert(1)</script>'
    answer = sent(office, edit_address(meeting), "code", code=evil, practical=evil, price=evil)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert filled_in(answer, "code")["practical"] == [evil]
