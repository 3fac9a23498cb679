"""The old link of a place that was moved to another date leads to the new one."""

import pytest

from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.links import token_of
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.houses import House
from tests.planning import MeetingFactory, in_days
from tests.portal.enrolments.letters import FREEK, GERDA

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]


def page_of(house: House, place: Enrolment, rest: str = "") -> str:
    return house.portal_path(f"/inschrijving/{token_of(place)}/{rest}")


def moved(place: Enrolment, to: Meeting) -> Enrolment:
    return services.move(enrolment_id=place.pk, to_meeting_id=to.pk, by=None)


@pytest.fixture
def dates() -> list[Meeting]:
    first = MeetingFactory()
    return [first, *(MeetingFactory(course=first.course, day=in_days(n)) for n in (60, 90))]


def test_every_old_link_leads_to_where_the_place_is_now(house: House, dates: list[Meeting]):
    (old,) = enrol(dates[0], GERDA)
    between = moved(old, dates[1])
    new = moved(between, dates[2])
    browser = house.guest()
    for place in (old, between):
        for rest in ("", "agenda.ics"):
            answer = browser.get(page_of(house, place, rest))
            assert answer["Location"] == page_of(house, new, rest)
    back = moved(new, dates[0])
    assert browser.get(page_of(house, old))["Location"] == page_of(house, back)
    assert browser.get(page_of(house, back)).status_code == 200


def test_a_form_on_an_old_page_changes_nothing(house: House, dates: list[Meeting]):
    (old,) = enrol(dates[0], GERDA)
    new = moved(old, dates[1])
    answer = house.guest().post(page_of(house, old), {"do": "cancel"})
    assert answer["Location"] == page_of(house, new)
    new.refresh_from_db()
    assert new.has_place


@pytest.mark.promise("P13")
def test_who_was_replaced_is_not_led_to_the_place_of_who_comes_instead(
    house: House, dates: list[Meeting]
):
    (old,) = enrol(dates[0], GERDA)
    new = moved(old, dates[1])
    services.substitute(enrolment_id=new.pk, attendee=FREEK, by=None)
    for place in (old, new):
        page = house.guest().get(page_of(house, place), follow=True)
        assert page.status_code == 200
        assert "Freek" not in page.text


def test_the_portal_leads_there_too(house: House, sign_in, participant: User, dates: list[Meeting]):
    person = participant.person
    own = attendee(
        first_name=person.first_name, last_name=person.last_name, email=participant.email
    )
    (old,) = enrol(dates[0], own, user=participant)
    moved(old, dates[1])
    browser = sign_in(participant)
    there = house.portal_path(f"/bijeenkomsten/{dates[1].code}/")
    assert browser.get(house.portal_path(f"/bijeenkomsten/{dates[0].code}/"))["Location"] == there
    file = browser.get(house.portal_path(f"/bijeenkomsten/{dates[0].code}/agenda.ics"))
    assert f'"{dates[1].code}.ics"' in file["Content-Disposition"]
