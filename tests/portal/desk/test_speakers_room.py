"""The speakers' room: own meetings, and who comes, on the days that it is for (P14, P17)."""

from collections.abc import Callable

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from legal.rights.models import Disclosure
from legal.rights.services import restrict
from portal.accounts.models import User
from portal.enrolments.services import cancel
from portal.meetings.models import Meeting
from tests.planning import SpeakerFactory, at, in_days
from tests.rooms import place_of, spoken_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
ROOM = "/mijn/spreker/"
FILES = ("", "lijst.xlsx", "lijst.pdf")


@pytest.fixture
def podium(sign_in: Callable[[User], Client], speaker: User) -> Client:
    return sign_in(speaker)


def page_of(browser: Client, path: str = ROOM) -> BeautifulSoup:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.content, "lxml")


def names_on(page: BeautifulSoup) -> list[str]:
    return [cell.text for cell in page.select(".people tbody th")]


def statuses(browser: Client, meeting: Meeting) -> list[int]:
    return [browser.get(f"{ROOM}{meeting.code}/{file}").status_code for file in FILES]


# --- Which meetings ------------------------------------------------------------------------------


@pytest.mark.each_database
def test_own_meetings_stand_by_when_they_are_with_how_many_come(podium: Client, speaker: User):
    for days in (40, 3, -3, 0, -29):
        spoken_meeting(speaker, days=days, code=f"over-{days}")
    place_of(Meeting.objects.get(code="over-3"), 1)
    page = page_of(podium)
    rows = {
        part["aria-labelledby"]: [link["href"].split("/")[-2] for link in part.select("h3 a")]
        for part in page.select("section.row")
    }
    assert rows == {
        "today": ["over-0"],
        "to-come": ["over-3", "over-40"],
        "past": ["over--3", "over--29"],
    }
    assert "1 deelnemer" in page.select("#to-come")[0].find_parent("section").text


@pytest.mark.promise("P14")
@pytest.mark.promise("P17")
def test_a_meeting_of_somebody_else_does_not_exist(podium: Client, speaker: User, colleague: User):
    spoken_meeting(speaker, code="eigen")
    other = spoken_meeting(colleague, code="ander")
    place_of(other, 1)
    assert statuses(podium, other) == [404, 404, 404]
    assert "ander" not in podium.get(ROOM).text
    assert not Disclosure.objects.exists()


@pytest.mark.promise("P14")
def test_who_is_taken_off_a_meeting_has_nothing_to_do_with_it_any_more(podium, speaker: User):
    meeting = spoken_meeting(speaker)
    place_of(meeting, 1)
    assert statuses(podium, meeting)[0] == 200
    meeting.speakers.clear()
    assert statuses(podium, meeting) == [404, 404, 404]


@pytest.mark.parametrize("role", ["participant", "contact", "back_office", "superuser"])
def test_who_is_no_speaker_has_no_room(request, sign_in, speaker: User, role: str):
    meeting = spoken_meeting(speaker)
    browser = sign_in(request.getfixturevalue(role))
    assert browser.get(ROOM).status_code == 404
    assert statuses(browser, meeting) == [404, 404, 404]


def test_the_right_alone_opens_nothing_and_a_speaker_without_it_neither(podium, speaker: User):
    assert podium.get(ROOM).status_code == 404
    SpeakerFactory(person=speaker.person)
    assert podium.get(ROOM).status_code == 200
    speaker.groups.clear()
    assert podium.get(ROOM).status_code == 404


# --- On which days -------------------------------------------------------------------------------


@pytest.mark.each_database
@pytest.mark.promise("P14")
@pytest.mark.parametrize(
    ("days", "page", "files"),
    [(-15, 200, 404), (-14, 200, 200), (30, 200, 200), (31, 404, 404)],
)
def test_who_comes_is_shown_from_two_weeks_before_until_a_month_after(
    podium: Client, speaker: User, days: int, page: int, files: int
):
    meeting = spoken_meeting(speaker)
    place_of(meeting, 1)
    for hour in (0, 23):  # of that day in the Netherlands
        with time_machine.travel(at(in_days(days), hour, 30), tick=False):
            podium.force_login(speaker)
            answer = podium.get(f"{ROOM}{meeting.code}/")
            assert answer.status_code == page
            assert ("de Achter1" in answer.text) == (files == 200)
            assert podium.get(f"{ROOM}{meeting.code}/lijst.xlsx").status_code == files


