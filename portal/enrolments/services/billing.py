"""Handing billing facts to the books, which are kept elsewhere."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.enrolments.models import BillingExport, BillingLine, Enrolment
from portal.enrolments.queries.billing import to_charge, to_credit
from portal.meetings.wording import when

Kind = BillingLine.Kind
INVOICE = ("name", "street", "postal_code", "city", "country")


@transaction.atomic
def export_billing(*, by: User | None) -> BillingExport | None:
    """Stores a billing line for each enrolment that is to be charged or credited and has none yet.

    Each enrolment once a kind, whoever exports at the same moment: the database refuses a second.
    `None` where there is nothing. The moment of the export is a fact that nobody can edit.
    """
    charges, credits_ = waited_for(to_charge), waited_for(to_credit)
    if not charges and not credits_:
        return None
    export = BillingExport.objects.create(by=by)
    lines = [charge(export, enrolment) for enrolment in charges]
    lines += [credit(export, line) for line in charges_of(credits_)]
    BillingLine.objects.bulk_create(lines)
    log(
        instance=export,
        action="enrolments.export_billing",
        user=by,
        title=str(export),
        data={"lines": len(lines)},
    )
    return export


def waited_for(to_bill: Callable[[], QuerySet[Enrolment]]) -> list[Enrolment]:
    """Locks what is to be billed, then reads it anew: somebody else's export may have been first,
    and what was read before the lock does not know of it."""
    list(to_bill().select_for_update(of=("self",)).values_list("pk", flat=True))
    return list(to_bill())


def charge(export: BillingExport, enrolment: Enrolment) -> BillingLine:
    return BillingLine(
        export=export,
        enrolment=enrolment,
        kind=Kind.CHARGE,
        amount=enrolment.booking.price,
        facts=invoice_facts(enrolment),
    )


def charges_of(enrolments: list[Enrolment]) -> QuerySet[BillingLine]:
    """The lines with which they were charged."""
    return BillingLine.objects.filter(kind=Kind.CHARGE, enrolment__in=enrolments).order_by("id")


def credit(export: BillingExport, charged: BillingLine) -> BillingLine:
    """Takes back what was charged: that amount, of that address, whatever was corrected since."""
    return BillingLine(
        export=export,
        enrolment_id=charged.enrolment_id,
        kind=Kind.CREDIT,
        amount=-charged.amount,
        facts=charged.facts,
    )


def invoice_facts(enrolment: Enrolment) -> dict[str, str]:
    """The invoice address and the description of an enrolment, as they are now."""
    booking, meeting = enrolment.booking, enrolment.meeting
    invoice = {f"invoice_{name}": getattr(booking, f"invoice_{name}") for name in INVOICE}
    return invoice | {
        "booking": booking.pk.hex,
        "email": booking.email,
        "reference": booking.reference,
        "participant": enrolment.full_name,
        "description": f"{meeting.course.title}, {when(meeting)}",
        "meeting": meeting.code,
        "partner": booking.came_from.name if booking.came_from else "",
    }
