"""A place is kept while the form is filled in."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from pluc.periods import HOLD
from portal.enrolments import services
from portal.enrolments.errors import JustFull
from portal.enrolments.models import Enrolment, Hold
from portal.meetings.models import Meeting
from portal.meetings.wording import clock
from tests.conftest import LimitTo
from tests.enrolling import assert_adds_up, attendee, enrol, enrol_number, order_for, states_in
from tests.houses import House
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import (
    FREEK,
    GERDA,
    enrolled_page,
    fields_in,
    form_of,
    send,
    soup,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
State = Enrolment.State


@pytest.fixture
def last_place() -> Meeting:
    """A meeting with one place left."""
    meeting = MeetingFactory(capacity=2)
    enrol_number(meeting, 1)
    return meeting


def hold_told(answer) -> datetime | None:
    """Until when a page says that a place is kept."""
    told = soup(answer).select_one("[data-until]")
    return datetime.fromisoformat(str(told["data-until"])) if told else None


def test_opening_the_form_keeps_a_place_and_says_until_when(house: House, last_place: Meeting):
    page = house.guest().get(form_of(house, last_place))
    hold = Hold.objects.get()
    assert hold_told(page) == hold.expires_at
    assert clock(hold.expires_at) in soup(page).select_one(".enrol-hold").text
    assert_adds_up(last_place)


def test_loading_the_form_again_does_not_make_it_last_longer(house: House, last_place: Meeting):
    browser, path = house.guest(), form_of(house, last_place)
    first = hold_told(browser.get(path))
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert hold_told(browser.get(path)) == first
    assert Hold.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}],
)
def test_a_browser_that_fetches_ahead_keeps_nothing(
    house: House, last_place: Meeting, headers: dict[str, str]
):
    page = house.guest().get(form_of(house, last_place), headers=headers)
    assert page.status_code == 200
    assert not Hold.objects.exists()


def test_a_check_keeps_nothing(house: House, last_place: Meeting):
    assert house.guest().head(form_of(house, last_place)).status_code == 200
    assert not Hold.objects.exists()


def test_another_sees_the_place_that_is_kept_as_taken(house: House, last_place: Meeting):
    mine, path = house.guest(), form_of(house, last_place)
    form = fields_in(mine.get(path))
    theirs = fields_in(house.guest().get(path))
    assert (form["expects"], theirs["expects"]) == ("place", "list")
    mine.post(path, form | GERDA)
    assert states_in(last_place) == ["enrolled", "enrolled"]


def test_a_hold_grows_with_the_people_on_the_form(house: House):
    meeting = MeetingFactory(capacity=2)
    browser, path = house.guest(), form_of(house, meeting)
    more = send(browser, path, **GERDA, do="add")
    assert Hold.objects.get().places == 2
    browser.post(path, fields_in(more) | {"do": "without-2"})
    assert Hold.objects.get().places == 1
    assert_adds_up(meeting)


def test_a_form_for_more_than_there_are_says_who_waits(house: House, last_place: Meeting):
    browser, path = house.guest(), form_of(house, last_place)
    more = send(browser, path, **GERDA, do="add")
    assert Hold.objects.get().places == 1, "what was kept stays so"
    assert fields_in(more)["expects"] == "list"
    browser.post(path, fields_in(more) | FREEK)
    assert states_in(last_place) == ["enrolled", "enrolled", "waiting"]


def test_a_quarter_of_an_hour_later_one_still_enrols_where_there_is_room(
    house: House, last_place: Meeting
):
    browser, path = house.guest(), form_of(house, last_place)
    form = fields_in(browser.get(path))
    with time_machine.travel(timezone.now() + HOLD + timedelta(minutes=1)):
        services.release_holds()
        browser.post(path, form | GERDA)
    assert states_in(last_place) == ["enrolled", "enrolled"]
    assert not Hold.objects.exists()


def test_one_sender_keeps_only_so_many(house: House, limit_to: LimitTo):
    limit_to("hold", "2/15m/ip")
    meeting = MeetingFactory(capacity=9)
    pages = [house.guest().get(form_of(house, meeting)) for _ in range(3)]
    assert [hold_told(page) is not None for page in pages] == [True, True, False]
    assert Hold.objects.count() == 2
    assert fields_in(pages[2])["expects"] == "place", "one enrols all the same"


# --- Full ----------------------------------------------------------------------------------------


def test_a_full_meeting_offers_the_waiting_list(house: House, last_place: Meeting):
    enrol_number(last_place, 2)
    enrol_number(last_place, 3)
    browser, path = house.guest(), form_of(house, last_place)
    page = browser.get(path)
    assert " 2." in soup(page).select_one(".alert").text, "which number one would be"
    assert not Hold.objects.exists()
    send(browser, path, **GERDA)
    assert states_in(last_place) == ["enrolled", "enrolled", "waiting", "waiting"]
    assert browser.get(enrolled_page(house, last_place)).status_code == 200


@pytest.mark.each_database
def test_who_expects_a_place_is_not_put_on_the_list_unasked(house: House, last_place: Meeting):
    browser, path = house.guest(), form_of(house, last_place)
    form = fields_in(browser.get(path))
    Hold.objects.update(expires_at=timezone.now())
    enrol_number(last_place, 2)
    answer = browser.post(path, form | GERDA)
    assert answer.status_code == 409
    assert JustFull().sentence in answer.text
    assert states_in(last_place) == ["enrolled", "enrolled"]
    again = fields_in(answer)
    assert (again["first_name"], again["expects"]) == ("Gerda", "list"), "nothing is lost"
    assert browser.post(path, again).status_code == 302
    assert states_in(last_place) == ["enrolled", "enrolled", "waiting"]


@pytest.mark.each_database
def test_a_form_that_says_nothing_expects_a_place(house: House, last_place: Meeting):
    enrol_number(last_place, 2)
    assert house.guest().post(form_of(house, last_place), GERDA).status_code == 409
    assert states_in(last_place) == ["enrolled", "enrolled"]


def test_a_form_that_expects_places_for_all_takes_all_or_none(last_place: Meeting):
    people = [attendee(number) for number in (2, 3)]
    with pytest.raises(JustFull):
        services.enrol(order=order_for(last_place, *people, expects_places=True))
    assert states_in(last_place) == ["enrolled"]
    assert len(enrol(last_place, *people)) == 2
    assert_adds_up(last_place)


def test_a_wrong_form_says_what_is_true_now(house: House, last_place: Meeting):
    browser, path = house.guest(), form_of(house, last_place)
    form = fields_in(browser.get(path))
    Hold.objects.update(expires_at=timezone.now())
    enrol_number(last_place, 2)
    answer = browser.post(path, form | {"first_name": "Gerda"})
    assert answer.status_code == 422
    assert fields_in(answer)["expects"] == "list"
