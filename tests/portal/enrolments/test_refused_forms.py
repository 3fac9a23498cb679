"""What cannot be is refused with a sentence that says what to do; nothing is lost."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from django.utils.html import escape

from pluc.folding import clean_line
from pluc.outbox.models import Mail
from portal.enrolments.errors import StaleForm
from portal.enrolments.forms import EnrollingForm
from portal.enrolments.models import Booking, Enrolment
from portal.meetings.models import Meeting
from tests.conftest import LimitTo
from tests.enrolling import attendee, enrol, states_in
from tests.houses import House
from tests.mails import newest_to, text_of
from tests.planning import MeetingFactory, OrganisationFactory
from tests.portal.enrolments.filling import (
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
    pytest.mark.thorough,
    pytest.mark.either_database,
]


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(capacity=4)


# --- Sent twice, or too late ---------------------------------------------------------------------


def test_a_double_click_is_one_booking_and_both_answers_are_alike(house: House, meeting: Meeting):
    browser, path = house.guest(), form_of(house, meeting)
    form = fields_in(browser.get(path)) | GERDA
    first, second = browser.post(path, form), browser.post(path, form)
    assert first["Location"] == second["Location"] == enrolled_page(house, meeting)
    assert Booking.objects.count() == Enrolment.objects.count() == 1
    assert Mail.objects.filter(template="enrolments/confirmed").count() == 1


def test_a_double_click_on_the_waiting_list_still_says_that_one_waits(house: House):
    full = MeetingFactory(capacity=1)
    send(house.guest(), form_of(house, full), **GERDA)
    browser, path = house.guest(), form_of(house, full)
    form = fields_in(browser.get(path)) | GERDA | {"email": "freek@kantoor.example"}
    pages = [browser.post(path, form, follow=True).text for _ in range(2)]
    assert pages[0] == pages[1]
    assert " 1 " in soup(browser.get(enrolled_page(house, full))).select_one(".enrolled").text
    assert states_in(full) == ["enrolled", "waiting"]


def test_a_form_that_was_sent_before_is_not_taken_for_somebody_else(house: House, meeting: Meeting):
    """Back in the browser, another name typed: that form was used."""
    browser, path = house.guest(), form_of(house, meeting)
    form = fields_in(browser.get(path)) | GERDA
    browser.post(path, form)
    other = form | {"first_name": "Freek", "email": "freek@kantoor.example"}
    answer = browser.post(path, other)
    assert answer.status_code == 409
    assert fields_in(answer)["first_name"] == "Freek"
    assert browser.post(path, fields_in(answer)).status_code == 302
    assert states_in(meeting) == ["enrolled", "enrolled"]


def test_a_price_that_changed_takes_nobody_by_surprise(house: House):
    meeting = MeetingFactory(price=Decimal("195.00"))
    browser, path = house.guest(), form_of(house, meeting)
    form = fields_in(browser.get(path)) | GERDA | INVOICE | {"reference": "PO 17"}
    Meeting.objects.update(price=Decimal("245.00"))
    answer = browser.post(path, form)
    assert answer.status_code == 409
    assert StaleForm().sentence in answer.text
    assert "245,00" in soup(answer).select_one(".enrol-summary").text
    kept = fields_in(answer)
    assert kept | GERDA | INVOICE | {"reference": "PO 17"} == kept, "nothing is lost"
    assert not Enrolment.objects.exists()
    browser.post(path, kept)
    assert Booking.objects.get().price == Decimal("245.00")


# --- Meetings that one cannot enrol in -----------------------------------------------------------


@pytest.mark.parametrize("change", [{"state": "held"}, {"state": "cancelled"}, "begun", "closing"])
def test_what_is_closed_says_so_and_names_other_dates(house: House, meeting: Meeting, change):
    other = MeetingFactory(course=meeting.course, code="later")
    browser, path = house.guest(), form_of(house, meeting)
    form = fields_in(browser.get(path)) | GERDA
    now = timezone.now()
    if change == "begun":
        change = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    elif change == "closing":
        change = {"starts_at": now + timedelta(minutes=1), "ends_at": now + timedelta(hours=1)}
    Meeting.objects.filter(pk=meeting.pk).update(**change)
    for answer in (browser.get(path), browser.post(path, form)):
        assert answer.status_code == 409
        assert soup(answer).select_one("form.enrol-form") is None
        assert soup(answer).select_one(f'a[href*="{other.code}"]') is not None
    assert not Enrolment.objects.exists()


def test_a_meeting_that_closes_while_one_types_is_closed(house: House, meeting: Meeting):
    browser, path = house.guest(), form_of(house, meeting)
    form = fields_in(browser.get(path)) | GERDA
    Meeting.objects.update(state=Meeting.State.CANCELLED, cancelled_because="De spreker is ziek.")
    assert browser.post(path, form).status_code == 409
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_public_does_not_exist(house: House, method: str, sign_in, participant):
    client = OrganisationFactory(is_client=True)
    closed = MeetingFactory(format=Meeting.Format.IN_COMPANY, client=client)
    unlisted = MeetingFactory(is_listed=False)
    for browser in (house.guest(), sign_in(participant)):
        for meeting in (closed, unlisted, Meeting(code="nergens")):
            assert getattr(browser, method)(form_of(house, meeting)).status_code == 404
            assert browser.get(enrolled_page(house, meeting)).status_code == 404


# --- Machines ------------------------------------------------------------------------------------


def test_a_machine_that_fills_in_the_hidden_field_gets_the_same_answer(
    house: House, meeting: Meeting
):
    answer = send(house.guest(), form_of(house, meeting), **GERDA, website="https://x.example")
    real = send(house.guest(), form_of(house, meeting), **GERDA | {"email": "h@kantoor.example"})
    assert (answer.status_code, answer["Location"]) == (real.status_code, real["Location"])
    assert Booking.objects.count() == Enrolment.objects.count() == 1
    assert not Mail.objects.filter(recipient=GERDA["email"]).exists()


def test_one_sender_enrols_only_so_many(house: House, meeting: Meeting, limit_to: LimitTo):
    limit_to("enrol", "2/h/ip")
    answers = [
        send(house.guest(), form_of(house, meeting), **GERDA | {"email": f"g{n}@kantoor.example"})
        for n in range(3)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert fields_in(answers[2])["first_name"] == "Gerda", "nothing is lost"
    assert Enrolment.objects.count() == 2


def test_one_mailbox_is_written_to_only_so_often(house: House, limit_to: LimitTo):
    limit_to("named", "2/h/key")
    answers = [
        send(house.guest(), form_of(house, MeetingFactory()), **GERDA | {"email": email})
        for email in (GERDA["email"], GERDA["email"].upper(), GERDA["email"])
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 429]


def strict(browser):
    """A browser whose forms are judged as a real one's are."""
    browser.handler.enforce_csrf_checks = True
    return browser


