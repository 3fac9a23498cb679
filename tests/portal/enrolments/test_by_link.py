"""One's place by the link in a mail: whoever has it, has the mailbox (P02, P13)."""

import logging

import pytest
from bs4 import BeautifulSoup
from django.core.signing import Signer
from django.test import Client

from pluc.logs import TokenFilter
from portal.enrolments import services
from portal.enrolments.errors import CannotReplace
from portal.enrolments.links import SIGNER, token_of
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import assert_adds_up, enrol_number, states_in
from tests.houses import House
from tests.legal.browsers import SAME_ORIGIN
from tests.mails import links_in, newest_to
from tests.planning import MeetingFactory, in_days
from tests.portal.enrolments.filling import GERDA

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
State = Enrolment.State
INSTEAD = {f"instead-{name}": value for name, value in GERDA.items()}


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(capacity=1)


@pytest.fixture
def place(meeting: Meeting) -> Enrolment:
    return enrol_number(meeting, 1)


@pytest.fixture
def offered(meeting: Meeting, place: Enrolment) -> Enrolment:
    """Somebody who waited, and is offered the place that came free."""
    waiting = enrol_number(meeting, 2)
    services.cancel(enrolment_id=place.pk, by=None)
    waiting.refresh_from_db()
    return waiting


def page_of(house: House, enrolment: Enrolment) -> str:
    return house.portal_path(f"/inschrijving/{token_of(enrolment)}/")


def state_of(enrolment: Enrolment) -> str:
    enrolment.refresh_from_db()
    return enrolment.state


def deeds_on(page: str) -> set[str]:
    buttons = BeautifulSoup(page, "lxml").select("button[name=do]")
    return {str(button["value"]) for button in buttons}


# --- What it shows -------------------------------------------------------------------------------


@pytest.mark.promise("P02")
def test_the_link_in_the_mail_opens_the_place(house: House, place: Enrolment):
    address = links_in(newest_to(place.email))[0]
    assert address.endswith(page_of(house, place))
    page = house.guest().get(page_of(house, place))
    assert page.status_code == 200
    assert place.full_name in page.text
    assert deeds_on(page.text) == {"cancel", "substitute"}


@pytest.mark.promise("P13")
def test_it_tells_of_nobody_else(house: House, meeting: Meeting, place: Enrolment):
    other = enrol_number(meeting, 2)
    page = house.guest().get(page_of(house, place)).text
    assert other.last_name not in page
    assert other.email not in page


def test_looking_changes_nothing(house: House, offered: Enrolment):
    """Mail programs fetch links to look for viruses."""
    house.guest().get(page_of(house, offered))
    house.guest().head(page_of(house, offered))
    assert state_of(offered) == State.OFFERED


def test_its_calendar_file_is_the_meeting_with_the_link_to_join(house: House):
    online = MeetingFactory(venue=None, is_online=True, online_link="https://video.example/peren")
    place = enrol_number(online, 1)
    path = f"{page_of(house, place)}agenda.ics"
    answer = house.guest().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "video.example" in answer.text
    services.cancel(enrolment_id=place.pk, by=None)
    assert "video.example" not in house.guest().get(path).text
    assert "video.example" not in house.guest().get(page_of(house, place)).text


# --- A link is a secret --------------------------------------------------------------------------


def forged(place: Enrolment) -> list[str]:
    token = token_of(place)
    return [
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        place.pk.hex,
        str(place.pk),
        f"{place.pk.hex}.",
        "zomaar",
        "é" * 40,
        SIGNER.sign("zomaar"),
        SIGNER.sign("0" * 32),
        Signer(salt="elders", sep=".").sign(place.pk.hex),
    ]


@pytest.mark.parametrize("number", range(9))
def test_a_link_that_is_not_ours_opens_nothing(house: House, place: Enrolment, number: int):
    path = house.portal_path(f"/inschrijving/{forged(place)[number]}/")
    assert house.guest().get(path).status_code == 404
    assert house.guest().post(path, {"do": "cancel"}).status_code == 404
    assert house.guest().get(f"{path}agenda.ics").status_code == 404
    assert state_of(place) == State.ENROLLED


def test_the_address_is_told_to_nobody(house: House, place: Enrolment, settings):
    settings.GOOGLE_ANALYTICS_ID = "G-TEST1234"
    browser = house.guest()
    browser.post("/cookies/", {"all": "accept"}, headers=SAME_ORIGIN)
    measured = browser.get(house.portal_path("/inloggen/"))
    assert "data-measurement" in measured.text, "this browser is measured elsewhere"
    for path in (page_of(house, place), house.portal_path("/inschrijving/zomaar/")):
        page = browser.get(path)
        assert "data-measurement" not in page.text
        assert "google" not in page["Content-Security-Policy"]
    page = browser.get(page_of(house, place))
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert BeautifulSoup(page.content, "lxml").select_one('meta[content="noindex"]')


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_log_holds_the_link(place: Enrolment, language: str):
    path = f"{language}/inschrijving/{token_of(place)}/agenda.ics"
    record = logging.LogRecord("django.request", 30, "", 1, "Not Found: %s", (path,), None)
    TokenFilter().filter(record)
    assert place.pk.hex not in record.getMessage()


