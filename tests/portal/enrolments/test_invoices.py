"""Putting right what an invoice will say: by the payer and the back office, until it is made."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from pluc.deeds import Refused
from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.errors import AlreadyInvoiced, InvoiceMissing, NothingToInvoice
from portal.enrolments.models import BillingLine, Booking, Enrolment, EnrolmentEvent
from portal.meetings.models import Meeting
from tests.enrolling import ADDRESS, attendee, enrol, enrol_number
from tests.planning import MeetingFactory, OrganisationFactory, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
NEW = replace(ADDRESS, name="Appelhof B.V.", city="Amersfoort")


@pytest.fixture
def priced() -> Meeting:
    return MeetingFactory(price=Decimal("195.00"), day=in_days(3))


def correct(place: Enrolment, **given: Any) -> Booking:
    plain = {"address": NEW, "reference": "PO 17", "by": None}
    return services.correct_invoice(booking_id=place.booking_id, **plain | given)


def refused(place: Enrolment, error: type[Exception], **given: Any) -> None:
    """Checks that a correction is refused, and leaves nothing behind."""
    with pytest.raises(error) as caught:
        correct(place, **given)
    if isinstance(caught.value, Refused):
        assert caught.value.sentence
    assert Booking.objects.get(pk=place.booking_id).reference == ""
    assert not EnrolmentEvent.objects.filter(kind__in=["invoice", "price"]).exists()


def events_of(place: Enrolment) -> list[tuple[str, int | None]]:
    return list(place.events.values_list("kind", "by"))


def export(after: Meeting) -> None:
    assert after.starts_at is not None
    with time_machine.travel(after.starts_at + timedelta(minutes=1)):
        services.export_billing(by=None)


def test_the_payer_corrects_address_and_reference_of_all_their_places(priced: Meeting):
    places = enrol(priced, attendee(1), attendee(2))
    booking = correct(places[0])
    booking.refresh_from_db()
    assert (booking.invoice_name, booking.invoice_city) == ("Appelhof B.V.", "Amersfoort")
    assert (booking.reference, booking.price) == ("PO 17", Decimal(195))
    for place in places:
        assert events_of(place) == [("enrolled", None), ("invoice", None)]
    export(priced)
    facts = [line.facts for line in BillingLine.objects.all()]
    assert {(one["invoice_name"], one["reference"]) for one in facts} == {
        ("Appelhof B.V.", "PO 17")
    }


def test_the_back_office_corrects_the_price_and_the_log_has_both_amounts(
    priced: Meeting, back_office: User
):
    place = enrol_number(priced, 1)
    correct(place, address=ADDRESS, reference="", price=Decimal("150.00"), by=back_office)
    assert events_of(place) == [("enrolled", None), ("price", back_office.pk)]
    entry = ModelLogEntry.objects.get(action="enrolments.correct_price")
    assert (entry.user, entry.data) == (back_office, {"old": "195.00", "new": "150.00"})
    export(priced)
    assert BillingLine.objects.get().amount == Decimal("150.00")


def test_a_correction_that_changes_nothing_is_no_event(priced: Meeting, back_office: User):
    place = enrol_number(priced, 1)
    correct(place, address=ADDRESS, reference="", price=Decimal(195), by=back_office)
    assert events_of(place) == [("enrolled", None)]


def test_nobody_but_the_back_office_gives_a_price(priced: Meeting, participant: User, editor: User):
    place = enrol_number(priced, 1)
    for who in (None, participant, editor):
        refused(place, PermissionDenied, price=Decimal(0), by=who)


def test_what_the_books_have_stays_as_it_was(priced: Meeting, back_office: User):
    place = enrol_number(priced, 1)
    export(priced)
    for given in ({}, {"price": Decimal(1), "by": back_office}):
        refused(place, AlreadyInvoiced, **given)


def test_of_a_booking_that_is_invoiced_in_part_the_rest_is_corrected(
    priced: Meeting, back_office: User
):
    late, coming = enrol(priced, attendee(1), attendee(2))
    services.cancel(enrolment_id=late.pk, by=None)
    services.export_billing(by=None)
    correct(coming, price=Decimal(100), by=back_office)
    assert [kind for kind, _ in events_of(late)] == ["enrolled", "cancelled"]
    assert [kind for kind, _ in events_of(coming)] == ["enrolled", "invoice", "price"]
    export(priced)
    lines = BillingLine.objects.order_by("id")
    assert [(line.amount, line.facts["invoice_name"]) for line in lines] == [
        (Decimal(195), ADDRESS.name),
        (Decimal(100), NEW.name),
    ]


def test_a_credit_note_takes_back_what_was_charged(priced: Meeting, back_office: User):
    charged, coming = enrol(priced, attendee(1), attendee(2))
    services.cancel(enrolment_id=charged.pk, by=None)
    services.export_billing(by=None)
    correct(coming, price=Decimal(100), by=back_office)
    EnrolmentEvent.objects.filter(kind="cancelled").update(is_free=True)
    services.export_billing(by=None)
    charge, credit = BillingLine.objects.order_by("id")
    assert (credit.kind, credit.amount) == ("credit", -charge.amount)
    assert credit.facts == charge.facts | {"net": "-195.00", "vat": "0.00"}


def test_where_nothing_is_to_be_invoiced_nothing_is_corrected(back_office: User):
    free = enrol_number(MeetingFactory(), 1)
    refused(free, NothingToInvoice)
    gone = enrol_number(MeetingFactory(price=100, day=in_days(30)), 1)
    services.cancel(enrolment_id=gone.pk, by=None)
    refused(gone, NothingToInvoice)
    client = OrganisationFactory(is_client=True)
    bought = MeetingFactory(format="in-company", client=client, price=100)
    refused(enrol_number(bought, 1), NothingToInvoice, price=Decimal(50), by=back_office)


def test_a_place_that_costs_something_has_a_whole_address(back_office: User):
    place = enrol_number(MeetingFactory(price=100), 1)
    free = enrol_number(MeetingFactory(), 1)
    for one in (place, free):
        bad = replace(NEW, street="")
        refused(one, InvoiceMissing, address=bad, price=Decimal(50), by=back_office)
    correct(place, address=replace(NEW, street=""), price=Decimal(0), by=back_office)
    assert not Booking.objects.get(pk=place.booking_id).is_invoiced
