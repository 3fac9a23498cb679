"""A payer's order, by the link in their mail: what they typed, what became of it, and one mail at
each change (P13)."""

import logging
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.signing import Signer
from django.utils import timezone

from pluc.logs import TokenFilter
from pluc.outbox.models import Mail
from pluc.outbox.telling import Telling
from portal.enrolments import links, services
from portal.enrolments.models import AskedAgain, Booking, Enrolment
from portal.enrolments.order_links import SIGNER, token_of
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from portal.meetings.wording import when
from tests.enrolling import attendee, enrol, enrol_number, states_in
from tests.houses import House
from tests.legal.browsers import SAME_ORIGIN
from tests.mails import links_in, newest_to, text_of
from tests.planning import MeetingFactory, in_days
from tests.portal.enrolments.filling import GERDA as TYPED
from tests.portal.enrolments.filling import INVOICE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
PAYER = "petra@kantoor.example"
ANNA = attendee(first_name="A.", last_name="Jansen", email="anna@kantoor.example", is_payer=False)
BRAM = attendee(first_name="Bram", last_name="D'Hont", email="bram@kantoor.example", is_payer=False)
CEES = attendee(first_name="Cees", last_name="2e", email="cees@kantoor.example", is_payer=False)
HOUSE = House("one host")


def order(meeting: Meeting, *people, **fields) -> Booking:
    """What Petra asked for; she does not come herself."""
    fields = {"payer_name": "Petra Peer", "payer_email": PAYER} | fields
    enrol(meeting, *(people or (ANNA, BRAM, CEES)), **fields)
    return Booking.objects.latest("created_at")


@pytest.fixture
def meeting() -> Meeting:
    """A place for two of three, at 210 euros."""
    return MeetingFactory(capacity=2, price=210)


def path_of(booking: Booking) -> str:
    return HOUSE.portal_path(f"/bestelling/{token_of(booking)}/")


def page_of(booking: Booking) -> BeautifulSoup:
    answer = HOUSE.guest().get(path_of(booking))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def lines_of(booking: Booking) -> list[tuple[str, str]]:
    """Names and states, as the page tells them."""
    lines = page_of(booking).select(".order-line")
    return [(line.h3.text, line.p.text) for line in lines]


def key_of(booking: Booking, name: str) -> str:
    """By which the forms of the line of that name say which it is."""
    lines = page_of(booking).select(".order-line")
    return next(line.select_one("[name=line]")["value"] for line in lines if line.h3.text == name)


def post(booking: Booking, deed: str, name: str = "", **typed: str) -> int:
    """Presses a button of the line of that name, and returns the status."""
    key = key_of(booking, name) if name else ""
    typed = {f"instead-{key}-{field}": value for field, value in typed.items()}
    return HOUSE.guest().post(path_of(booking), {"do": deed, "line": key} | typed).status_code


def told(booking: Booking) -> list[str]:
    """The mails to the payer about changes, the oldest first."""
    mails = Mail.objects.filter(template="enrolments/order_changed", recipient=booking.email)
    return [str(mail.event) for mail in mails.order_by("created_at")]


# --- What the payer is told ----------------------------------------------------------------------


def test_sums_count_places_that_are_had_and_who_waits_is_told_apart(meeting: Meeting):
    booking = order(meeting)
    text = text_of(newest_to(PAYER))
    assert "Heeft een plek: A. Jansen, Bram D'Hont" in text
    assert "Op de wachtlijst: Cees 2e" in text
    assert "Samen voor 2 plekken: € 420,00, vrijgesteld van btw" in text
    assert "630,00" not in text
    page = " ".join(page_of(booking).select_one("main").text.split())
    assert "2 × € 210,00 = € 420,00, vrijgesteld van btw" in page
    assert "1 persoon staat op de wachtlijst en zit nog niet in deze prijs." in page


def test_the_link_in_the_mail_opens_the_order(meeting: Meeting):
    booking = order(meeting, reference="PO 2026-17")
    assert links_in(newest_to(PAYER))[0].endswith(path_of(booking))
    page = page_of(booking)
    assert lines_of(booking) == [
        ("A. Jansen", "Heeft een plek"),
        ("Bram D'Hont", "Heeft een plek"),
        ("Cees 2e", "Op de wachtlijst"),
    ]
    text = page.select_one("main").get_text(" ", strip=True)
    for fact in ("Perenlaan 1", "Perenhof B.V.", "PO 2026-17", "annuleren kan tot en met"):
        assert fact in text
    assert page.select_one('meta[content="noindex"]')


