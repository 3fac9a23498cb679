"""What of a booking has been invoiced, and what may still be."""

from uuid import UUID

from django.db.models import Q, QuerySet

from portal.enrolments.models import BillingLine, Enrolment
from portal.enrolments.queries.billing import billed, cancelled_late

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
