"""A new meeting, and changing one: in a browser's words, with every fault told where it is."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal.accounts.models import User
from portal.meetings.errors import NothingToCopy
from portal.meetings.forms.meetings import MeetingForm, WholeMeeting
from portal.meetings.models import Meeting
from portal.meetings.queries.choices import LISTS, choices_for
from tests.enrolling import attendee, enrol
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    MeetingFactory,
    OrganisationFactory,
    RegionFactory,
    SchemeFactory,
    SessionFactory,
    SpeakerFactory,
    VenueFactory,
    at,
    in_days,
)
from tests.portal.meetings.planned import filled_in, log_of, sent, soup_of
from tests.portal.meetings.typed import DAY, NEW, edit_address, refused, row, typed_new

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


# --- From nothing --------------------------------------------------------------------------------


def test_a_meeting_is_planned_from_nothing(office: Client, back_office: User):
    speaker, scheme = SpeakerFactory(), SchemeFactory()
    typed = typed_new(
        speakers=[speaker.pk],
        **row(1, in_days(31), "09:00", "12:00"),
        **{
            "sessions-1-title": "Tweede dag",
            "sessions-1-break_minutes": "15",
            "accreditations-0-scheme": scheme.pk,
            "accreditations-0-hours": "6.5",
        },
    )
    answer = sent(office, NEW, "code", **typed)
    meeting = Meeting.objects.get(code="nieuw-1")
    assert (answer.status_code, answer["Location"]) == (302, f"/beheer/bijeenkomsten/{meeting.pk}/")
    assert (meeting.state, meeting.capacity, meeting.price) == ("planned", 16, Decimal("195.00"))
    assert (meeting.starts_at, meeting.ends_at) == (at(DAY, 13, 30), at(in_days(31), 12))
    second = meeting.sessions.last()
    assert (second.title, second.minutes, second.counts) == ("Tweede dag", 165, True)
    assert meeting.accreditations.get().hours == Decimal("6.5")
    assert list(meeting.speakers.all()) == [speaker]
    assert [(entry.action, entry.user) for entry in log_of(meeting)] == [
        ("wagtail.create", back_office)
    ]


def test_a_meeting_may_begin_without_a_day(office: Client):
    assert sent(office, NEW, "code", **typed_new() | dict.fromkeys(row(0), "")).status_code == 302
    assert Meeting.objects.get().starts_at is None


def test_times_are_by_the_clock_in_the_netherlands(office: Client):
    """Whatever zone the browser's computer is in: it sends what was typed."""
    day = dt.date(2098, 7, 1)
    sent(office, NEW, "code", **typed_new(**row(0, day)))
    assert Meeting.objects.get().starts_at == dt.datetime(2098, 7, 1, 11, 30, tzinfo=dt.UTC)


# --- Changing ------------------------------------------------------------------------------------


def test_what_is_sent_back_as_it_was_shown_changes_nothing(office: Client, meeting: Meeting):
    SessionFactory(
        meeting=meeting, starts_at=at(in_days(31), 9), ends_at=at(in_days(31), 12), counts=False
    )
    assert sent(office, edit_address(meeting), "code").status_code == 302
    (entry,) = log_of(meeting)
    assert entry.data["fields"] == []
    meeting.refresh_from_db()
    assert meeting.sequence == 0


def test_a_session_is_moved_added_and_removed(office: Client, meeting: Meeting):
    gone, address = meeting.sessions.get(), edit_address(meeting)
    assert sent(office, address, "code", **row(1, in_days(31))).status_code == 302
    answer = sent(office, address, "code", **{"sessions-0-remove": "on"})
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert not meeting.sessions.filter(pk=gone.pk).exists()
    assert (meeting.starts_on, meeting.sequence) == (in_days(31), 2)


def test_an_accreditation_goes_when_its_row_is_emptied(office: Client, meeting: Meeting):
    names = ("scheme", "hours", "granted_on", "category", "number")
    typed = {f"accreditations-0-{name}": "" for name in names}
    assert sent(office, edit_address(meeting), "code", **typed).status_code == 302
    assert not meeting.accreditations.exists()


# --- Two at once ---------------------------------------------------------------------------------


def test_of_two_who_change_it_the_second_is_told_and_loses_nothing(
    office: Client, meeting: Meeting, sign_in, superuser: User
):
    address = edit_address(meeting)
    shown = filled_in(office.get(address), "code")
    assert sent(sign_in(superuser), address, "code", capacity="20").status_code == 302
    mine = shown | {"practical": "Neem een pen mee.", "capacity": "14"}
    answer = office.post(address, mine)
    refused(answer, "Somebody else changed this meeting while you were at it.")
    meeting.refresh_from_db()
    assert (meeting.capacity, meeting.practical) == (20, "")
    again = filled_in(answer, "code")
    assert (again["practical"], again["capacity"]) == (["Neem een pen mee."], ["14"])
    assert office.post(address, again).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.capacity, meeting.practical) == (14, "Neem een pen mee.")