def test_only_our_own_page_sends_the_form(house: House, meeting: Meeting):
    """The portal knows who is there, so its forms carry a token, and come from its own host."""
    browser, path = strict(house.guest()), form_of(house, meeting)
    form = fields_in(browser.get(path)) | GERDA
    elsewhere = {"Origin": "https://elders.example", "Sec-Fetch-Site": "cross-site"}
    assert browser.post(path, form, headers=elsewhere).status_code == 403
    assert strict(house.guest()).post(path, form, headers=elsewhere).status_code == 403
    without = {name: value for name, value in form.items() if name != "csrfmiddlewaretoken"}
    assert browser.post(path, without).status_code == 403
    assert not Enrolment.objects.exists()
    host = urlsplit(django_settings.PORTAL_URL)
    ours = {"Origin": f"{host.scheme}://{host.netloc}", "Sec-Fetch-Site": "same-origin"}
    assert browser.post(path, form, headers=ours).status_code == 302


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_change_nothing(house: House, meeting: Meeting, method: str):
    getattr(house.guest(), method)(form_of(house, meeting))
    assert not Enrolment.objects.exists()


# --- Hostile text --------------------------------------------------------------------------------

FIELDS = ["first_name", "last_name", "organisation", "titles", "reference", "invoice_name"]


@pytest.mark.parametrize("house", ["one host"], indirect=True)  # a form is a form at either
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "text",
    [
        "Gerda\r\nBcc: x@elders.example",
        "G\x00",
        "G\u2028G",
        "G\u202eadreG",
        "G\u2066",
        "G" * 10_000,
    ],
)
def test_what_is_no_line_of_text_is_refused(house: House, field: str, text: str):
    meeting = MeetingFactory(price=Decimal(10))
    answer = send(house.guest(), form_of(house, meeting), **GERDA | INVOICE | {field: text})
    assert answer.status_code == 422
    first = "_0" if field == "titles" else ""  # the first of those to choose from
    assert soup(answer).select_one(f'.alert-wrong a[href="#id_{field}{first}"]') is not None
    assert not Booking.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "email", ["g@x.example\nBcc: y@x.example", "<g@x.example>", "g@x", "@", "a" * 300]
)
def test_what_is_no_address_is_refused(house: House, meeting: Meeting, email: str):
    answer = send(house.guest(), form_of(house, meeting), **GERDA | {"email": email})
    assert answer.status_code == 422
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=1+1", "{{ 7*7 }}", "'\"><b>"])
def test_strange_words_are_no_name_and_only_text(house: House, meeting: Meeting, text: str):
    browser = house.guest()
    typed = GERDA | {"first_name": text, "organisation": text}
    wrong = send(browser, form_of(house, meeting), **typed)
    assert wrong.status_code == 422
    assert wrong.text.count(f'value="{escape(text)}"') == 2
    typed["first_name"] = "Gerda"
    browser.post(form_of(house, meeting), fields_in(wrong) | GERDA | typed, follow=True)
    assert Enrolment.objects.get().organisation == text
    message = newest_to(GERDA["email"])
    assert text not in text_of(message), "a stranger's words are not ours to mail"
    html = message.get_body(["html"])
    assert text not in html.get_content()


REFUSED = [
    *("Win op www.elders.example", "elders.example", "t.co/x", "g@elders.example"),
    *("Bel 0900 1234", "123", "Gerda!", "...", "Gerda\r\nBcc: x"),
]
TAKEN = [
    *("A.", "A. Jansen", "J.P.", "Anne-Marie", "D'Angelo", "D’Angelo", "’t Hooft", "Chr. Jan"),
    *("Jan 2", "O`Brien", "Coe\u0308n", "Zoë", "李明", "Ans (Annelies)", "Müller, Jr."),
]


@pytest.mark.parametrize("field", ["first_name", "last_name"])
def test_what_is_no_name_is_refused_at_the_form(field: str):
    def faults(name: str) -> list[str]:
        return list(EnrollingForm(GERDA | {field: name}, meeting=Meeting()).errors)

    assert [name for name in REFUSED if faults(name) != [field]] == []
    assert [name for name in TAKEN if faults(name)] == []


def test_what_is_a_name_stands_in_the_payers_mail_as_it_was_typed():
    meeting = MeetingFactory(capacity=30)
    people = [
        attendee(number, first_name=name, last_name="de Wit") for number, name in enumerate(TAKEN)
    ]
    enrol(meeting, *people)
    names = ", ".join(f"{clean_line(name)} de Wit" for name in TAKEN)
    assert names in text_of(newest_to(people[0].email))
