"""A colleague sees a room as somebody else sees it: to look, logged, and nothing more (P17)."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import ModelLogEntry

from legal.rights.models import Disclosure
from portal.accounts.models import User
from tests.factories import PersonFactory
from tests.rooms import bought_meeting, place_of, spoken_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(sign_in: Callable[[User], Client], back_office: User) -> Client:
    return sign_in(back_office)


def along(user: User, room: str = "spreker", code: str = "") -> str:
    return f"/beheer/meekijken/{user.person_id}/{room}/{f'{code}/' if code else ''}"


def test_the_back_office_sees_what_a_speaker_sees_and_that_is_logged(
    office: Client, speaker: User, back_office: User
):
    meeting = spoken_meeting(speaker)
    place_of(meeting, 1)
    person_file = office.get(f"/beheer/mensen/inspect/{speaker.person_id}/").text
    assert along(speaker) in person_file
    assert along(speaker, "organisatie") not in person_file
    start = BeautifulSoup(office.get(along(speaker)).content, "lxml")
    assert "Je kijkt mee met Sanne Spreker." in start.select_one("aside").text
    (link,) = start.select("h3 a")
    page = BeautifulSoup(office.get(link["href"]).content, "lxml")
    assert [cell.text for cell in page.select(".people tbody th")] == ["Voor1 de Achter1"]
    assert "Je kijkt mee met Sanne Spreker." in page.text
    entries = ModelLogEntry.objects.filter(action="desk.look_along").order_by("timestamp")
    assert [(one.user, one.object_id, one.data["page"]) for one in entries] == [
        (back_office, str(speaker.person_id), "speaker"),
        (back_office, str(speaker.person_id), f"speaker {meeting.code}"),
    ]
    assert "Sanne" not in "".join(one.label for one in entries)


@pytest.mark.promise("P17")
def test_looking_along_is_no_disclosure_and_takes_nothing_along(office: Client, contact: User):
    meeting = bought_meeting(contact)
    place_of(meeting, 1)
    page = BeautifulSoup(office.get(along(contact, "organisatie", meeting.code)).content, "lxml")
    assert "Voor1 de Achter1" in page.text
    assert not Disclosure.objects.exists()
    links = [link["href"] for link in page.select("main a")]
    assert all(link.startswith("/beheer/") for link in links), links
    assert page.select("main form[method=post]") == []
    for file in ("lijst.xlsx", "lijst.pdf"):
        address = f"{along(contact, 'organisatie', meeting.code)}{file}"
        assert office.get(address, follow=True).status_code == 404


def test_it_shows_no_more_than_that_person_sees(
    office: Client, speaker: User, contact: User, participant: User
):
    meeting = spoken_meeting(speaker)
    assert office.get(along(speaker, code="elders")).status_code == 404
    assert office.get(along(speaker, "organisatie")).status_code == 404
    assert office.get(along(contact, "organisatie")).status_code == 404  # no grant
    assert office.get(along(participant)).status_code == 404
    assert office.get(f"/beheer/meekijken/{PersonFactory().pk}/spreker/").status_code == 404
    speaker.groups.clear()
    assert office.get(along(speaker, code=meeting.code)).status_code == 404
    assert not ModelLogEntry.objects.filter(action="desk.look_along").exists()


def test_nothing_can_be_sent(office: Client, speaker: User):
    meeting = spoken_meeting(speaker)
    assert office.post(along(speaker)).status_code == 405
    assert office.post(along(speaker, code=meeting.code)).status_code == 405


@pytest.mark.promise("P17")
@pytest.mark.parametrize(
    ("role", "status"), [("writer", 302), ("editor", 302), ("speaker", 404), ("participant", 404)]
)
def test_who_may_not_see_people_looks_along_with_nobody(
    request: pytest.FixtureRequest, sign_in, speaker: User, role: str, status: int
):
    meeting = spoken_meeting(speaker)
    place_of(meeting, 1)
    browser = sign_in(request.getfixturevalue(role))
    for code in ("", meeting.code):
        assert browser.get(along(speaker, code=code)).status_code == status
    assert not ModelLogEntry.objects.exists()
