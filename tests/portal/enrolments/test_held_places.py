"""A place that is only held is called so, to visitors and to the back office."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from home.offer import row_of, way_in
from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.errors import NoPlace, PlacesHeld
from portal.enrolments.models import Hold
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import next_step
from portal.meetings.wording import clock, crowd_of, held, places_left
from tests.enrolling import assert_adds_up, enrol_number, states_in
from tests.home.offers import address_of, on_offer, soup_of
from tests.home.test_structured_data import data_on
from tests.houses import House
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import GERDA, fields_in, form_of, soup

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
HOUSE = House("one host")
SENTENCE = "Er is nu iemand aan het aanmelden. Over hooguit 15 minuten weet je of er nog plek is."


@pytest.fixture
def meeting() -> Meeting:
    """A meeting of four, in which three have a place and somebody fills in the form."""
    meeting = on_offer(capacity=4, state=Meeting.State.DEFINITE)
    for number in (1, 2, 3):
        enrol_number(meeting, number)
    services.hold_places(meeting_id=meeting.pk)
    meeting.refresh_from_db()
    return meeting


@pytest.mark.each_database
def test_a_visitor_hears_when_they_know_more(meeting: Meeting, visitor):
    page = soup_of(visitor, address_of(meeting))
    offer = soup_of(visitor, "/bijeenkomsten/")
    for told in (page, offer):
        assert SENTENCE in told.get_text(" ", strip=True)
        assert "wachtlijst" not in told.text.lower()
        assert "vol" not in told.text.lower().split()
    data = data_on(visitor, address_of(meeting))
    assert data["offers"]["availability"].endswith("/LimitedAvailability")
    assert data["remainingAttendeeCapacity"] == 1
    assert way_in(meeting, timezone.now())[0] == "Aanmelden"
    line = Meeting.objects.with_line().get(pk=meeting.pk)
    assert row_of(line, timezone.now()).state == "held"


def test_the_minutes_are_rounded_up_and_never_none(meeting: Meeting):
    assert meeting.held_until is not None
    told = {
        14 * 60: "Over hooguit 14 minuten weet je",
        13 * 60 + 1: "Over hooguit 14 minuten weet je",
        60: "Over hooguit 1 minuut weet je",
        -30: "Over hooguit 1 minuut weet je",  # the task that clears it is about to run
    }
    for seconds, words in told.items():
        now = meeting.held_until - timedelta(seconds=seconds)
        assert words in held(meeting, now)
        with translation.override("en"):
            assert "minute" in held(meeting, now)


@pytest.mark.each_database
def test_who_opens_the_form_can_come_back_or_join_the_list(meeting: Meeting):
    browser, path = HOUSE.guest(), form_of(HOUSE, meeting)
    page = browser.get(path)
    assert SENTENCE in soup(page).select_one(".alert").text
    assert "Deze bijeenkomst is vol" not in page.text
    answer = browser.post(path, fields_in(page) | GERDA | {"expects": "place"})
    assert (answer.status_code, PlacesHeld().sentence in answer.text) == (409, True)
    assert browser.post(path, fields_in(answer) | GERDA).status_code == 302
    assert states_in(meeting)[-1] == "waiting"
    meeting.refresh_from_db()
    assert places_left(meeting)[1] == "full", "what comes free is for who waits"
    assert "Deze bijeenkomst is vol" in HOUSE.guest().get(path).text


def test_a_form_opened_after_a_hold_ran_out_gets_the_place(meeting: Meeting):
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert fields_in(HOUSE.guest().get(form_of(HOUSE, meeting)))["expects"] == "place"
        assert Hold.objects.get().expires_at > timezone.now()
    assert_adds_up(meeting)


def test_whoever_wants_to_move_there_hears_it_too(meeting: Meeting):
    here = enrol_number(MeetingFactory(course=meeting.course), 9)
    with pytest.raises(PlacesHeld):
        services.move(enrolment_id=here.pk, to_meeting_id=meeting.pk, by=None)
    enrol_number(meeting, 4)
    with pytest.raises(NoPlace):
        services.move(enrolment_id=here.pk, to_meeting_id=meeting.pk, by=None)


def test_the_back_office_sees_what_is_held_and_until_when(
    meeting: Meeting, sign_in, back_office: User
):
    assert meeting.held_until is not None
    told = f"3 ingeschreven, 1 vastgehouden tot {clock(meeting.held_until)}"
    assert crowd_of(meeting) == told
    browser = sign_in(back_office)
    screens = ("/beheer/bijeenkomsten/", f"/beheer/bijeenkomsten/{meeting.pk}/")
    for screen in screens:
        assert told in browser.get(screen).text, screen
    assert "vastgehouden" in next_step(meeting)
    enrol_number(meeting, 4)
    Hold.objects.update(expires_at=timezone.now())
    services.release_holds()
    meeting.refresh_from_db()
    assert crowd_of(meeting) == "3 ingeschreven, 1 aangeboden"
