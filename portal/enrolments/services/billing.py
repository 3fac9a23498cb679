"""Handing billing facts to the books, which are kept elsewhere (docs/decisions/0030)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from wagtail.log_actions import log

from pluc.deeds import Refused
from portal.accounts.models import User
from portal.enrolments.amounts import Amount, amount_of
from portal.enrolments.models import BillingCodes, BillingExport, BillingLine, Enrolment
from portal.enrolments.queries.billing import (
    EVERYTHING,
    Choice,
    clients_to_charge,
    clients_to_credit,
    codes_for_books,
    to_charge,
    to_credit,
)
from portal.meetings.models import Meeting
from portal.meetings.wording import euros, local, when
from portal.organisations.models import Organisation

Kind = BillingLine.Kind
INVOICE = ("name", "street", "postal_code", "city", "country")
LANGUAGE_OF_BOOKS = "nl"


class ChangedSince(Refused):
    """What is due is not what was looked at any more."""

    @property
    def sentence(self) -> str:
        return _t("Something changed since you looked. Look at the lines again, then export.")


@dataclass(frozen=True)
class Due:
    """Lines that the books have not had yet; not stored."""

    lines: list[BillingLine] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    def of_kind(self, kind: str) -> list[BillingLine]:
        return [line for line in self.lines if line.kind == kind]


def due(choice: Choice = EVERYTHING) -> Due:
    """What an export of these meetings would hold now: charges first, then credit notes."""
    codes = codes_for_books()
    with translation.override(LANGUAGE_OF_BOOKS):
        lines = [of_place(one, codes) for one in to_charge(choice)]
        lines += [of_client(one, codes) for one in clients_to_charge(choice)]
    lines += [credit(line) for line in charges_of(enrolment__in=to_credit(choice))]
    lines += [credit(line) for line in charges_of(meeting__in=clients_to_credit(choice))]
    return Due(lines)


@transaction.atomic
def export_billing(
    *, by: User | None, choice: Choice = EVERYTHING, seen: tuple[int, Decimal] | None = None
) -> BillingExport | None:
    """Stores a billing line for each place and bought meeting that is due and has none yet.

    Each once a kind, whoever exports at the same moment: the database refuses a second. `seen` is
    how many lines were looked at, and their sum: raises `ChangedSince` where it is not that. `None`
    where there is nothing. The moment of the export is a fact that nobody can edit.
    """
    wait_for(to_charge(choice), to_credit(choice))
    wait_for(clients_to_charge(choice), clients_to_credit(choice))
    now_due = due(choice)
    if not now_due.lines:
        return None
    if seen is not None and seen != (len(now_due.lines), now_due.total):
        raise ChangedSince
    export = BillingExport.objects.create(by=by)
    for line in now_due.lines:
        line.export = export
    BillingLine.objects.bulk_create(now_due.lines)
    log(
        instance=export,
        action="enrolments.export_billing",
        user=by,
        title=str(export),
        data={"lines": len(now_due.lines)},
    )
    return export


def wait_for(*found: QuerySet[Any]) -> None:
    """Locks what is due: somebody else's export may have been first, and is waited for."""
    for rows in found:
        list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


# --- Lines ---------------------------------------------------------------------------------------


def of_place(enrolment: Enrolment, codes: BillingCodes) -> BillingLine:
    """What is charged for a place, to the address of its booking as it is now."""
    booking, meeting = enrolment.booking, enrolment.meeting
    amount = amount_of(booking.price, booking.vat)
    facts = {f"invoice_{name}": getattr(booking, f"invoice_{name}") for name in INVOICE} | {
        "booking": booking.pk.hex,
        "email": booking.email,
        "reference": booking.reference,
        "participant": enrolment.full_name,
        "partner": booking.came_from.name if booking.came_from else "",
    }
    return BillingLine(
        enrolment=enrolment,
        kind=Kind.CHARGE,
        amount=amount.gross,
        facts=facts | about(meeting) | booked_as(amount, codes),
    )


def of_client(meeting: Meeting, codes: BillingCodes) -> BillingLine:
    """What a client is charged: a price for the whole meeting, or for each who has a place."""
    number = meeting.enrolled if meeting.price_is_for == Meeting.PriceFor.PERSON else 1
    amount = amount_of(meeting.price * number, meeting.applied_vat)
    facts = invoice_of_client(meeting.client) | about(meeting) | booked_as(amount, codes)
    if meeting.price_is_for == Meeting.PriceFor.PERSON:
        people = ngettext("%(n)d person at %(price)s", "%(n)d people at %(price)s", number)
        told = people % {"n": number, "price": euros(meeting.price)}
        facts["description"] = f"{facts['description']}, {told}"
    return BillingLine(meeting=meeting, kind=Kind.CHARGE, amount=amount.gross, facts=facts)


def invoice_of_client(client: Organisation | None) -> dict[str, str]:
    """The invoice address of who bought a meeting. The database knows none without a client."""
    address = {f"invoice_{name}": getattr(client, f"invoice_{name}", "") for name in INVOICE}
    address["invoice_name"] = address["invoice_name"] or str(client or "")
    return dict.fromkeys(("booking", "email", "reference", "participant", "partner"), "") | address


def about(meeting: Meeting) -> dict[str, Any]:
    """Which meeting a line is about."""
    return {
        "description": f"{meeting.course.title}, {when(meeting)}",
        "meeting": meeting.code,
        "meeting_date": day_of(meeting.starts_at),
    }


def day_of(moment: datetime | None) -> str:
    return local(moment).date().isoformat() if moment else ""


def booked_as(amount: Amount, codes: BillingCodes) -> dict[str, Any]:
    """The amounts apart, and what the bookkeeping program calls them."""
    taxed = amount.rate > 0
    return {
        "net": str(amount.net),
        "vat": str(amount.vat),
        "vat_rate": amount.rate,
        "vat_code": codes.vat_taxed if taxed else codes.vat_exempt,
        "ledger": codes.ledger_taxed if taxed else codes.ledger_exempt,
        "debtor": codes.debtor,
    }


def charges_of(**which: Any) -> QuerySet[BillingLine]:
    """The lines with which they were charged."""
    return BillingLine.objects.filter(kind=Kind.CHARGE, **which).order_by("id")


def credit(charged: BillingLine) -> BillingLine:
    """Takes back what was charged: that amount, of that address, whatever was corrected since."""
    taken_back = {
        name: str(-Decimal(charged.facts[name])) for name in ("net", "vat") if name in charged.facts
    }
    return BillingLine(
        enrolment_id=charged.enrolment_id,
        meeting_id=charged.meeting_id,
        kind=Kind.CREDIT,
        amount=-charged.amount,
        facts=charged.facts | taken_back,
    )


@transaction.atomic
def keep_codes(*, codes: BillingCodes, by: User) -> None:
    """Stores what the bookkeeping program calls things: for exports from now on."""
    codes.save()
    log(instance=codes, action="enrolments.keep_codes", user=by, title=str(codes))
