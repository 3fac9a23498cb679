"""What of a booking has been invoiced, and what may still be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _t

from portal.enrolments.models import BillingLine, Booking, Enrolment
from portal.enrolments.queries.billing import billed, cancelled_late
from portal.meetings.models import Meeting
from portal.meetings.prices import with_vat
from portal.meetings.wording import euros

State = Enrolment.State


def left_to_invoice(*, booking_id: UUID) -> QuerySet[Enrolment]:
    """Enrolments of a booking that may still be charged; empty once all of it is invoiced.

    Those that are alive, and those given up too late. A booking with an enrolment left can be
    corrected; lines that the books have are frozen, so the correction is of the others alone.
    """
    may_be_charged = Q(state__in=Enrolment.ALIVE) | (Q(state=State.CANCELLED) & cancelled_late())
    found = Enrolment.objects.filter(may_be_charged, booking=booking_id)
    not_charged = found.filter(~billed(BillingLine.Kind.CHARGE))
    return not_charged.select_related("meeting").order_by("asked_at", "id")


def is_charged(*, booking_id: UUID) -> bool:
    """Whether the books have something of a booking."""
    charges = BillingLine.objects.filter(kind=BillingLine.Kind.CHARGE)
    return charges.filter(enrolment__booking=booking_id).exists()


def lines_about(*, enrolment_id: UUID) -> QuerySet[BillingLine]:
    """What the books have of an enrolment: the charge, then the credit note; with the export."""
    lines = BillingLine.objects.filter(enrolment=enrolment_id)
    return lines.select_related("export").order_by("id")


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """What the books had of an enrolment, or will have, and whether that can still be corrected.

    `sentence` says when it goes to the books, or why not; nothing once they had it.
    """

    lines: list[BillingLine]
    address: list[str]
    reference: str
    price: str
    sentence: str
    can_be_corrected: bool


def invoice_of(*, enrolment: Enrolment, now: datetime) -> Invoice:
    """As it was charged, or else as the booking has it now."""
    booking, lines = enrolment.booking, list(lines_about(enrolment_id=enrolment.pk))
    facts = lines[0].facts if lines else vars(booking)
    left = not lines and is_left(enrolment)
    in_company = enrolment.meeting.format == Meeting.Format.IN_COMPANY
    return Invoice(
        lines=lines,
        address=lines_of_address(facts),
        reference=facts.get("reference", ""),
        price=euros(lines[0].amount) if lines else price_in(booking),
        sentence="" if lines else when_invoiced(enrolment, now, is_due=left),
        can_be_corrected=left and not in_company,
    )


def price_in(booking: Booking) -> str:
    return with_vat(booking.price, booking.vat) if booking.is_invoiced else _t("free")


def is_left(enrolment: Enrolment) -> bool:
    """Whether one that the books do not have may still be charged; asks only of what is gone."""
    if enrolment.state in Enrolment.ALIVE:
        return True
    return left_to_invoice(booking_id=enrolment.booking_id).filter(pk=enrolment.pk).exists()


def lines_of_address(facts: Mapping[str, Any]) -> list[str]:
    """An invoice address as it stands on an envelope."""
    city = f"{facts.get('invoice_postal_code', '')} {facts.get('invoice_city', '')}".strip()
    named = (facts.get("invoice_name", ""), facts.get("invoice_street", ""))
    return [line for line in (*named, city, facts.get("invoice_country", "")) if line]


def when_invoiced(enrolment: Enrolment, now: datetime, *, is_due: bool) -> str:
    """When it goes to the books, or why it never does. `is_due`: it may be charged one day."""
    meeting = enrolment.meeting
    if meeting.format == Meeting.Format.IN_COMPANY:
        return _t("Who comes pays nothing: the client who bought this meeting does.")
    if not enrolment.booking.is_invoiced:
        return _t("Nothing is invoiced: it is free.")
    if not is_due:
        return _t("Nothing is invoiced: the place was given up in time.")
    if enrolment.state in (State.WAITING, State.OFFERED):
        return _t("Nothing is invoiced as long as there is no place.")
    if enrolment.has_place and not meeting.has_begun(now):
        return _t("Not invoiced yet: that follows once the meeting has begun.")
    return _t("Not invoiced yet: it goes along with the next export for the books.")
