"""Where people come in: first what is next, then what is waiting, then what was earned (P13)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from home.models import HomePage
from portal.accounts.models import Person, Title, User
from portal.desk.queries import waiting_for
from portal.enrolments import services
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.factories import OfferPageFactory, PersonFactory, home_page
from tests.houses import House
from tests.planning import AccreditationFactory, MeetingFactory, PolicyFactory, in_days

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

EVERYBODY = [
    "participant",
    "colleague",
    "speaker",
    "contact",
    "outsider",
    "editor",
    "back_office",
    "superuser",
]


def desk(house: House, browser: Client, language: str = "") -> str:
    response = browser.get(language + house.portal_path("/"))
    assert response.status_code == 200
    return response.text


def found_for(user: User, **fields: str) -> Person:
    return PersonFactory(email=user.email, **fields)


def complete(user: User) -> None:
    """Fills in what the participant list shows."""
    user.person.organisation = "Kersen & Co"
    user.person.save()
    user.person.titles.add(Title.objects.get(code="RA"))


# --- Coming in -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", EVERYBODY)
def test_whoever_is_signed_in_is_at_home(
    house: House, sign_in, role: str, request: pytest.FixtureRequest
):
    user = request.getfixturevalue(role)
    assert user.first_name in desk(house, sign_in(user))


@pytest.mark.each_database
def test_a_stranger_is_sent_to_sign_in(house: House):
    response = house.guest().get(house.portal_path("/"))
    assert response.status_code == 302
    assert response["Location"].startswith(house.portal_path("/inloggen/"))


def test_who_has_no_first_name_is_welcome_too(house: House, sign_in, participant: User):
    participant.person.first_name = ""
    participant.person.save()
    assert "<h1>Welcome</h1>" in desk(house, sign_in(participant), "/en")


def test_a_hostile_name_is_only_text(house: House, sign_in, participant: User):
    participant.person.first_name = "<script>alert(1)</script>"
    participant.person.save()
    assert "<script>alert" not in desk(house, sign_in(participant))


@pytest.mark.promise("P13")
def test_nothing_of_another_participant_is_shown(
    house: House, sign_in, participant: User, colleague: User
):
    found_for(colleague, last_name="van Elders")
    page = desk(house, sign_in(participant))
    assert colleague.first_name not in page
    assert colleague.email not in page
    assert "/account/gevonden/" not in page


# --- What is next --------------------------------------------------------------------------------


def test_nothing_planned_leads_to_the_offer(
    house: House, sign_in, participant: User, home: HomePage, settings
):
    OfferPageFactory()
    base = "" if house.one_host else settings.SITE_URL
    assert f'href="{base}/bijeenkomsten/"' in desk(house, sign_in(participant))


def test_the_offer_is_read_in_ones_own_language(
    house: House, sign_in, participant: User, english_home: HomePage
):
    offer = OfferPageFactory()
    OfferPageFactory(parent=home_page("en"), slug="meetings", translation_key=offer.translation_key)
    assert '/en/meetings/"' in desk(house, sign_in(participant), "/en")


def test_an_offer_that_is_not_public_is_not_linked(house: House, sign_in, participant: User):
    OfferPageFactory(live=False)
    soup = BeautifulSoup(desk(house, sign_in(participant)), "lxml")
    assert not soup.select('main a[href$="/bijeenkomsten/"]')


def enrolled_in(meeting: Meeting, user: User) -> Enrolment:
    (enrolment,) = enrol(meeting, attendee(email=user.email), user=user)
    return enrolment


def test_what_is_next_is_told_as_one_would_say_it(house: House, sign_in, participant: User):
    tomorrow = MeetingFactory(day=in_days(1), policy=PolicyFactory(closing_days=0))
    enrolled_in(MeetingFactory(day=in_days(9)), participant)
    enrolled_in(tomorrow, participant)
    page = BeautifulSoup(desk(house, sign_in(participant), "/en"), "lxml")
    (card,) = page.select(".next-meeting")
    assert card.select_one(".next-meeting-when").get_text() == "Tomorrow at 13:30, Utrecht"
    assert tomorrow.code in card.select_one("h3 a")["href"]
    assert tomorrow.venue.address in card.get_text()
    assert "And one more after that" in page.get_text()


def test_only_who_goes_sees_the_link_to_join(house: House, sign_in, participant: User):
    link = "https://video.example/geheim"
    meeting = MeetingFactory(venue=None, is_online=True, online_link=link)
    enrolment = enrolled_in(meeting, participant)
    assert link in desk(house, sign_in(participant))
    services.cancel(enrolment_id=enrolment.pk, by=participant)
    assert link not in desk(house, sign_in(participant))


def test_a_place_that_came_free_waits_for_an_answer(house: House, sign_in, participant: User):
    meeting = MeetingFactory(capacity=1)
    first = enrol(meeting, attendee(7))[0]
    enrolled_in(meeting, participant)
    assert f"/bijeenkomsten/{meeting.code}/" not in desk(house, sign_in(participant))
    services.cancel(enrolment_id=first.pk, by=None)
    page = BeautifulSoup(desk(house, sign_in(participant)), "lxml")
    assert page.select_one(f'.task a[href$="/bijeenkomsten/{meeting.code}/"]')


@pytest.mark.each_database
def test_meetings_where_somebody_was_are_counted(house: House, sign_in, participant: User):
    for day in (5, 6, 7):
        enrolled_in(MeetingFactory(day=in_days(day)), participant)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        enrolment = Enrolment.objects.order_by("meeting__starts_at").first()
        services.mark_absent(enrolment_ids=[enrolment.pk], was_absent=True, by=None)
        assert "You have been to 2 meetings" in desk(house, sign_in(participant), "/en")


# --- What is waiting -----------------------------------------------------------------------------


def test_records_at_ones_address_wait(house: House, sign_in, participant: User):
    found_for(participant)
    found_for(participant)
    page = desk(house, sign_in(participant), "/en")
    assert "Found at your address: 2" in page
    assert house.portal_path("/account/gevonden/") in page


def test_the_participant_list_asks_for_title_and_organisation(
    house: House, sign_in, participant: User
):
    browser = sign_in(participant)
    assert "Complete your line on the participant list" in desk(house, browser, "/en")
    complete(participant)
    assert "Complete your line on the participant list" not in desk(house, browser, "/en")
    assert "You are all set" in desk(house, browser, "/en")


@pytest.mark.parametrize("role", ["back_office", "editor", "speaker", "contact"])
def test_who_sees_data_of_others_is_asked_for_a_second_step(
    role: str, request: pytest.FixtureRequest
):
    user = request.getfixturevalue(role)
    assert waiting_for(user=user).lacks_second_factor
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert not waiting_for(user=user).lacks_second_factor


def test_a_participant_need_not_have_a_second_step(participant: User):
    assert not waiting_for(user=participant).lacks_second_factor


# --- Ways on -------------------------------------------------------------------------------------


def test_only_staff_are_shown_the_way_to_the_staff_screens(
    house: House, sign_in, participant: User, back_office: User
):
    assert 'href="/beheer/"' in desk(house, sign_in(back_office))
    assert 'href="/beheer/"' not in desk(house, sign_in(participant))


@pytest.mark.each_database
@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_desk_asks_the_same_few_questions_whatever_waits(
    sign_in: Callable[[User], Client],
    participant: User,
    number: int,
    django_assert_num_queries,
):
    for _ in range(number):
        found_for(participant)
    complete(participant)
    browser = sign_in(participant)
    browser.get("/mijn/")
    # Session, user with person; the generation of what every page shows; places to come, meetings
    # attended, offers; proven addresses, records at them; groups, titles; measured or not.
    with django_assert_num_queries(12):
        browser.get("/mijn/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_asks_the_same_questions_however_many_places_one_has(
    sign_in: Callable[[User], Client],
    participant: User,
    number: int,
    django_assert_num_queries,
):
    for day in range(number):
        meeting = MeetingFactory(day=in_days(10 + day))
        AccreditationFactory(meeting=meeting)
        enrolled_in(meeting, participant)
    complete(participant)
    browser = sign_in(participant)
    browser.get("/mijn/")
    with django_assert_num_queries(14):  # two more: the hours of the meetings, with their schemes
        browser.get("/mijn/")