def test_before_that_it_is_said_from_when(podium: Client, speaker: User):
    meeting = spoken_meeting(speaker, days=40)
    place_of(meeting, 1)
    page = page_of(podium, f"{ROOM}{meeting.code}/")
    assert names_on(page) == []
    day = in_days(26)
    assert f"zie je vanaf {day.day} " in page.text
    assert not Disclosure.objects.exists()


def test_a_meeting_without_a_day_and_one_without_people_say_so(podium: Client, speaker: User):
    undated, empty = spoken_meeting(speaker, day=None), spoken_meeting(speaker)
    assert "zodra er een datum is" in page_of(podium, f"{ROOM}{undated.code}/").text
    assert "Nog niemand" in page_of(podium, f"{ROOM}{empty.code}/").text
    assert statuses(podium, empty) == [200, 404, 404]


@pytest.mark.each_database
def test_a_cancelled_meeting_says_so_and_shows_no_list(podium: Client, speaker: User):
    meeting = spoken_meeting(speaker, days=3)
    place_of(meeting, 1)
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled", cancelled_because="Sneeuw.")
    page = page_of(podium, f"{ROOM}{meeting.code}/")
    assert names_on(page) == []
    assert "Sneeuw." in page.text
    assert "Achter1" not in page.text
    assert statuses(podium, meeting) == [200, 404, 404]
    assert "geannuleerd" in page_of(podium).text.lower()
    assert not Disclosure.objects.exists()


# --- Who stands on it ----------------------------------------------------------------------------


@pytest.mark.each_database
@pytest.mark.promise("P14")
def test_who_cancelled_waits_or_is_restricted_is_gone_at_once(
    podium: Client, speaker: User, back_office: User
):
    meeting = spoken_meeting(speaker, capacity=3)
    stays, leaves, restricted, _waits = [place_of(meeting, number) for number in range(1, 5)]
    address = f"{ROOM}{meeting.code}/"
    assert len(names_on(page_of(podium, address))) == 3
    cancel(enrolment_id=leaves.pk, by=None, as_staff=True)
    restrict(person_id=restricted.person_id, ground="On request.", by=back_office.pk)
    assert names_on(page_of(podium, address)) == [stays.full_name]
    assert "1 deelnemer" in page_of(podium).text


@pytest.mark.parametrize("number", [1, 3])
def test_room_and_list_cost_the_same_for_one_as_for_three(
    podium: Client, speaker: User, number: int, django_assert_max_num_queries
):
    for days in range(number):
        meeting = spoken_meeting(speaker, days=days)
        for one in range(number):
            place_of(meeting, one)
    podium.get(ROOM)
    with django_assert_max_num_queries(11):
        podium.get(ROOM)
    with django_assert_max_num_queries(15):
        podium.get(f"{ROOM}{meeting.code}/")


# --- The way there -------------------------------------------------------------------------------


@pytest.mark.each_database
def test_the_menu_leads_there_and_the_start_page_tells_what_is_next(podium: Client, speaker: User):
    assert ROOM not in podium.get("/mijn/").text
    meeting = spoken_meeting(speaker, days=2)
    spoken_meeting(speaker, days=1, state=Meeting.State.CANCELLED)
    page = page_of(podium, "/mijn/")
    assert page.select_one(f"nav a[href='{ROOM}']")
    assert page.select_one(f"section[aria-labelledby=talk] a[href='{ROOM}{meeting.code}/']")


def test_nobody_else_pays_for_the_menu(sign_in: Callable[[User], Client], participant: User):
    browser = sign_in(participant)
    with CaptureQueriesContext(connection) as asked:
        browser.get("/mijn/account/")
    tables = ("meetings_speaker", "organisations_contact", "auth_permission")
    assert [one["sql"] for one in asked if any(table in one["sql"] for table in tables)] == []
