"""How the enrolling form behaves: where it begins, what it says first, what it checks and keeps."""

from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.models import Title, User
from portal.accounts.services import take_record
from portal.enrolments import services
from portal.enrolments.models import Booking, Enrolment
from portal.meetings.forms.parts import VenueForm
from portal.meetings.models import Meeting
from portal.organisations.forms import OrganisationForm
from tests.factories import UserFactory
from tests.houses import House
from tests.mails import links_in, newest_to
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import (
    FREEK,
    GERDA,
    INVOICE,
    enrolled_page,
    fields_in,
    form_in,
    form_of,
    send,
    soup,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

HOUSE = House("one host")
PASSWORD = "acht abrikozen op een rij"


@pytest.fixture
def free() -> Meeting:
    return MeetingFactory(capacity=4)


@pytest.fixture
def priced() -> Meeting:
    return MeetingFactory(capacity=4, price=Decimal(195))


def begins_at(answer) -> list[str]:
    """Where the page begins: what takes the focus."""
    return [tag.get("name") or tag["class"][-1] for tag in soup(answer).select("[autofocus]")]


# --- Where one reads on --------------------------------------------------------------------------


def test_a_page_begins_at_what_is_wrong_or_what_was_added(free: Meeting):
    browser, path = HOUSE.guest(), form_of(HOUSE, free)
    fresh = browser.get(path)
    assert begins_at(fresh) == []
    assert not soup(fresh).title.text.startswith("Fout:")
    assert "sent_form" not in fresh.text
    wrong = send(browser, path, first_name="Gerda")
    assert begins_at(wrong) == ["alert-wrong"]
    assert soup(wrong).title.text.startswith("Fout: Aanmelden")
    assert "sent_form" in wrong.text, "so that one goes back to a page, not to a form to send again"
    more = send(browser, path, **GERDA, do="add")
    assert begins_at(more) == ["first_name_2"]
    fewer = browser.post(path, fields_in(more) | {"do": "without-2"})
    assert begins_at(fewer) == ["do"]


@pytest.mark.parametrize("page", ["/inloggen/", "/registreren/", "/account/wachtwoord/vergeten/"])
def test_every_form_of_the_portal_begins_at_what_is_wrong(page: str):
    answer = HOUSE.guest().post(HOUSE.portal_path(page), {})
    assert begins_at(answer) == ["alert-wrong"]
    assert soup(answer).title.text.startswith("Fout:")


def test_an_error_belongs_to_the_form_that_was_sent(free: Meeting, sign_in, participant: User):
    browser = sign_in(participant)
    send(browser, form_of(HOUSE, free))
    answer = browser.post(
        HOUSE.portal_path(f"/bijeenkomsten/{free.code}/"),
        {"do": "substitute", "instead-first_name": "Freek"},
    )
    (summary,) = soup(answer).select(".alert-wrong")
    assert summary.find_parent("form").select_one("[name='instead-last_name']") is not None
    assert soup(answer).select_one("details[open] .alert-wrong") is not None


@pytest.mark.each_database
def test_what_comes_before_what(free: Meeting):
    """Signing in before one types, the privacy notice before the button; Enter sends the form."""
    page = str(form_in(HOUSE.guest().get(form_of(HOUSE, free))))
    order = ['value="sign-in"', 'name="first_name"', "privacyverklaring", "form-actions"]
    assert sorted(order, key=page.index) == order
    first = form_in(HOUSE.guest().get(form_of(HOUSE, free))).select("button")[0]
    assert (first.get("name"), first["type"]) == (None, "submit")


# --- Two tabs, and going back --------------------------------------------------------------------


def test_another_tab_says_that_the_enrolment_is_in_already(free: Meeting):
    browser, path = HOUSE.guest(), form_of(HOUSE, free)
    other_tab = fields_in(browser.get(path)) | GERDA
    pressed_twice = fields_in(browser.get(path)) | GERDA
    for _ in range(2):
        browser.post(path, pressed_twice)
    assert "Dat is geregeld" in browser.get(enrolled_page(HOUSE, free)).text
    page = soup(browser.get(path))
    assert "Deze aanmelding staat al" in page.select_one(".alert-good").text
    assert "Gerda Gast" in page.select_one(".alert-good").text
    browser.post(path, other_tab)
    assert "Deze aanmelding staat al" in browser.get(enrolled_page(HOUSE, free)).text
    assert "Deze aanmelding staat al" not in HOUSE.guest().get(path).text
    services.cancel(enrolment_id=Enrolment.objects.get().pk, by=None)
    assert "Deze aanmelding staat al" not in browser.get(path).text
    assert browser.get(enrolled_page(HOUSE, free))["Location"] == path


def test_who_repeats_what_another_browser_sent_is_told_what_anybody_is(free: Meeting):
    send(HOUSE.guest(), form_of(HOUSE, free), **GERDA)
    other = HOUSE.guest()
    send(other, form_of(HOUSE, free), **GERDA)
    assert "Dat is geregeld" in other.get(enrolled_page(HOUSE, free)).text


# --- Postal codes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "country", "kept"),
    [
        ("3511ab", "", "3511 AB"),
        ("NL-3511 ab", "Nederland", "3511 AB"),
        ("0511 AB", "", None),
        ("3511 SS", "NL", None),
        ("1000", "", None),
        ("1000", "België", "1000"),
    ],
)
def test_a_postal_code_of_the_netherlands_is_checked(
    priced: Meeting, code: str, country: str, kept: str | None
):
    typed = INVOICE | {"invoice_postal_code": code, "invoice_country": country}
    answer = send(HOUSE.guest(), form_of(HOUSE, priced), **GERDA, **typed)
    assert answer.status_code == (302 if kept else 422)
    assert list(Booking.objects.values_list("invoice_postal_code", flat=True)) == [kept] * bool(
        kept
    )


