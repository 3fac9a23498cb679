"""Putting right what an invoice will say, until it is made."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.enrolments.errors import AlreadyInvoiced, InvoiceMissing, NothingToInvoice
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent
from portal.enrolments.orders import InvoiceAddress
from portal.enrolments.permissions import may_change
from portal.enrolments.queries.invoices import is_charged, left_to_invoice
from portal.enrolments.services.places import write_down
from portal.meetings.models import Meeting

Kind = EnrolmentEvent.Kind


@transaction.atomic
def correct_invoice(
    *,
    booking_id: UUID,
    address: InvoiceAddress,
    reference: str,
    by: User | None,
    price: Decimal | None = None,
) -> Booking:
    """Puts the invoice address, the reference and the price of a booking's places right.

    `by` is nobody for a payer who comes by their link. `price`, in euros a place, is the back
    office's to give: `PermissionDenied` for anybody else. What the books have stays as it was.
    Raises `AlreadyInvoiced`, `NothingToInvoice`, `InvoiceMissing`.
    """
    if price is not None and (by is None or not may_change(by)):
        raise PermissionDenied
    booking, places = locked_for_invoice(booking_id)
    refuse(booking, places, address, price)
    facts: dict[str, Any] = {f"invoice_{name}": value for name, value in vars(address).items()}
    facts["reference"] = reference
    if store(booking, facts):
        note(places, Kind.INVOICE, by)
    old = booking.price
    if price is not None and store(booking, {"price": price}):
        note(places, Kind.PRICE, by)
        log_price(booking, old, by)
    return booking


def locked_for_invoice(booking_id: UUID) -> tuple[Booking, list[Enrolment]]:
    """A booking, and what of it may still be charged. An export that runs is waited for."""
    rows = Enrolment.objects.filter(booking=booking_id).order_by("asked_at", "id")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking_id)
    return booking, list(left_to_invoice(booking_id=booking_id))


def refuse(
    booking: Booking, places: list[Enrolment], address: InvoiceAddress, price: Decimal | None
) -> None:
    """Raises the error of a correction that cannot be: see `correct_invoice`."""
    if not places:
        raise AlreadyInvoiced if is_charged(booking_id=booking.pk) else NothingToInvoice
    if any(place.meeting.format == Meeting.Format.IN_COMPANY for place in places):
        raise NothingToInvoice
    if price is None and not booking.is_invoiced:
        raise NothingToInvoice
    amount = booking.price if price is None else price
    needed = (address.name, address.street, address.postal_code, address.city)
    if amount > 0 and not all(needed):
        raise InvoiceMissing


def store(booking: Booking, facts: dict[str, Any]) -> bool:
    """Stores the facts that are different; whether any was."""
    changed = {name: value for name, value in facts.items() if getattr(booking, name) != value}
    for name, value in changed.items():
        setattr(booking, name, value)
    if changed:
        booking.save(update_fields=list(changed))
    return bool(changed)


def note(places: list[Enrolment], kind: EnrolmentEvent.Kind, by: User | None) -> None:
    for enrolment in places:
        write_down(enrolment, kind, by=by)


def log_price(booking: Booking, old: Decimal, by: User | None) -> None:
    """The amounts stand in the log: an event is for who comes to read, who need not be who pays."""
    log(
        instance=booking,
        action="enrolments.correct_price",
        user=by,
        title=str(booking),
        data={"old": str(old), "new": str(booking.price)},
    )
