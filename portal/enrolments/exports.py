"""Lists of people and of billing lines as spreadsheets, and billing lines as JSON."""

import json
from typing import Any

from django.utils.translation import gettext as _t

from pluc.documents.spreadsheets import Sheet, workbook
from portal.enrolments.models import BillingLine, Enrolment
from portal.enrolments.queries.billing import lines_of
from portal.enrolments.queries.staff import people_in
from portal.meetings.models import Meeting

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


def people_list(meeting: Meeting) -> bytes:
    """Everybody in a meeting, with what the back office needs to reach them."""
    head = [
        _t("Number"),
        _t("State"),
        _t("First name"),
        _t("Last name"),
        _t("E-mail address"),
        _t("Organisation"),
        _t("Titles"),
        _t("Enrolled on"),
        _t("Reference"),
    ]
    rows = [row_of(enrolment) for enrolment in people_in(meeting_id=meeting.pk)]
    return workbook([Sheet(name=meeting.code, head=head, rows=rows)])


def row_of(enrolment: Enrolment) -> list[Any]:
    return [
        enrolment.queue_number,
        enrolment.get_state_display(),
        enrolment.first_name,
        enrolment.last_name,
        enrolment.email,
        enrolment.organisation,
        enrolment.titles,
        enrolment.asked_at,
        enrolment.booking.reference,
    ]


def billing_sheet(export_id: int) -> bytes:
    """The lines of a billing export, one a row, as a spreadsheet."""
    head = ["line", "kind", "amount", *FACTS]
    rows = [
        [line.pk, line.kind, line.amount, *(line.facts.get(name, "") for name in FACTS)]
        for line in lines_of(export_id=export_id)
    ]
    return workbook([Sheet(name=f"billing-{export_id}", head=head, rows=rows)])


def billing_json(export_id: int) -> bytes:
    """The lines of a billing export as JSON, for a bookkeeping program."""
    lines = [as_dict(line) for line in lines_of(export_id=export_id)]
    return json.dumps({"export": export_id, "lines": lines}, ensure_ascii=False, indent=1).encode()


def as_dict(line: BillingLine) -> dict[str, Any]:
    return {"line": line.pk, "kind": line.kind, "amount": f"{line.amount:.2f}", **line.facts}