def test_a_colleague_reads_who_enrolled_them_and_nothing_of_the_price(meeting: Meeting):
    order(meeting)
    for email in (ANNA.email, CEES.email):
        text = text_of(newest_to(email))
        assert "Petra Peer heeft je aangemeld voor deze bijeenkomst." in text
        assert "waarschijnlijk" not in text
        assert "annuleren kan tot en met" in text
        assert "€" not in text
        assert "dagen om te betalen" not in text
        assert "consument" not in text
        assert "/bestelling/" not in text
    (own,) = enrol(MeetingFactory(price=195), attendee(7))
    text = text_of(newest_to(own.email))
    assert "omdat je je met dit adres hebt aangemeld" in text
    assert "€ 195,00, vrijgesteld van btw" in text
    assert "Kosteloos annuleren kan tot en met" in text
    assert "/bestelling/" in text


# --- One mail at each change ---------------------------------------------------------------------


@pytest.mark.each_database
def test_the_payer_hears_once_of_each_change(meeting: Meeting):
    booking = order(meeting)
    anna, bram, cees = booking.enrolments.order_by("queue_number")
    services.cancel(enrolment_id=anna.pk, by=None)
    text = text_of(newest_to(PAYER))
    assert "A. Jansen komt niet: de plek is kosteloos geannuleerd." in text
    assert "Prijs per plek: € 210,00" in text
    services.accept_offer(enrolment_id=cees.pk, by=None)
    services.accept_offer(enrolment_id=cees.pk, by=None)
    assert "Cees 2e heeft de vrijgekomen plek genomen." in text_of(newest_to(PAYER))
    assert "Samen voor 2 plekken" in text_of(newest_to(PAYER))
    services.substitute(enrolment_id=bram.pk, attendee=attendee(9), by=None)
    text = text_of(newest_to(PAYER))
    assert "Er komt iemand anders in de plek van Bram D'Hont." in text
    assert "Guus" not in text, "whom a colleague sends is not the payer's to read"
    there = MeetingFactory(course=meeting.course, price=210, day=in_days(60))
    services.move(enrolment_id=cees.pk, to_meeting_id=there.pk, by=None)
    text = text_of(newest_to(PAYER))
    assert f"Cees 2e komt op een andere datum: {when(there)}." in text
    assert f"Wanneer: {when(meeting)}" in text, "the others come on the date of the order"
    assert f"Cees 2e ({when(there)})" in text
    assert when(meeting) in page_of(booking).select_one(".facts").text
    assert len(told(booking)) == 4
    assert [state for _, state in lines_of(booking)][:2] == [
        "Geannuleerd",
        "Iemand anders komt in deze plek",
    ]
    assert "komt op een andere datum: " in lines_of(booking)[2][1].lower()


def test_what_was_cancelled_too_late_stays_in_the_price():
    booking = order(MeetingFactory(price=210, day=in_days(3)), ANNA, BRAM)
    services.cancel(enrolment_id=booking.enrolments.get(first_name="A.").pk, by=None)
    text = text_of(newest_to(PAYER))
    assert "de plek is geannuleerd, maar de factuur blijft staan" in text
    assert "Samen voor 2 plekken: € 420,00" in text


def test_of_a_meeting_that_is_cancelled_the_payer_hears_once(meeting: Meeting):
    booking = order(meeting)
    cancel_meeting(meeting_id=meeting.pk, because="De spreker is ziek.", by=None)
    assert len(told(booking)) == 1
    assert "Waarom: De spreker is ziek." in text_of(newest_to(PAYER))
    assert {state for _, state in lines_of(booking)} == {"De bijeenkomst gaat niet door"}


