"""What this room holds of people: where they have a place, and what is invoiced for it (P02)."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Anonymise,
    Basis,
    Delete,
    Group,
    Keep,
    Recipient,
    Retention,
    Source,
    not_personal,
    personal,
)

TO_KEEP_A_PLACE = _("To keep a place for you, and to tell you what you must know about it.")
ON_LISTS = [Recipient.HOST, Recipient.SPEAKERS, Recipient.CLIENTS]
# Accreditation asks for the lists of five years back; what was invoiced stays as tax law asks.
AFTER_THE_MEETING = Retention(days=5 * 365, fact=_("the meeting"), field="meeting__ends_at")
TAX_LAW = _("Tax law asks us to keep what was invoiced for seven years.")
TAX = Retention(days=7 * 365, fact=_("the invoice was made"), field="export__at")

personal(
    "enrolments.Enrolment",
    owner="person",
    title=_("Your enrolments"),
    group=Group.MEETINGS,
    purpose=TO_KEEP_A_PLACE,
    basis=Basis.CONTRACT,
    source=Source.YOU_OR_SUPPLIER,
    recipients=ON_LISTS,
    retention=AFTER_THE_MEETING,
    shown=[
        ("meeting__course__title", _("Meeting")),
        ("meeting__starts_at", _("When")),
        "state",
        ("asked_at", _("Enrolled on")),
        *("first_name", "last_name", "email", "organisation", "titles", "was_absent"),
    ],
    internal=["id", "person", "booking", "queue_number", "offered_until", "identity"],
    erasure=Delete(),
)
personal(
    "enrolments.EnrolmentEvent",
    owner="enrolment__person",
    title=_("What happened to your enrolments"),
    group=Group.MEETINGS,
    purpose=_("To be able to tell who changed what, and when."),
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=Retention(days=5 * 365, fact=_("the meeting"), field="enrolment__meeting__ends_at"),
    shown=[("enrolment__meeting__course__title", _("Meeting")), "kind", "at"],
    internal=["id", "enrolment", "is_free", "other"],
    erasure=Delete(),
)
personal(
    "enrolments.EnrolmentEvent",
    owner="by__person",
    title=_("Changes that you made to enrolments"),
    group=Group.STAFF,
    purpose=_("To be able to tell who changed what, and when."),
    basis=Basis.INTEREST,
    source=Source.US,
    retention=Retention(days=5 * 365, fact=_("the meeting"), field="enrolment__meeting__ends_at"),
    shown=["kind", "at"],
    internal=["by"],
    erasure=Anonymise({"by": None}),
)
personal(
    "enrolments.Booking",
    owner="payer",
    title=_("What you booked"),
    group=Group.BILLING,
    purpose=_("To send the invoice to the right address."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=Retention(days=7 * 365, fact=_("you booked"), field="created_at"),
    shown=[
        *("created_at", "name", "email"),
        *(f"invoice_{name}" for name in ("name", "street", "postal_code", "city", "country")),
        "reference",
        ("price", _("Price of a place, in euros")),
        ("came_from__name", _("Through")),
    ],
    internal=[
        *("id", "payer", "cancelling_days", "moving_days", "substituting_days"),
        *("language", "form_id"),
    ],
    erasure=Delete(),
)
personal(
    "enrolments.BillingLine",
    owner="enrolment__booking__payer",
    title=_("What was passed on to our books"),
    group=Group.BILLING,
    purpose=_("To send the invoice, and to account for it."),
    basis=Basis.DUTY,
    source=Source.US,
    retention=TAX,
    shown={"export__at": _("When"), "kind": _("What"), "amount": _("Amount in euros")},
    # The same address and description as in the booking, as they were then.
    internal=["id", "enrolment", "facts"],
    erasure=Keep(until=TAX, ground=TAX_LAW),
)
personal(
    "enrolments.BillingExport",
    owner="by__person",
    title=_("What you passed on to the books"),
    group=Group.STAFF,
    purpose=_("To be able to tell who passed on what, and when."),
    basis=Basis.DUTY,
    source=Source.US,
    retention=Retention(days=7 * 365, fact=_("the export"), field="at"),
    shown=["at"],
    internal=["id", "by"],
    erasure=Delete(),
)
not_personal(
    "enrolments.Hold", reason="Places kept free for a quarter of an hour, for nobody named."
)