# --- What it does --------------------------------------------------------------------------------


def do(house: House, enrolment: Enrolment, deed: str, **typed: str) -> tuple[Client, int]:
    browser = house.guest()
    return browser, browser.post(page_of(house, enrolment), {"do": deed} | typed).status_code


def test_cancelling_frees_the_place(house: House, meeting: Meeting, place: Enrolment):
    assert do(house, place, "cancel")[1] == 302
    assert state_of(place) == State.CANCELLED
    browser, status = do(house, place, "cancel")
    assert status == 422, "twice is told, not broken"
    assert deeds_on(browser.get(page_of(house, place)).text) == set()
    assert_adds_up(meeting)


def test_who_is_offered_a_place_takes_it(house: House, meeting: Meeting, offered: Enrolment):
    page = house.guest().get(page_of(house, offered)).text
    assert {"accept", "decline"} <= deeds_on(page)
    assert do(house, offered, "accept")[1] == 302
    assert do(house, offered, "accept")[1] == 302
    assert state_of(offered) == State.ENROLLED
    assert_adds_up(meeting)


def test_who_is_offered_a_place_leaves_it_to_the_next(
    house: House, meeting: Meeting, offered: Enrolment
):
    third = enrol_number(meeting, 3)
    assert do(house, offered, "decline")[1] == 302
    assert (state_of(offered), state_of(third)) == (State.CANCELLED, State.OFFERED)
    assert do(house, offered, "accept")[1] == 422
    assert state_of(offered) == State.CANCELLED


def test_who_waits_sees_their_number_and_leaves(house: House, meeting: Meeting, place: Enrolment):
    second, third = enrol_number(meeting, 2), enrol_number(meeting, 3)
    page = BeautifulSoup(house.guest().get(page_of(house, third)).content, "lxml")
    assert " 2 " in page.select_one(".alert").text
    do(house, second, "cancel")
    assert states_in(meeting) == ["enrolled", "cancelled", "waiting"]
    files = [part.get_content_type() for part in newest_to(second.email).walk()]
    assert "text/calendar" not in files, "it stood in no calendar"


def test_moving_leads_to_the_new_place(house: House, meeting: Meeting, place: Enrolment):
    other = MeetingFactory(course=meeting.course, day=in_days(60))
    assert "move" in deeds_on(house.guest().get(page_of(house, place)).text)
    answer = house.guest().post(page_of(house, place), {"do": "move", "move-to": str(other.pk)})
    new = Enrolment.objects.get(meeting=other)
    assert answer["Location"] == page_of(house, new)
    assert state_of(place) == State.CANCELLED


def test_a_date_that_is_not_offered_cannot_be_chosen(
    house: House, meeting: Meeting, place: Enrolment
):
    dearer = MeetingFactory(course=meeting.course, day=in_days(60), price=10)
    full = MeetingFactory(course=meeting.course, day=in_days(61), capacity=1)
    enrol_number(full, 9)
    for to in (MeetingFactory().pk, dearer.pk, full.pk, meeting.pk, "zomaar", ""):
        assert do(house, place, "move", **{"move-to": str(to)})[1] == 422
    assert state_of(place) == State.ENROLLED


def test_somebody_else_comes_instead(house: House, meeting: Meeting, place: Enrolment):
    assert do(house, place, "substitute", **INSTEAD)[1] == 302
    assert states_in(meeting) == ["cancelled", "enrolled"]
    assert Enrolment.objects.get(state=State.ENROLLED).full_name == "Gerda Gast"
    assert_adds_up(meeting)


def test_who_has_not_a_name_cannot_come_instead(house: House, place: Enrolment):
    assert do(house, place, "substitute", **INSTEAD | {"instead-last_name": ""})[1] == 422
    assert state_of(place) == State.ENROLLED
    broken = INSTEAD | {"instead-first_name": "G\r\nBcc: x@elders.example"}
    assert do(house, place, "substitute", **broken)[1] == 422


def test_the_same_person_cannot_come_instead(house: House, place: Enrolment):
    same = {f"instead-{n}": getattr(place, n) for n in ("first_name", "last_name", "email")}
    answer = house.guest().post(page_of(house, place), {"do": "substitute"} | same)
    assert answer.status_code == 422
    assert CannotReplace().sentence in answer.text
    assert state_of(place) == State.ENROLLED


@pytest.mark.parametrize("deed", ["", "zomaar", "__class__", "accept", "decline"])
def test_what_cannot_be_done_changes_nothing(house: House, place: Enrolment, deed: str):
    assert do(house, place, deed)[1] in {302, 422}
    assert state_of(place) == State.ENROLLED


def test_a_form_from_elsewhere_is_refused(house: House, place: Enrolment):
    browser = house.guest()
    browser.handler.enforce_csrf_checks = True
    elsewhere = {"Origin": "https://elders.example", "Sec-Fetch-Site": "cross-site"}
    answer = browser.post(page_of(house, place), {"do": "cancel"}, headers=elsewhere)
    assert answer.status_code == 403
    assert state_of(place) == State.ENROLLED
