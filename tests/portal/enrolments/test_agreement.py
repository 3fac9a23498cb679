"""What one agrees to, where one agrees to it: in the form, after it, and on one's place.

A button that makes somebody pay says so (BW 6:230v).
"""

import pytest
from bs4 import BeautifulSoup

from portal.enrolments import services
from portal.enrolments.links import token_of
from portal.enrolments.models import Booking, Enrolment
from portal.meetings.models import Meeting, Policy
from tests.enrolling import enrol_number
from tests.factories import TermsPageFactory
from tests.houses import House
from tests.mails import newest_to, text_of
from tests.planning import CourseFactory, MeetingFactory, PolicyFactory, in_days
from tests.portal.enrolments.filling import (
    FREEK,
    GERDA,
    INVOICE,
    enrolled_page,
    fields_in,
    form_of,
    soup,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
HOUSE = House("one host")
FREE_UNTIL = "Kosteloos annuleren kan tot en met"


@pytest.fixture
def policy() -> Policy:
    return PolicyFactory(cancelling_days=14)


@pytest.fixture
def meeting(policy: Policy) -> Meeting:
    """At 195 euros, a month ahead, with two places."""
    return MeetingFactory(price=195, capacity=2, policy=policy)


def form_page(meeting: Meeting, **typed: str) -> BeautifulSoup:
    """The form, with one person more for `do="add"`."""
    browser, path = HOUSE.guest(), form_of(HOUSE, meeting)
    page = browser.get(path)
    return soup(browser.post(path, fields_in(page) | typed) if typed else page)


def button_of(page: BeautifulSoup) -> str:
    return page.select(".enrol-form .form-actions button")[-1].text


def price_in(page: BeautifulSoup) -> str:
    """What the summary says of the price."""
    labels = [one for one in page.select("dt") if one.text == "Prijs"]
    told = labels[0].find_next_sibling("dd")
    for line_end in told.select("br"):
        line_end.replace_with(" ")
    return told.text.strip()


def test_the_terms_stand_before_a_button_that_says_that_one_pays(meeting: Meeting):
    TermsPageFactory()
    page = form_page(meeting)
    assert button_of(page) == "Aanmelden en betalen"
    agreed = page.select_one(".agreement")
    assert FREE_UNTIL in agreed.text
    assert "consument" in agreed.text
    assert agreed.select_one("a")["href"] == "/algemene-voorwaarden/"
    button = page.select(".enrol-form .form-actions button")[-1]
    assert agreed in button.find_all_previous("div")
    assert price_in(page) == "€ 195,00, vrijgesteld van btw"


def test_twelve_days_ahead_the_form_says_honestly_that_the_free_days_are_over(policy: Policy):
    late = MeetingFactory(price=195, policy=policy, day=in_days(12))
    text = form_page(late).select_one(".agreement").text
    assert "Kosteloos annuleren kon tot en met" in text
    assert FREE_UNTIL not in text


def test_what_is_free_asks_nobody_to_pay_and_tells_of_no_invoice():
    page = form_page(MeetingFactory())
    assert button_of(page) == "Aanmelden"
    text = page.select_one(".enrol").text.lower()
    for word in ("factuur", "betaal", "betalen", "consument", "btw"):
        assert word not in text


def test_the_back_office_writes_the_button_and_a_consumers_right(meeting: Meeting, policy: Policy):
    policy.button, policy.button_en = "Bestellen met betaalplicht", "Order and pay"
    policy.withdrawal = ""
    policy.save()
    page = form_page(meeting)
    assert button_of(page) == "Bestellen met betaalplicht"
    assert "consument" not in page.select_one(".agreement").text
    english = HOUSE.guest().get(f"/en{form_of(HOUSE, meeting)}")
    assert button_of(soup(english)) == "Order and pay"


WAITS = "Wie op de wachtlijst komt, betaalt pas als die een plek neemt."


def test_the_price_counts_who_comes_and_who_gets_a_place(policy: Policy):
    """Each in a meeting of its own, since an open form holds places."""

    def meeting(taken: int) -> Meeting:
        made = MeetingFactory(price=195, capacity=2, policy=policy)
        for number in range(taken):
            enrol_number(made, number)
        return made

    for_another = form_page(meeting(0), **GERDA, not_coming="on")
    assert price_in(for_another) == "€ 195,00, vrijgesteld van btw"
    two = form_page(meeting(0), **GERDA, do="add")
    assert price_in(two) == "2 × € 195,00 = € 390,00, vrijgesteld van btw"
    one_waits = form_page(meeting(1), **GERDA, do="add")
    assert price_in(one_waits) == f"€ 195,00, vrijgesteld van btw {WAITS}"
    full = form_page(meeting(2))
    assert button_of(full) == "Aanmelden voor de wachtlijst"
    assert price_in(full) == f"€ 195,00, vrijgesteld van btw {WAITS}"


def test_vat_that_comes_on_top_is_told_with_what_is_paid_and_kept_in_the_booking():
    course = CourseFactory(vat="on top")
    meeting = MeetingFactory(price=100, course=course)
    told = "2 × € 100,00 = € 200,00, exclusief 21% btw (€ 242,00 inclusief btw)"
    assert price_in(form_page(meeting, **GERDA, do="add")) == told
    place = enrol_number(meeting, 1)
    assert (place.booking.vat, place.booking.payment_days) == ("on top", 14)


def test_the_page_after_it_says_it_once_more(meeting: Meeting):
    browser, path = HOUSE.guest(), form_of(HOUSE, meeting)
    form = fields_in(browser.get(path)) | GERDA | INVOICE
    form = fields_in(browser.post(path, form | {"do": "add"})) | FREEK | INVOICE
    browser.post(path, form)
    page = soup(browser.get(enrolled_page(HOUSE, meeting)))
    assert price_in(page) == "2 × € 195,00 = € 390,00, vrijgesteld van btw"
    assert FREE_UNTIL in page.select_one(".agreement").text


def test_ones_place_tells_what_was_agreed_and_leads_to_ones_order(meeting: Meeting):
    place = enrol_number(meeting, 1)
    page = soup(HOUSE.guest().get(f"/mijn/inschrijving/{token_of(place)}/"))
    assert FREE_UNTIL in page.select_one(".agreement").text
    (order,) = page.select('a[href*="/bestelling/"]')
    assert HOUSE.guest().get(order["href"]).status_code == 200
    free = enrol_number(MeetingFactory(), 2)
    page = soup(HOUSE.guest().get(f"/mijn/inschrijving/{token_of(free)}/"))
    assert page.select_one('a[href*="/bestelling/"]').text == "Je bestelling bekijken of wijzigen"
    assert "factuur" not in text_of(newest_to(free.email)).lower()


def test_who_takes_an_offered_place_reads_the_terms_and_that_they_pay(meeting: Meeting):
    first, _ = enrol_number(meeting, 1), enrol_number(meeting, 2)
    waiting = enrol_number(meeting, 3)
    services.cancel(enrolment_id=first.pk, by=None)
    waiting = Enrolment.objects.get(pk=waiting.pk)
    page = soup(HOUSE.guest().get(f"/mijn/inschrijving/{token_of(waiting)}/"))
    button = page.select_one("main button[value=accept]")
    assert button.text == "Plek aannemen en betalen"
    assert FREE_UNTIL in button.find_parent("form").text
    Booking.objects.filter(pk=waiting.booking_id).update(email="baas@kantoor.example")
    page = soup(HOUSE.guest().get(f"/mijn/inschrijving/{token_of(waiting)}/"))
    assert page.select_one("main button[value=accept]").text == "Plek aannemen"
