"""What this room holds of people: where they have a place, and what is invoiced for it (P02)."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from itertools import islice
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal.rights.personal_data.foundation import AFTER_WRITING
from legal.rights.registry import (
    Anonymise,
    Basis,
    Delete,
    Group,
    Keep,
    Lookup,
    Recipient,
    Retention,
    Source,
    Subject,
    not_personal,
    personal,
    work_of_staff,
)
from pluc import periods
from pluc.outbox.models import Mail
from pluc.outbox.queries import again_prefix
from portal.accounts.personal_data import WITH_THE_PERSON
from portal.enrolments.models import AskedAgain, Booking, Enrolment
from portal.meetings.wording import euros

TO_KEEP_A_PLACE = _("To keep a place for you, and to tell you what you must know about it.")
ON_LISTS = [Recipient.HOST, Recipient.SPEAKERS, Recipient.CLIENTS]
AFTER_THE_MEETING = Retention(
    period=periods.PLACE,
    fact=_("the meeting, or after you asked if it never was"),
    fields=("meeting__ends_at", "asked_at"),
    not_before="asked_at",  # the planning form moves the meeting
)
WITH_THE_PLACE = replace(AFTER_THE_MEETING, fields=(), not_before="", goes_with="enrolment")
TAX_LAW = _("Tax law asks us to keep what was invoiced for seven years.")
TAX = Retention(period=periods.BOOKS, fact=_("the invoice was made"), ends="kept_until")
# Of a booking in which others keep their place.
WITHOUT_A_PAYER = {"payer": None} | dict.fromkeys(
    [
        *("name", "email", "reference"),
        *(f"invoice_{name}" for name in ("name", "street", "postal_code", "city", "country")),
    ],
    "",
)


def about_own_places(subject: Subject) -> Q:
    """Mails whose event names a place of theirs, a booking that asked for one or that they paid,
    whoever got them; and their copies."""
    places = Enrolment.objects.filter(person=subject.person_id).values_list("pk", "booking")
    bookings = Booking.objects.filter(payer=subject.person_id).values_list("pk", flat=True)
    again = AskedAgain.objects.filter(enrolment__person=subject.person_id)
    asked = again.values_list("booking", flat=True)
    keys = {key for place in places for key in place} | set(bookings) | set(asked)
    found = mails_with(Q(event__contains=key.hex) for key in keys)
    more = found
    while more:  # copies, and copies of those
        more = mails_with(Q(event__startswith=again_prefix(key)) for key in more) - found
        found |= more
    return Q(pk__in=found)


def mails_with(conditions: Iterable[Q]) -> set[UUID]:
    """The keys of mails that any of them meets; few at a time, which every database takes."""
    found, left = set[UUID](), iter(conditions)
    while some := list(islice(left, 200)):
        found.update(Mail.objects.filter(reduce(or_, some)).values_list("pk", flat=True))
    return found


def rows_about(subject: Subject) -> Q:
    """Rows of files that made their record, or hold an address that they have proven."""
    found = Q(person_key=subject.person_id)
    for address in sorted(subject.addresses):
        found |= Q(email__iexact=address)
    return found


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
    known_by=["meeting__course__title", "meeting__starts_at", "state"],
    internal=[
        *("id", "person", "booking", "queue_number", "offered_until", "identity"),
        "calendar_messages",
    ],
    erasure=Delete(),
)
personal(
    "enrolments.Wishes",
    owner="enrolment__person",
    title=_("What you want to eat or need to take part"),
    group=Group.MEETINGS,
    purpose=_("To take it into account at the meeting. Only our back office sees it."),
    basis=Basis.EXPLICIT_CONSENT,
    source=Source.YOU,
    retention=Retention(
        period=periods.WISHES,
        fact=_("the meeting, or at once when you give up your place"),
        fields=("enrolment__meeting__ends_at", "consented_at"),
        not_before="consented_at",
    ),
    shown=[
        ("enrolment__meeting__course__title", _("Meeting")),
        "diet",
        "access",
        "consented_at",
        "by_phone",
    ],
    internal=["enrolment"],
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
    retention=WITH_THE_PLACE,
    shown=[("enrolment__meeting__course__title", _("Meeting")), "kind", "at", "note"],
    is_log=True,
    known_by=["enrolment__meeting__course__title", "kind", "at"],
    internal=["id", "enrolment", "is_free", "by_payer", "other"],
    erasure=Delete(),
)
work_of_staff(
    "enrolments.EnrolmentEvent",
    "by",
    title=_("Changes that you made to enrolments"),
    purpose=_("To be able to tell who changed what, and when."),
    retention=WITH_THE_PLACE,
    shown=["kind", "at"],
)
personal(
    "enrolments.AskedAgain",
    owner="enrolment__person",
    title=_("Others who asked for a place for you"),
    group=Group.MEETINGS,
    purpose=_("To show whoever enrolled you once more the same as of anybody."),
    basis=Basis.INTEREST,
    source=Source.YOU_OR_SUPPLIER,
    retention=WITH_THE_PLACE,
    shown=[("enrolment__meeting__course__title", _("Meeting")), "name", "state"],
    internal=["id", "booking", "enrolment", "is_free", "position"],
    erasure=Delete(),
)
personal(
    "enrolments.Booking",
    owner="payer",
    title=_("What you booked"),
    group=Group.BILLING,
    purpose=_("To send the invoice to the right address."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=Retention(period=periods.BOOKS, fact=_("you booked"), fields=("created_at",)),
    shown=[
        *("created_at", "name", "email"),
        *(f"invoice_{name}" for name in ("name", "street", "postal_code", "city", "country")),
        "reference",
        ("price", _("Price of a place")),
        ("came_from__name", _("Through")),
        ("supplied_by__name", _("Supplied by")),
    ],
    known_by=["created_at", "price"],
    render={"price": euros},
    internal=[
        *("id", "payer", "cancelling_days", "moving_days", "substituting_days"),
        *("payment_days", "vat", "language", "form_id"),
    ],
    erasure=Delete(where_held=Anonymise(WITHOUT_A_PAYER)),
)
personal(
    "enrolments.Provenance",
    owner="person",
    title=_("Who supplied your data"),
    group=Group.CONTACT,
    purpose=_("To be able to tell you where we have your data from, and that you were told so."),
    basis=Basis.DUTY,
    source=Source.US,
    retention=WITH_THE_PERSON,
    shown=["supplied_by", "supplied_at", "told_at", "told_how"],
    internal=["id", "person", "organisation", "mailed_at", "failed_at"],
    erasure=Delete(),
)
personal(
    "enrolments.Provenance",
    owner="told_by__person",
    title=_("That you told people who supplied their data"),
    group=Group.LOGIN,
    is_for_all=False,
    purpose=_("To be able to tell who told people so, and when."),
    basis=Basis.DUTY,
    source=Source.US,
    retention=WITH_THE_PERSON,
    shown=["told_at"],
    internal=["told_by"],
    erasure=Anonymise({"told_by": None}),
)
personal(
    "enrolments.SupplyRow",
    owner=Lookup(rows_about),
    title=_("Your row in a list of participants"),
    group=Group.MEETINGS,
    purpose=_("To enrol whom an organisation supplied, and to be able to undo that."),
    basis=Basis.INTEREST,
    source=Source.YOU_OR_SUPPLIER,
    recipients=[Recipient.HOST],
    retention=Retention(
        period=periods.SUPPLY,
        fact=_("the list was sent"),
        fields=("supply__supplied_at",),
    ),
    shown=["first_name", "last_name", "email"],
    internal=["id", "supply", "number", "fate", "why", "step", "place_key", "person_key"],
    erasure=Delete(),
)
personal(
    "enrolments.Supply",
    owner="by__person",
    title=_("Lists of participants that you sent"),
    group=Group.LOGIN,
    is_for_all=False,
    purpose=_("To be able to tell who sent which list, and when."),
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=Retention(period=periods.PLACE, fact=_("you sent it"), fields=("supplied_at",)),
    shown=[("meeting__course__title", _("Meeting")), "supplied_at", "size"],
    internal=["id", "meeting", "organisation", "state", "by", "done", "hidden", "booking"],
    erasure=Anonymise({"by": None}),
    at_end=Delete(),
)
not_personal(
    "enrolments.SupplyColumns",
    reason="The headings of an organisation’s files, and how they write a name.",
    despite=["name_order", "organisation"],
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
    shown={"export__at": _("When"), "kind": _("What"), "amount": _("Amount")},
    is_log=True,
    render={"amount": euros},
    # The same address and description as in the booking, as they were then.
    internal=["id", "enrolment", "meeting", "facts", "kept_until"],
    erasure=Keep(until=TAX, ground=TAX_LAW),
)
personal(
    "enrolments.BillingLine",
    owner="enrolment__person",
    is_for_all=False,
    title=_("Your name on what was passed on to our books"),
    group=Group.BILLING,
    purpose=_("To send the invoice, and to account for it."),
    basis=Basis.DUTY,
    source=Source.US,
    retention=TAX,
    shown={"export__at": _("When")},
    internal=[],
    erasure=Keep(until=TAX, ground=TAX_LAW),
)
personal(
    "outbox.Mail",
    owner=Lookup(about_own_places),
    title=_("E-mails to others about your place"),
    group=Group.MAIL,
    purpose=_("To tell who booked or took over a place what became of it."),
    basis=Basis.CONTRACT,
    source=Source.US,
    recipients=[Recipient.HOST, Recipient.MAILBOX],
    retention=AFTER_WRITING,
    shown={},
    internal=[],
    erasure=Delete(),
)
personal(
    "enrolments.BillingExport",
    owner="by__person",
    title=_("What you passed on to the books"),
    group=Group.STAFF,
    purpose=_("To be able to tell who passed on what, and when."),
    basis=Basis.DUTY,
    source=Source.US,
    retention=Retention(period=periods.BOOKS, fact=_("the export"), ends="kept_until"),
    shown=["at"],
    internal=["id", "by", "kept_until"],
    # The fact stays for the books, without who did it.
    erasure=Anonymise({"by": None}),
    at_end=Delete(),
)
not_personal(
    "enrolments.Hold",
    reason="Places kept free while a form is filled in, for nobody named. `keep_places_moving` ends"
    " them: the meeting's count goes with them.",
)
not_personal(
    "enrolments.BillingCodes",
    reason="What the bookkeeping program calls VAT, ledger accounts and the debtor: one row.",
)