@pytest.mark.each_database
def test_the_payer_reads_the_reason_that_a_colleague_gave_in_their_language(meeting: Meeting):
    booking = order(meeting)
    anna, bram, _cees = booking.enrolments.order_by("queue_number")
    why = Telling(reasons={"nl": "De zaal is te klein.", "en": "The room is too small."})
    there = MeetingFactory(course=meeting.course, price=210, day=in_days(60))
    deeds = [
        lambda: services.cancel(enrolment_id=anna.pk, by=None, as_staff=True, telling=why),
        lambda: services.substitute(
            enrolment_id=bram.pk, attendee=attendee(9), by=None, as_staff=True, telling=why
        ),
        lambda: services.move(
            enrolment_id=booking.enrolments.get(last_name="Gast 9").pk,
            to_meeting_id=there.pk,
            by=None,
            as_staff=True,
            telling=why,
        ),
    ]
    for number, deed in enumerate(deeds, start=1):
        deed()
        assert len(told(booking)) == number
        assert "De zaal is te klein." in text_of(newest_to(PAYER))
        assert "too small" not in text_of(newest_to(PAYER))


@pytest.mark.each_database
def test_who_has_the_place_at_the_payers_mailbox_hears_of_it_once():
    meeting = MeetingFactory(price=210)
    (place,) = enrol(meeting, attendee(1))
    services.cancel(enrolment_id=place.pk, by=None)
    templates = Mail.objects.filter(recipient=place.email).values_list("template", flat=True)
    assert sorted(templates) == ["enrolments/cancelled", "enrolments/confirmed"]


def order_with_own_place(meeting: Meeting) -> tuple[Booking, Enrolment]:
    """What Petra asked for: a place for herself, and for two colleagues of whom one waits."""
    own = attendee(first_name="Petra", last_name="Peer", email=PAYER)
    booking = order(meeting, own, ANNA, CEES)
    return booking, booking.enrolments.get(email=PAYER)


def mailed_to_payer() -> int:
    return Mail.objects.filter(recipient=PAYER).count()


def test_who_cancels_their_own_place_hears_how_the_order_stands_in_the_same_mail(meeting: Meeting):
    booking, _own = order_with_own_place(meeting)
    before = mailed_to_payer()
    assert post(booking, "cancel", "Petra Peer") == 302
    assert mailed_to_payer() == before + 1
    text = text_of(newest_to(PAYER))
    assert "Je plek is geannuleerd." in text
    assert "Voor deze plek betaal je niets." in text
    assert "Heeft een plek: A. Jansen" in text
    assert "Op de wachtlijst: Cees 2e" in text
    assert "Prijs per plek: € 210,00" in text
    assert path_of(booking) in links_in(newest_to(PAYER))[0]


def test_what_is_cancelled_too_late_says_what_stays_to_the_payer_alone():
    booking, own = order_with_own_place(MeetingFactory(capacity=2, price=210, day=in_days(3)))
    services.cancel(enrolment_id=own.pk, by=None)
    text = text_of(newest_to(PAYER))
    assert "dus de factuur blijft staan." in text
    assert "Prijs: € 210,00, vrijgesteld van btw" in text
    assert "Samen voor 2 plekken: € 420,00" in text
    services.cancel(enrolment_id=booking.enrolments.get(email=ANNA.email).pk, by=None)
    assert "€" not in text_of(newest_to(ANNA.email))
    (alone,) = enrol(MeetingFactory(price=195), attendee(7))
    services.cancel(enrolment_id=alone.pk, by=None)
    text = text_of(newest_to(alone.email))
    assert "Voor deze plek betaal je niets." in text
    assert "Heeft een plek" not in text


def test_every_mail_about_the_payers_own_place_tells_of_the_order(meeting: Meeting):
    """Moved, passed on, taken, not taken in time: one mail each, with the order in it."""
    booking, own = order_with_own_place(meeting)
    there = MeetingFactory(course=meeting.course, price=210, day=in_days(60))
    moved = services.move(enrolment_id=own.pk, to_meeting_id=there.pk, by=None)
    text = text_of(newest_to(PAYER))
    assert f"Heeft een plek: Petra Peer ({when(there)}), A. Jansen" in text
    assert "Samen voor 2 plekken: € 420,00" in text
    before = mailed_to_payer()
    services.substitute(enrolment_id=moved.pk, attendee=attendee(9), by=None)
    assert mailed_to_payer() == before + 1
    text = text_of(newest_to(PAYER))
    assert "Guus Gast 9 komt in jouw plaats." in text
    assert "Samen voor 2 plekken: € 420,00" in text
    assert path_of(booking) in links_in(newest_to(PAYER))[0]


