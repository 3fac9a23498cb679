"""Lists of people and of billing lines as spreadsheets, and billing lines as JSON."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from pluc.staff_screens.exports import spreadsheet
from portal.enrolments.models import BillingLine
from portal.enrolments.queries.billing import lines_of
from portal.enrolments.queries.staff import people_in
from portal.meetings.models import Meeting

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
    "partner",
)
# For a program that reads it: the names stay as they are in every language.
BILLING = [
    Column("line", label="line", accessor="pk"),
    Column("kind", label="kind"),
    Column("amount", label="amount"),
    *(Column(name, label=name, accessor=f"facts.{name}") for name in FACTS),
]


def people_list(meeting: Meeting) -> bytes:
    return spreadsheet(meeting.code, PEOPLE, people_in(meeting_id=meeting.pk))


def billing_sheet(export_id: int) -> bytes:
    """The lines of a billing export, one a row, as a spreadsheet."""
    return spreadsheet(f"billing-{export_id}", BILLING, lines_of(export_id=export_id))


def billing_json(export_id: int) -> bytes:
    """The lines of a billing export as JSON, for a bookkeeping program."""
    lines = [as_dict(line) for line in lines_of(export_id=export_id)]
    return json.dumps({"export": export_id, "lines": lines}, ensure_ascii=False, indent=1).encode()


def as_dict(line: BillingLine) -> dict[str, Any]:
    return {"line": line.pk, "kind": line.kind, "amount": f"{line.amount:.2f}", **line.facts}