@pytest.mark.parametrize("seen", ["", "x", "2026-01-01T00:00:00+00:00"])
def test_a_form_that_saw_another_meeting_is_not_stored(office: Client, meeting: Meeting, seen: str):
    answer = sent(office, edit_address(meeting), "code", seen=seen, capacity="20")
    refused(answer, "Somebody else changed this meeting while you were at it.")
    meeting.refresh_from_db()
    assert meeting.capacity == 12


def test_who_enrols_meanwhile_is_no_reason_to_refuse(office: Client, meeting: Meeting):
    shown = filled_in(office.get(edit_address(meeting)), "code")
    enrol(meeting, attendee(1))
    assert office.post(edit_address(meeting), shown | {"capacity": "20"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.capacity, meeting.taken) == (20, 1)


def test_a_state_or_a_count_cannot_be_typed(office: Client, meeting: Meeting):
    typed = {"state": "held", "taken": "7", "sequence": "9", "cancelled_because": "x"}
    assert sent(office, edit_address(meeting), "code", **typed).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.taken, meeting.sequence) == ("planned", 0, 0)
    assert meeting.cancelled_because == ""


# --- What it shows and costs ---------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_lists_are_those_that_the_fields_know(meeting: Meeting, language: str):
    CourseFactory(title="Aardbei", title_en="Zebra")
    RegionFactory(slug="z", name="Zuid", name_en="A", position=1)
    RegionFactory(slug="a", name="Appel", name_en="Z", position=2)
    SchemeFactory(code="AAA", position=9)
    OrganisationFactory(name="appels")
    VenueFactory(name="Zaal", city="Almere")
    with translation.override(language):
        lists = choices_for(meeting).lists
        assert set(lists) == set(LISTS)
        for name, (model, _) in LISTS.items():
            assert lists[name] == [(one.pk, str(one)) for one in model._default_manager.all()]
    assert choices_for(meeting).speakers == [meeting.speakers.get().pk]
    assert choices_for(Meeting()).speakers == []


def test_the_form_marks_what_is_chosen(office: Client, meeting: Meeting):
    SpeakerFactory()
    shown = filled_in(office.get(edit_address(meeting)), "code")
    assert shown["speakers"] == [str(meeting.speakers.get().pk)]
    assert shown["course"] == [str(meeting.course_id)]
    assert shown["accreditations-0-scheme"] == [str(meeting.accreditations.get().scheme_id)]


def test_every_field_stands_on_the_screen(office: Client, meeting: Meeting):
    """What is not shown is not sent, and would be emptied."""
    meeting.has_meal = True
    meeting.save()
    soup = soup_of(office.get(edit_address(meeting)))
    missing = [name for name in MeetingForm().fields if not soup.find(attrs={"name": name})]
    assert missing == []
    assert sent(office, edit_address(meeting), "code", capacity="20").status_code == 302
    meeting.refresh_from_db()
    assert meeting.has_meal


def test_every_field_says_what_it_asks(office: Client, meeting: Meeting):
    soup = soup_of(office.get(edit_address(meeting)))
    form = soup.find(attrs={"name": "code"}).find_parent("form")
    named = {label["for"] for label in form.select("label[for]")}
    for control in form.select("input:not([type=hidden]), select, textarea"):
        assert control["id"] in named or control.get("aria-label")


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_as_many_queries_for_one_as_for_three(
    office_at_work: Client, meeting: Meeting, number: int
):
    for one in range(number - 1):
        day = in_days(40 + one)
        SessionFactory(meeting=meeting, starts_at=at(day, 9), ends_at=at(day, 12))
        AccreditationFactory(meeting=meeting, scheme=SchemeFactory(code=f"S{one}"))
        meeting.speakers.add(SpeakerFactory())
        MeetingFactory()
    for address, costs in ((edit_address(meeting), 12), (NEW, 9)):
        with CaptureQueriesContext(connection) as queries:
            assert office_at_work.get(address).status_code == 200
        assert len(queries) == costs


def test_what_is_not_there_is_a_404(office: Client):
    for step in ("wijzigen", "kopie", "annuleren"):
        assert office.get(f"/beheer/bijeenkomsten/987654/{step}/").status_code == 404
    assert office.post("/beheer/bijeenkomsten/987654/stap/").status_code == 404


def test_a_refusal_about_nothing_in_particular_stands_above_the_form():
    whole = WholeMeeting(Meeting(), {})
    whole.is_valid()
    with translation.override("nl"):
        whole.add_error(None, NothingToCopy().sentence)
        assert whole.form.non_field_errors() == [NothingToCopy().sentence]


def test_a_refusal_about_rows_stands_above_them():
    whole = WholeMeeting(Meeting(), {})
    whole.is_valid()
    for name in ("sessions", "accreditations"):
        assert name in whole.fields
        whole.add_error(name, "Look again.")
    assert "Look again." in whole.sessions.non_form_errors()
    assert "Look again." in whole.accreditations.non_form_errors()
    assert not whole.form.non_field_errors()
