"""Lists of people and of billing lines as spreadsheets, and billing lines as JSON."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from pluc.staff_screens.exports import spreadsheet
from portal.enrolments.models import BillingLine
from portal.enrolments.queries.billing import lines_of
from portal.enrolments.queries.staff import people_in
from portal.meetings.models import Meeting
from portal.meetings.wording import local

# What the back office needs to reach everybody in a meeting.
PEOPLE = [
    Column("queue_number", label=_("Number")),
    Column("state", label=_("State"), accessor="get_state_display"),
    Column("first_name", label=_("First name")),
    Column("last_name", label=_("Last name")),
    Column("email", label=_("E-mail address")),
    Column("organisation", label=_("Organisation")),
    Column("titles", label=_("Titles")),
    Column("asked_at", label=_("Enrolled on")),
    Column("reference", label=_("Reference"), accessor="booking.reference"),
]
FACTS = (
    "booking",
    "invoice_name",
    "invoice_street",
    "invoice_postal_code",
    "invoice_city",
    "invoice_country",
    "email",
    "reference",
    "participant",
    "description",
    "meeting",
    "meeting_date",
    "net",
    "vat",
    "vat_rate",
    "vat_code",
    "ledger",
    "debtor",
    "partner",
)


def fact(name: str) -> Callable[[BillingLine], Any]:
    """What a line says, as text; nothing where it was exported before we kept it."""
    return lambda line: line.facts.get(name, "")


def amount(name: str) -> Callable[[BillingLine], Decimal | None]:
    return lambda line: Decimal(line.facts[name]) if line.facts.get(name) else None


def day_of_meeting(line: BillingLine) -> date | None:
    day = line.facts.get("meeting_date")
    return date.fromisoformat(day) if day else None


WORDS: dict[str, str] = {
    BillingLine.Kind.CHARGE: "Factuur",
    BillingLine.Kind.CREDIT: "Creditnota",
}
# As bookkeepers call them, whatever the language of the colleague who takes the file.
BILLING = [
    Column("line", label="Regel", accessor="pk"),
    Column("kind", label="Soort", accessor=lambda line: WORDS[line.kind]),
    Column("date", label="Datum", accessor=lambda line: local(line.export.at).date()),
    Column("debtor", label="Debiteurnummer", accessor=fact("debtor")),
    Column("invoice_name", label="Factuur aan", accessor=fact("invoice_name")),
    Column("invoice_street", label="Straat en nummer", accessor=fact("invoice_street")),
    Column("invoice_postal_code", label="Postcode", accessor=fact("invoice_postal_code")),
    Column("invoice_city", label="Plaats", accessor=fact("invoice_city")),
    Column("invoice_country", label="Land", accessor=fact("invoice_country")),
    Column("email", label="E-mailadres", accessor=fact("email")),
    Column("reference", label="Referentie", accessor=fact("reference")),
    Column("description", label="Omschrijving", accessor=fact("description")),
    Column("participant", label="Deelnemer", accessor=fact("participant")),
    Column("net", label="Bedrag excl. btw", accessor=amount("net")),
    Column("vat_code", label="Btw-code", accessor=fact("vat_code")),
    Column("vat_rate", label="Btw-percentage", accessor=fact("vat_rate")),
    Column("vat", label="Btw-bedrag", accessor=amount("vat")),
    Column("amount", label="Bedrag incl. btw"),
    Column("ledger", label="Grootboekrekening", accessor=fact("ledger")),
    Column("meeting", label="Bijeenkomst", accessor=fact("meeting")),
    Column("meeting_date", label="Datum bijeenkomst", accessor=day_of_meeting),
    Column("partner", label="Partner", accessor=fact("partner")),
    Column("booking", label="Boeking", accessor=fact("booking")),
]


def people_list(meeting: Meeting) -> bytes:
    return spreadsheet(meeting.code, PEOPLE, people_in(meeting_id=meeting.pk))


def billing_sheet(export_id: int) -> bytes:
    """The lines of a billing export, one a row, as a spreadsheet."""
    return spreadsheet(f"facturatie-{export_id}", BILLING, lines_of(export_id=export_id))


def billing_json(export_id: int) -> bytes:
    """The lines of a billing export as JSON, for a bookkeeping program."""
    lines = [as_dict(line) for line in lines_of(export_id=export_id)]
    return json.dumps({"export": export_id, "lines": lines}, ensure_ascii=False, indent=1).encode()


def as_dict(line: BillingLine) -> dict[str, Any]:
    """For a program that reads it: the names stay as they are in every language."""
    facts = {name: line.facts.get(name, "") for name in FACTS}
    day = local(line.export.at).date().isoformat()
    own = {"line": line.pk, "kind": line.kind, "date": day, "amount": f"{line.amount:.2f}"}
    return own | facts
