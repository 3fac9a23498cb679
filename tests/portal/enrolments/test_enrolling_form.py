"""From a meeting's page to a place: two screens, three fields (P02)."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from pluc.outbox.models import Mail
from portal.accounts.models import Person, Title, User
from portal.enrolments.models import Booking, Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import assert_adds_up, attendee, enrol, enrol_number
from tests.houses import House
from tests.planning import MeetingFactory, OrganisationFactory
from tests.portal.enrolments.filling import (
    FREEK,
    GERDA,
    INVOICE,
    enrolled_page,
    fields_in,
    form_in,
    form_of,
    required_in,
    send,
    soup,
    visible_in,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
State = Enrolment.State


@pytest.fixture
def free() -> Meeting:
    return MeetingFactory(capacity=4)


@pytest.fixture
def priced() -> Meeting:
    return MeetingFactory(capacity=4, price=Decimal("195.00"))


def names_in(meeting: Meeting) -> list[str]:
    people = Enrolment.objects.filter(meeting=meeting).order_by("queue_number")
    return [one.full_name for one in people]


# --- A guest -------------------------------------------------------------------------------------


@pytest.mark.promise("P02")
def test_a_guest_fills_in_three_fields_and_has_a_place(house: House, free: Meeting):
    browser, path = house.guest(), form_of(house, free)
    assert required_in(browser.get(path)) == {"first_name", "last_name", "email"}
    answer = send(browser, path, **GERDA)
    assert answer["Location"] == enrolled_page(house, free)
    page = browser.get(answer["Location"])
    assert "Gerda Gast" in page.text
    enrolment = Enrolment.objects.get(meeting=free)
    assert (enrolment.state, enrolment.email) == (State.ENROLLED, GERDA["email"])
    assert enrolment.person.source == Person.Source.SELF
    assert_adds_up(free)


@pytest.mark.promise("P12")
def test_organisation_and_titles_may_stay_empty_and_stand_on_the_list(house: House, free: Meeting):
    assert {"organisation", "titles"} <= visible_in(house.guest().get(form_of(house, free)))
    send(house.guest(), form_of(house, free), **GERDA, organisation="Perenhof", titles="RA")
    enrolment = Enrolment.objects.get()
    assert (enrolment.organisation, enrolment.titles) == ("Perenhof", "RA")


@pytest.mark.promise("P02")
def test_an_invoice_address_is_asked_only_where_somebody_is_invoiced(
    house: House, free: Meeting, priced: Meeting
):
    browser = house.guest()
    assert not {*INVOICE, "reference"} & visible_in(browser.get(form_of(house, free)))
    page = browser.get(form_of(house, priced))
    assert required_in(page) == {"first_name", "last_name", "email", *INVOICE}
    assert send(browser, form_of(house, priced), **GERDA).status_code == 422
    assert not Booking.objects.exists()
    send(browser, form_of(house, priced), **GERDA, **INVOICE, reference="PO 2026-17")
    booking = Booking.objects.get()
    assert (booking.invoice_name, booking.invoice_city) == ("Perenhof B.V.", "Utrecht")
    assert (booking.reference, booking.price) == ("PO 2026-17", Decimal("195.00"))
    assert booking.invoice_country == "Nederland", "nothing said is the Netherlands"


def test_the_language_of_the_form_is_that_of_the_mails(house: House, free: Meeting):
    path = form_of(house, free)
    english = path.replace("/mijn/", "/en/mijn/") if house.one_host else f"/en{path}"
    send(house.guest(), english, **GERDA)
    assert Booking.objects.get().language == "en"


def test_what_is_missing_is_named_and_what_was_typed_stays(house: House, free: Meeting):
    answer = send(house.guest(), form_of(house, free), first_name="Gerda", email="geen adres")
    assert answer.status_code == 422
    wrong = [link["href"] for link in soup(answer).select(".alert-wrong a")]
    assert wrong == ["#id_last_name", "#id_email"]
    assert fields_in(answer)["first_name"] == "Gerda"
    assert fields_in(answer)["email"] == "geen adres"
    assert not Enrolment.objects.exists()


# --- Signed in -----------------------------------------------------------------------------------


def test_one_press_is_enough_for_who_is_signed_in(
    house: House, free: Meeting, sign_in, participant: User
):
    browser, path = sign_in(participant), form_of(house, free)
    page = browser.get(path)
    assert form_in(page).select_one(".enrol-known") is not None
    assert "email" not in visible_in(page)
    assert send(browser, path).status_code == 302
    enrolment = Enrolment.objects.get()
    assert enrolment.person == participant.person
    assert (enrolment.full_name, enrolment.email) == ("Dirk Deelnemer", participant.email)


def test_one_press_is_enough_where_the_invoice_address_is_known(
    house: House, priced: Meeting, sign_in, participant: User
):
    browser, path = sign_in(participant), form_of(house, priced)
    assert form_in(browser.get(path)).select_one(".enrol-known") is None
    Person.objects.filter(pk=participant.person_id).update(**INVOICE, organisation="Perenhof")
    participant.person.titles.add(Title.objects.create(code="XY", name="X", name_en="X"))
    assert form_in(browser.get(path)).select_one(".enrol-known") is not None
    assert send(browser, path).status_code == 302
    enrolment = Enrolment.objects.get()
    assert enrolment.booking.invoice_city == "Utrecht"
    assert (enrolment.organisation, enrolment.titles) == ("Perenhof", "XY")


def test_whoever_has_a_place_is_led_to_it(house: House, free: Meeting, sign_in, participant: User):
    browser, path = sign_in(participant), form_of(house, free)
    form = fields_in(browser.get(path))
    place = house.portal_path(f"/bijeenkomsten/{free.code}/")
    browser.post(path, form)
    assert browser.get(path)["Location"] == place
    assert Enrolment.objects.count() == 1


def test_a_second_form_of_who_has_a_place_leads_to_it_too(
    house: House, free: Meeting, sign_in, participant: User
):
    browser, path = sign_in(participant), form_of(house, free)
    first, second = fields_in(browser.get(path)), fields_in(browser.get(path))
    browser.post(path, first)
    answer = browser.post(path, second)
    assert answer["Location"] == house.portal_path(f"/bijeenkomsten/{free.code}/")
    assert Enrolment.objects.count() == 1


# --- Several people ------------------------------------------------------------------------------


def test_one_payer_enrols_a_colleague_as_well(house: House, priced: Meeting):
    browser, path = house.guest(), form_of(house, priced)
    more = send(browser, path, **GERDA, **INVOICE, do="add")
    assert {"first_name_2", "last_name_2", "email_2"} <= required_in(more)
    assert fields_in(more)["first_name"] == "Gerda"
    assert fields_in(more)["invoice_city"] == "Utrecht"
    answer = browser.post(path, fields_in(more) | FREEK)
    page = browser.get(answer["Location"]).text
    assert "Gerda Gast" in page
    assert "Freek Fijn" in page
    assert Booking.objects.get().enrolments.count() == 2
    to = Mail.objects.filter(template="enrolments/overview").values_list("recipient", flat=True)
    assert list(to) == [GERDA["email"]]


def test_leaving_out_one_moves_those_after_them_up(house: House, free: Meeting):
    browser, path = house.guest(), form_of(house, free)
    form = fields_in(send(browser, path, **GERDA, do="add")) | FREEK
    form = fields_in(browser.post(path, form | {"do": "add"}))
    form |= {"first_name_3": "Saar", "last_name_3": "Sap", "email_3": "saar@kantoor.example"}
    fewer = browser.post(path, form | {"do": "without-2"})
    assert fields_in(fewer)["first_name_2"] == "Saar"
    assert "first_name_3" not in fields_in(fewer)
    browser.post(path, fields_in(fewer))
    assert names_in(free) == ["Gerda Gast", "Saar Sap"]


def test_who_does_not_come_enrols_somebody_else(house: House, priced: Meeting):
    browser, path = house.guest(), form_of(house, priced)
    form = fields_in(send(browser, path, **GERDA, **INVOICE, do="add")) | FREEK
    answer = browser.post(path, form | {"not_coming": "on"})
    assert answer.status_code == 302
    assert names_in(priced) == ["Freek Fijn"]
    booking = Booking.objects.get()
    assert (booking.name, booking.email) == ("Gerda Gast", GERDA["email"])
    assert booking.payer is not None
    assert booking.payer.email == GERDA["email"]


def test_who_does_not_come_gets_room_to_fill_in_who_does(house: House, free: Meeting):
    answer = send(house.guest(), form_of(house, free), **GERDA, not_coming="on")
    assert answer.status_code == 422
    assert {"first_name_2", "last_name_2", "email_2"} <= required_in(answer)
    assert fields_in(answer)["not_coming"] == "on"
    assert not Enrolment.objects.exists()


def test_the_same_person_twice_on_one_form_is_refused(house: House, free: Meeting):
    browser, path = house.guest(), form_of(house, free)
    form = fields_in(send(browser, path, **GERDA, do="add"))
    twice = {f"{name}_2": value.upper() for name, value in GERDA.items()}
    answer = browser.post(path, form | twice)
    assert answer.status_code == 422
    assert [link["href"] for link in soup(answer).select(".alert-wrong a")] == ["#id_last_name_2"]
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("people", ["0", "11", "999999", "-1", "x", "", "²"])
def test_a_number_of_people_that_cannot_be_is_one_that_can(
    house: House, free: Meeting, people: str
):
    answer = send(house.guest(), form_of(house, free), **GERDA, people=people, do="add")
    assert answer.status_code == 200
    assert fields_in(answer)["people"] in {"2", "10"}


@pytest.mark.parametrize(
    "deed", ["without-", "without-99", "without-x", "without-²", "zomaar", "without-" + "9" * 5_000]
)
def test_a_button_that_is_not_there_breaks_nothing(house: House, free: Meeting, deed: str):
    assert send(house.guest(), form_of(house, free), do=deed).status_code in {200, 422}


# --- Where they came from ------------------------------------------------------------------------


def test_an_enrolment_remembers_the_partner_it_came_from(house: House, free: Meeting):
    partner = OrganisationFactory(is_partner=True)
    path = f"{form_of(house, free)}?partner={partner.slug}"
    browser = house.guest()
    page = browser.get(path)
    assert partner.name in soup(page).select_one(".enrol-summary").text
    browser.post(form_of(house, free), fields_in(page) | GERDA)
    assert Booking.objects.get().came_from == partner


def test_a_partner_that_is_none_is_no_reason_to_refuse(house: House, free: Meeting):
    send(house.guest(), f"{form_of(house, free)}?partner=zomaar", **GERDA)
    assert Booking.objects.get().came_from is None


# --- The second screen ---------------------------------------------------------------------------


@pytest.mark.promise("P13")
def test_the_second_screen_tells_only_what_this_browser_sent(house: House, free: Meeting):
    enrol(free, attendee(1, first_name="Iemand", last_name="Anders"))
    browser = house.guest()
    assert browser.get(enrolled_page(house, free))["Location"] == form_of(house, free)
    send(browser, form_of(house, free), **GERDA)
    page = browser.get(enrolled_page(house, free)).text
    assert "Gerda Gast" in page
    assert "Anders" not in page
    assert house.guest().get(enrolled_page(house, free)).status_code == 302


def test_the_second_screen_says_who_waits_and_as_which_number(house: House):
    small = MeetingFactory(capacity=1)
    enrol_number(small, 1)
    enrol_number(small, 2)
    browser = house.guest()
    send(browser, form_of(house, small), **GERDA)
    page = BeautifulSoup(browser.get(enrolled_page(house, small)).content, "lxml")
    assert " 2 " in page.select_one(".enrolled li").text
    assert page.select_one('a[href$=".ics"]') is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_no_more_with_more_people(
    house: House, free: Meeting, number: int, django_assert_max_num_queries
):
    browser, path = house.guest(), form_of(house, free)
    form = fields_in(browser.get(path)) | {"people": str(number), "do": "add"}
    browser.post(path, form)
    with django_assert_max_num_queries(19):  # seven of them count the form, whoever is on it
        browser.post(path, form)


def test_a_phone_folds_what_may_stay_empty_until_something_stands_there(house: House):
    """And what is refused is never folded: GOV.UK, error summaries lead to a field in sight."""
    path = form_of(house, MeetingFactory(price=195))
    folded = form_in(house.guest().get(path)).select("details")
    names = [{field["name"] for field in one.select("input")} for one in folded]
    assert names == [{"organisation", "titles"}, {"invoice_country", "reference"}]
    assert not any(one.has_attr("open") for one in folded)
    typed = GERDA | INVOICE | {"first_name": "", "organisation": "Perenhof", "reference": "x" * 61}
    again = form_in(send(house.guest(), path, **typed)).select("details")
    assert all(one.has_attr("open") for one in again)