@pytest.mark.each_database
def test_the_profile_checks_it_as_well(sign_in, participant: User):
    browser = sign_in(participant)
    typed = {"first_name": "Dirk", "last_name": "Deelnemer", "language": "nl"}
    wrong = browser.post(HOUSE.portal_path("/account/"), typed | {"postal_code": "12"})
    assert wrong.status_code == 422
    browser.post(HOUSE.portal_path("/account/"), typed | {"postal_code": "3511ab"})
    participant.person.refresh_from_db()
    assert participant.person.postal_code == "3511 AB"


@pytest.mark.parametrize(
    ("form", "field"), [(VenueForm, "postal_code"), (OrganisationForm, "invoice_postal_code")]
)
def test_so_do_the_back_offices_forms(form: Any, field: str):
    assert "3511 AB" in form({field: "12"}).errors[field][0]
    assert field not in form({field: "3511ab"}).errors


# --- What one has is kept ------------------------------------------------------------------------


@pytest.mark.each_database
def test_titles_are_chosen_from_the_list_of_profiles_and_survive_a_second_person(free: Meeting):
    browser, path = HOUSE.guest(), form_of(HOUSE, free)
    form = form_in(browser.get(path))
    offered = [box["value"] for box in form.select("[name=titles]")]
    assert offered == list(Title.objects.values_list("code", flat=True))
    more = send(browser, path, **GERDA, titles=["RA", "RE"], do="add")
    checked = [box["value"] for box in form_in(more).select("[name=titles][checked]")]
    assert checked == ["RA", "RE"]
    browser.post(path, fields_in(more) | FREEK | {"titles": ["RA", "RE"], "titles_2": "AA"})
    kept = Enrolment.objects.order_by("queue_number").values_list("titles", flat=True)
    assert list(kept) == ["RA, RE", "AA"]


@pytest.mark.each_database
@pytest.mark.promise("P20")
def test_what_a_guest_filled_in_reaches_the_profile_of_who_claims_it(free: Meeting):
    guest = HOUSE.guest()
    send(guest, form_of(HOUSE, free), **GERDA, organisation="Perenhof", titles=["RA", "RE"])
    record = Enrolment.objects.get().person
    record.phone, record.city = "030 123 45 67", "Utrecht"
    record.save()
    user = UserFactory(email=GERDA["email"], person__email=GERDA["email"], person__city="Zeist")
    take_record(user=user, record_id=record.pk)
    user.person.refresh_from_db()
    assert user.person.organisation == "Perenhof"
    assert [title.code for title in user.person.titles.all()] == ["RA", "RE"]
    assert user.person.phone == "030 123 45 67"
    assert user.person.city == "Zeist", "what is one's own stays"


def test_one_click_shows_the_line_that_will_stand_on_the_list(
    free: Meeting, sign_in, participant: User
):
    participant.person.organisation = "Perenhof"
    participant.person.save()
    participant.person.titles.set(Title.objects.filter(code__in=["RA", "RE"]))
    page = form_in(sign_in(participant).get(form_of(HOUSE, free)))
    assert (
        page.select_one(".enrol-known").select("b")[-1].text == "Dirk Deelnemer, RA, RE, Perenhof"
    )


def test_who_registers_on_the_way_is_signed_in_after_the_proof_in_the_same_browser(free: Meeting):
    browser, path = HOUSE.guest(), form_of(HOUSE, free)
    away = send(browser, path, **GERDA, do="register")["Location"]
    browser.post(away, {**GERDA, "password1": PASSWORD})
    proof = "/" + links_in(newest_to(GERDA["email"]))[0].split("/", 3)[3]
    assert HOUSE.guest().post(proof).status_code == 422, "another browser gives the password"
    assert browser.post(proof)["Location"] == path
    assert fields_in(browser.get(path))["first_name"] == "Gerda"
    assert form_in(browser.get(path)).select_one("[name=email]") is None, "signed in"