def test_a_payer_who_declines_an_offer_hears_how_the_order_stands():
    meeting = MeetingFactory(capacity=1, price=210)
    first = enrol_number(meeting, 5)
    own = attendee(first_name="Petra", last_name="Peer", email=PAYER)
    booking = order(meeting, own, ANNA)
    services.cancel(enrolment_id=first.pk, by=None)
    services.decline_offer(enrolment_id=booking.enrolments.get(email=PAYER).pk, by=None)
    assert "Petra Peer wil de vrijgekomen plek niet." in text_of(newest_to(PAYER))


def test_the_payers_mails_greet_them_by_the_name_that_they_typed(meeting: Meeting):
    booking = order(meeting)
    assert text_of(newest_to(PAYER)).startswith("Hallo Petra Peer,")
    services.cancel(enrolment_id=booking.enrolments.first().pk, by=None)
    assert text_of(newest_to(PAYER)).startswith("Hallo Petra Peer,")


def test_the_button_of_a_mail_says_what_fits_the_state_of_the_place():
    meeting = MeetingFactory(capacity=1, price=210)
    first, second = enrol_number(meeting, 1), enrol_number(meeting, 2)
    assert "Bekijk of wijzig je plek" in text_of(newest_to(first.email))
    text = text_of(newest_to(second.email))
    assert "Bekijk je beurt of verlaat de lijst" in text
    assert "wijzig je plek" not in text
    services.cancel(enrolment_id=first.pk, by=None)
    enrol(meeting, attendee(2), payer_email=PAYER, payer_name="Petra Peer")
    assert "Plek aannemen" in text_of(newest_to(second.email))


# --- What the payer does -------------------------------------------------------------------------


def test_the_payer_cancels_and_replaces_and_all_are_told(meeting: Meeting):
    booking = order(meeting)
    assert post(booking, "cancel", "A. Jansen") == 302
    assert Mail.objects.filter(template="enrolments/cancelled", recipient=ANNA.email).exists()
    assert post(booking, "replace", "Bram D'Hont", **TYPED) == 302
    assert lines_of(booking)[1] == ("Gerda Gast", "Heeft een plek")
    text = text_of(newest_to(TYPED["email"]))
    assert "Je komt in de plek van Bram D'Hont." in text
    assert "Petra Peer" in text
    assert len(told(booking)) == 2
    assert post(booking, "replace", "Gerda Gast", **TYPED | {"last_name": ""}) == 422
    assert post(booking, "cancel") == 422
    assert post(booking, "zomaar", "Gerda Gast") == 422


@pytest.mark.each_database
def test_the_invoice_address_can_be_corrected_until_it_is_invoiced(meeting: Meeting):
    booking = order(meeting)
    typed = {f"invoice-{name}": value for name, value in INVOICE.items()}
    typed |= {"invoice-invoice_name": "Kwekerij De Kers", "invoice-reference": "KP 7"}
    sent = HOUSE.guest().post(path_of(booking), {"do": "invoice"} | typed)
    assert sent.status_code == 302
    booking.refresh_from_db()
    assert (booking.invoice_name, booking.reference) == ("Kwekerij De Kers", "KP 7")
    wrong = HOUSE.guest().post(
        path_of(booking), {"do": "invoice"} | typed | {"invoice-invoice_postal_code": "35111"}
    )
    assert wrong.status_code == 422
    assert BeautifulSoup(wrong.content, "lxml").title.text.strip().startswith("Fout:")
    assert "Dat is geen Nederlandse postcode" in wrong.text
    begun = timezone.now() - timedelta(hours=1)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begun)
    services.export_billing(by=None)
    Enrolment.objects.filter(state="waiting").update(state="cancelled")
    assert page_of(booking).select_one("[value=invoice]") is None
    late = HOUSE.guest().post(path_of(booking), {"do": "invoice"} | typed)
    assert late.status_code == 422
    assert "De factuur is al gemaakt" in late.text


def test_what_is_free_has_no_invoice():
    page = page_of(order(MeetingFactory(), ANNA, BRAM)).select_one("main").text
    assert "actuur" not in page
    assert "€" not in page


