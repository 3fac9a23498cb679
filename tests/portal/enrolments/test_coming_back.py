"""Away to sign in or to register, and back into the same form."""

import pytest
from django.http import HttpResponse

from portal.accounts.models import User
from portal.enrolments.browser_memory import LONGEST
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.houses import House
from tests.mails import links_in, newest_to
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import (
    FREEK,
    GERDA,
    INVOICE,
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

PASSWORD = "acht abrikozen op een rij"


@pytest.fixture
def priced() -> Meeting:
    return MeetingFactory(price=195)


@pytest.fixture
def dirk(participant: User) -> User:
    participant.set_password(PASSWORD)
    participant.save()
    return participant


def sign_in_there(browser, answer, email: str) -> str:
    """Signs in on the page that one was sent to; where that leads."""
    there = answer["Location"]
    location: str = browser.post(there, {"login": email, "password": PASSWORD})["Location"]
    return location


@pytest.mark.parametrize(("deed", "page"), [("sign-in", "inloggen"), ("register", "registreren")])
def test_a_guest_can_sign_in_or_register_on_the_way(
    house: House, priced: Meeting, deed: str, page: str
):
    answer = send(house.guest(), form_of(house, priced), do=deed)
    assert answer["Location"].startswith(house.portal_path(f"/{page}/"))
    assert not Enrolment.objects.exists()


def test_what_was_typed_is_there_after_signing_in(house: House, priced: Meeting, dirk: User):
    browser, path = house.guest(), form_of(house, priced)
    form = fields_in(send(browser, path, do="add")) | FREEK | INVOICE
    typed = {"first_name": "D.", "organisation": "Perenhof", "reference": "PO 17"}
    answer = browser.post(path, form | typed | {"do": "sign-in"})
    assert sign_in_there(browser, answer, dirk.email) == path
    back = fields_in(browser.get(path))
    assert back | FREEK | INVOICE | typed == back
    assert back["last_name"] == "Deelnemer", "what was left empty is known by now"
    browser.post(path, back)
    assert Enrolment.objects.filter(meeting=priced).count() == 2


def test_who_typed_another_address_first_enrols_under_their_own_name(
    house: House, priced: Meeting, dirk: User
):
    browser, path = house.guest(), form_of(house, priced)
    answer = send(browser, path, **GERDA, organisation="Perenhof", do="sign-in")
    sign_in_there(browser, answer, dirk.email)
    back = fields_in(browser.get(path))
    assert (back["first_name"], back["last_name"]) == ("Dirk", "Deelnemer")
    assert back["organisation"] == "Perenhof"


def test_what_was_typed_wins_over_what_is_known(house: House, priced: Meeting, dirk: User):
    dirk.person.invoice_name = "Oude Hof B.V."
    dirk.person.save()
    browser, path = house.guest(), form_of(house, priced)
    sign_in_there(browser, send(browser, path, **INVOICE, do="sign-in"), dirk.email)
    assert fields_in(browser.get(path))["invoice_name"] == "Perenhof B.V."


def shown_in(answer: HttpResponse, *names: str) -> list[str]:
    """What stands in fields of whatever form a page shows."""
    return [str(soup(answer).select_one(f"[name={name}]").get("value", "")) for name in names]


def test_what_was_typed_stands_on_the_form_to_register_and_to_sign_in(
    house: House, priced: Meeting
):
    """By the session of this browser, and by no address; forgotten once it is used."""
    browser, path = house.guest(), form_of(house, priced)
    away = send(browser, path, **GERDA, **INVOICE, do="register")["Location"]
    assert "erda" not in away
    assert shown_in(browser.get(away), *GERDA) == list(GERDA.values())
    assert shown_in(browser.get(house.portal_path("/inloggen/")), "login") == [GERDA["email"]]
    assert shown_in(house.guest().get(away), *GERDA) == ["", "", ""]
    assert browser.post(away, GERDA | {"password1": PASSWORD}).status_code == 302
    assert shown_in(browser.get(house.portal_path("/inloggen/")), "login") == [""]
    back = fields_in(browser.get(path))
    assert back | GERDA | INVOICE == back


def test_who_enrolled_as_a_guest_need_not_type_their_name_again(house: House, priced: Meeting):
    browser, path = house.guest(), form_of(house, priced)
    assert send(browser, path, **GERDA, **INVOICE).status_code == 302
    there = browser.get(house.portal_path("/registreren/"))
    assert shown_in(there, *GERDA) == list(GERDA.values())


@pytest.mark.each_database
def test_signs_that_nobody_sees_are_not_stored_and_not_shown(house: House, priced: Meeting):
    browser, path = house.guest(), form_of(house, priced)
    unseen = {"first_name": "Ger\u200bda ", "last_name": "\ufeffGa\u2060st\u00a0\u2003Boe\u0308r"}
    invoice = INVOICE | {"invoice_name": "Peren\u00adhof", "reference": "PO\u200d 17"}
    assert send(browser, path, **GERDA | unseen, **invoice).status_code == 302
    place = Enrolment.objects.select_related("person", "booking").get()
    for row in (place, place.person):
        assert (row.first_name, row.last_name) == ("Gerda", "Gast Bo\u00ebr")
    booking = place.booking
    stored = (booking.name, booking.invoice_name, booking.reference)
    assert stored == ("Gerda Gast Bo\u00ebr", "Perenhof", "PO 17")
    page = browser.get(enrolled_page(house, priced)).text
    assert "In de mail zit een bestand voor je agenda" in page
    assert "Gerda Gast Bo\u00ebr" in page
    assert not any(sign in page for sign in "\u200b\ufeff\u2060\u2003")


def test_who_registers_on_the_way_lands_back_in_the_same_form(house: House, priced: Meeting):
    browser, path = house.guest(), form_of(house, priced)
    away = send(browser, path, **GERDA, **INVOICE, do="register")["Location"]
    registration = {**GERDA, "password1": PASSWORD}
    assert browser.post(away, registration).status_code == 302
    proof = "/" + links_in(newest_to(GERDA["email"]))[0].split("/", 3)[3]
    answer = browser.post(proof)
    if answer["Location"] != path:  # by way of the sign-in page
        answer = browser.post(
            house.portal_path("/inloggen/"), {"login": GERDA["email"], "password": PASSWORD}
        )
    assert answer["Location"] == path
    back = fields_in(browser.get(path))
    assert (back["first_name"], back["invoice_name"]) == ("Gerda", "Perenhof B.V.")
    browser.post(path, back)
    assert Enrolment.objects.get().person.has_login


def test_what_was_typed_is_for_that_meeting_and_that_browser(house: House, priced: Meeting):
    browser, path = house.guest(), form_of(house, priced)
    send(browser, path, **GERDA, do="sign-in")
    other = MeetingFactory()
    assert fields_in(browser.get(form_of(house, other)))["first_name"] == ""
    assert fields_in(house.guest().get(path))["first_name"] == ""
    assert fields_in(browser.get(path))["first_name"] == "Gerda"


@pytest.mark.each_database
def test_a_browser_keeps_no_more_than_a_form_takes(house: House, priced: Meeting):
    browser, path = house.guest(), form_of(house, priced)
    many = {f"x{number}": "y" * 1000 for number in range(900)}
    send(browser, path, **many, first_name="G" * 5000, do="sign-in")
    typed = browser.session["typed_enrolment"][priced.code]
    assert len(typed) <= 100
    assert {len(value) for value in typed.values()} <= set(range(LONGEST + 1))
    assert "csrfmiddlewaretoken" not in typed
