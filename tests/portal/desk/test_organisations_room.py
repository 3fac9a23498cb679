"""The organisations' room: a client's own meetings, a bureau's own people (P15, P17, P19)."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from legal.rights.models import Disclosure
from legal.rights.services import restrict
from portal.accounts.models import User
from portal.meetings.models import Meeting
from portal.organisations.models import Contact
from tests.attended import move_to_yesterday
from tests.planning import ContactFactory, MeetingFactory, OrganisationFactory, in_days
from tests.rooms import bought_meeting, place_of, supplied

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
ROOM = "/mijn/organisatie/"
FILES = ("", "lijst.xlsx", "lijst.pdf")
Scope = Contact.Scope


@pytest.fixture
def browser(sign_in: Callable[[User], Client], contact: User) -> Client:
    return sign_in(contact)


def page_of(browser: Client, path: str = ROOM) -> BeautifulSoup:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.content, "lxml")


def names_at(browser: Client, meeting: Meeting) -> list[str]:
    page = page_of(browser, f"{ROOM}{meeting.code}/")
    return [cell.text for cell in page.select(".people tbody th")]


def statuses(browser: Client, meeting: Meeting) -> list[int]:
    return [browser.get(f"{ROOM}{meeting.code}/{file}").status_code for file in FILES]


def codes_in(browser: Client) -> list[str]:
    return [link["href"].split("/")[-2] for link in page_of(browser).select("h3 a")]


# --- Of a client ---------------------------------------------------------------------------------


@pytest.mark.promise("P15")
def test_a_client_sees_who_comes_to_its_own_meetings(browser: Client, contact: User):
    meeting = bought_meeting(contact)
    places = [place_of(meeting, number) for number in (2, 1)]
    assert codes_in(browser) == [meeting.code]
    assert names_at(browser, meeting) == [one.full_name for one in reversed(places)]
    page = page_of(browser, f"{ROOM}{meeting.code}/")
    assert "Certificaten" in page.text


def test_home_leads_a_contact_to_the_next_meeting(browser: Client, contact: User):
    later, first = bought_meeting(contact, days=9), bought_meeting(contact, days=3)
    Meeting.objects.filter(pk=first.pk).update(online_link="https://video.example/geheim")
    bought_meeting(contact, days=1)
    Meeting.objects.exclude(pk__in=[later.pk, first.pk]).update(state="cancelled")
    page = page_of(browser, "/mijn/")
    (card,) = page.select(".next-meeting")
    assert card.select_one("h3 a")["href"] == f"{ROOM}{first.code}/"
    assert "geheim" not in str(page)
    assert "Nog niets op de agenda" not in page.text
    Contact.objects.update(starts_on=in_days(-3), ends_on=in_days(-1))
    assert "Nog niets op de agenda" in page_of(browser, "/mijn/").text


def test_what_came_of_a_meeting_stands_first_once_it_is_over(browser: Client, contact: User):
    meeting = bought_meeting(contact)
    place_of(meeting, 1)
    path = f"{ROOM}{meeting.code}/"
    heads = ["Op de dag zelf", "Deelnemers", "Materiaal", "Certificaten"]
    assert [head.text for head in page_of(browser, path).select("main h2")][:4] == heads
    move_to_yesterday(meeting)
    heads = ["Materiaal", "Certificaten", "Deelnemers", "De bijeenkomst"]
    assert [head.text for head in page_of(browser, path).select("main h2")][:4] == heads


@pytest.mark.promise("P15")
@pytest.mark.promise("P17")
def test_what_another_organisation_bought_does_not_exist(browser: Client, contact: User):
    bought_meeting(contact)
    other = MeetingFactory(client=OrganisationFactory(is_client=True), format="in-company")
    place_of(other, 1)
    public = MeetingFactory()
    for meeting in (other, public):
        assert statuses(browser, meeting) == [404, 404, 404]
    assert not Disclosure.objects.exists()


@pytest.mark.each_database
@pytest.mark.promise("P15")
@pytest.mark.parametrize("scope", Scope.values)
@pytest.mark.parametrize(
    ("starts", "ends", "is_open"),
    [(-9, None, True), (0, 0, True), (-9, -1, False), (1, None, False)],
)
def test_a_grant_opens_on_its_first_day_and_closes_after_its_last(
    browser: Client, contact: User, scope: str, starts: int, ends: int | None, is_open: bool
):
    meeting = bought_meeting(contact, scope=scope)
    grant = Contact.objects.get()
    supplied(place_of(meeting, 1), grant.organisation)
    grant.starts_on, grant.ends_on = in_days(starts), None if ends is None else in_days(ends)
    grant.save()
    assert (browser.get(ROOM).status_code == 200) is is_open
    assert statuses(browser, meeting)[:2] == ([200, 200] if is_open else [404, 404])
    assert (ROOM in browser.get("/mijn/").text) is is_open
    assert Disclosure.objects.exists() is is_open
    # The second page of an open session, after the grant was ended meanwhile.
    if is_open and starts:
        Contact.objects.update(ends_on=in_days(-1))
        assert statuses(browser, meeting) == [404, 404, 404]


def test_the_group_alone_opens_nothing_and_leaving_it_closes_everything(browser, contact: User):
    assert browser.get(ROOM).status_code == 404
    meeting = bought_meeting(contact)
    place_of(meeting, 1)
    assert statuses(browser, meeting)[0] == 200
    contact.groups.clear()
    assert browser.get(ROOM).status_code == 404
    assert statuses(browser, meeting) == [404, 404, 404]


@pytest.mark.promise("P15")
def test_a_cancelled_meeting_says_so_and_shows_no_list(browser: Client, contact: User):
    meeting = bought_meeting(contact)
    place_of(meeting, 1)
    Meeting.objects.update(state="cancelled", cancelled_because="Sneeuw.")
    assert "Sneeuw." in page_of(browser, f"{ROOM}{meeting.code}/").text
    assert names_at(browser, meeting) == []
    assert statuses(browser, meeting) == [200, 404, 404]


@pytest.mark.each_database
def test_who_is_restricted_after_is_gone_at_once(browser: Client, contact: User):
    meeting = bought_meeting(contact)
    stays, goes = place_of(meeting, 1), place_of(meeting, 2)
    assert len(names_at(browser, meeting)) == 2
    restrict(person_id=goes.person_id, ground="On request.", by=None)
    assert names_at(browser, meeting) == [stays.full_name]


# --- Of a bureau ---------------------------------------------------------------------------------


@pytest.mark.promise("P17")
@pytest.mark.promise("P19")
def test_a_bureau_sees_the_people_it_supplied_and_nobody_else(browser: Client, contact: User):
    bureau = OrganisationFactory(name="Pruimen & Co", is_bureau=True)
    ContactFactory(person=contact.person, organisation=bureau, scope=Scope.BUREAU)
    meeting, elsewhere = MeetingFactory(), MeetingFactory(client=bureau, format="in-company")
    own = supplied(place_of(meeting, 1), bureau)
    supplied(place_of(meeting, 2), OrganisationFactory(name="Pruimen"))
    place_of(meeting, 3)
    place_of(elsewhere, 4)
    assert codes_in(browser) == [meeting.code]
    assert names_at(browser, meeting) == [own.full_name]
    assert "1 deelnemer" in page_of(browser).text
    page = page_of(browser, f"{ROOM}{meeting.code}/")
    assert page.find(id="certificates") is None
    text = page.text
    assert "3" not in text.split("Deelnemers")[1].split("RA1")[0]
    assert statuses(browser, elsewhere) == [404, 404, 404]
    assert set(Disclosure.objects.values_list("person", "kind")) == {(own.person_id, "supplier")}


def test_one_contact_of_several_organisations_and_of_both_kinds(browser: Client, contact: User):
    first, second = bought_meeting(contact, days=2), bought_meeting(contact, days=3)
    bureau = OrganisationFactory()
    ContactFactory(person=contact.person, organisation=bureau, scope=Scope.BUREAU)
    third = MeetingFactory(day=in_days(4))
    own = supplied(place_of(third, 1), bureau)
    supplied(place_of(first, 2), bureau)
    place_of(first, 3)
    assert codes_in(browser) == [first.code, second.code, third.code]
    assert len(names_at(browser, first)) == 2, "the client's list holds the bureau's people too"
    assert names_at(browser, third) == [own.full_name]
    ended = {"starts_on": in_days(-9), "ends_on": in_days(-1)}
    Contact.objects.filter(organisation=first.client).update(**ended)
    assert len(names_at(browser, first)) == 1, "what is left is seen by the grant that is left"


@pytest.mark.parametrize("number", [1, 3])
def test_room_and_list_cost_the_same_for_one_as_for_three(
    browser: Client, contact: User, number: int, django_assert_max_num_queries
):
    for days in range(number):
        meeting = bought_meeting(contact, days=days + 2)
        for one in range(number):
            place_of(meeting, one)
    browser.get(ROOM)
    with django_assert_max_num_queries(13):
        browser.get(ROOM)
    with django_assert_max_num_queries(17):
        browser.get(f"{ROOM}{meeting.code}/")