# --- A link is a secret, and shows nothing of others ---------------------------------------------


@pytest.mark.each_database
def test_a_link_that_is_not_ours_opens_nothing(meeting: Meeting):
    booking = order(meeting)
    place = booking.enrolments.first()
    token = token_of(booking)
    forged = [
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        booking.pk.hex,
        links.token_of(place),
        SIGNER.sign("zomaar"),
        SIGNER.sign("0" * 32),
        Signer(salt="elders", sep=".").sign(booking.pk.hex),
        links.SIGNER.sign(booking.pk.hex),
    ]
    for one in forged:
        path = HOUSE.portal_path(f"/bestelling/{one}/")
        assert HOUSE.guest().get(path).status_code == 404
        assert HOUSE.guest().post(path, {"do": "cancel"}).status_code == 404
    assert HOUSE.guest().get(HOUSE.portal_path(f"/inschrijving/{token}/")).status_code == 404


def test_its_address_is_told_to_nobody(meeting: Meeting, settings):
    settings.GOOGLE_ANALYTICS_ID = "G-TEST1234"
    booking, browser = order(meeting), HOUSE.guest()
    browser.post("/cookies/", {"all": "accept"}, headers=SAME_ORIGIN)
    page = browser.get(path_of(booking))
    assert "data-measurement" not in page.text
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    record = logging.LogRecord("django", 30, "", 1, "Not Found: %s", (path_of(booking),), None)
    TokenFilter().filter(record)
    assert booking.pk.hex not in record.getMessage()


def without_keys(booking: Booking) -> str:
    """The text of the page with its forms, without what differs between any two pages."""
    text = str(page_of(booking).select_one("main"))
    for secret in (r"[0-9a-f]{32}", r'value="[\w-]{64}"', r"bijeenkomst-\d+"):
        text = re.sub(secret, "", text)
    return text


@pytest.mark.each_database
@pytest.mark.promise("P13")
@pytest.mark.parametrize(("capacity", "ago"), [(9, 30), (2, 30), (9, 3)])
def test_a_stranger_learns_nothing_of_who_is_enrolled_from_an_order(capacity: int, ago: int):
    """Anna has a place by a form of her own in the first meeting, and none in the second."""
    seen: list[list[str]] = []
    facts = {"capacity": capacity, "price": 210, "day": in_days(ago)}
    known = MeetingFactory(**facts)
    enrol(known, ANNA)
    other = MeetingFactory(**facts, course=known.course, venue=known.venue)
    enrol_number(other, 5)
    for meeting in (known, other):
        booking = order(meeting, CEES, ANNA, payer_email=f"x{meeting.pk}@elders.example")
        again = {"do": "cancel", "line": key_of(booking, "A. Jansen")}
        pages = [without_keys(booking)]
        assert HOUSE.guest().post(path_of(booking), again).status_code == 302
        pages.append(without_keys(booking))
        assert HOUSE.guest().post(path_of(booking), again).status_code == 422
        text = text_of(newest_to(booking.email))
        seen.append([*pages, re.sub(r"https?://\S+", "", text)])
    assert seen[0] == seen[1]
    assert states_in(known)[0] == "enrolled", "the place of her own stays"


@pytest.mark.each_database
def test_who_had_a_place_already_can_be_replaced_by_somebody_with_a_place(meeting: Meeting):
    enrol(meeting, ANNA)
    booking = order(meeting, ANNA)
    assert AskedAgain.objects.count() == 1
    assert post(booking, "replace", "A. Jansen", **TYPED) == 302
    assert lines_of(booking) == [("Gerda Gast", "Heeft een plek")]
    assert states_in(meeting) == ["enrolled", "enrolled"]
    full = order(meeting, ANNA)
    again = TYPED | {"last_name": "Geel"}
    assert post(full, "replace", "A. Jansen", **again) == 422


def test_the_page_costs_as_many_queries_for_one_as_for_three(django_assert_num_queries):
    for people in ((ANNA,), (ANNA, BRAM, CEES)):
        booking = order(MeetingFactory(price=210), *people)
        browser = HOUSE.guest()
        browser.get(path_of(booking))
        with django_assert_num_queries(9):
            browser.get(path_of(booking))
