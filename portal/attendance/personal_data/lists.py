"""The lists on paper, and the photographs of those that were signed (P05)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Anonymise,
    Basis,
    Delete,
    Group,
    Keep,
    Lookup,
    Retention,
    Source,
    Subject,
    not_personal,
    personal,
    work_of_staff,
)
from pluc import periods
from portal.attendance.models import PrintedRow

ACCREDITATION = _("The accreditation of our meetings asks for the signed lists of five years back.")
AFTER_UPLOAD = Retention(period=periods.PLACE, fact=_("it was uploaded"), fields=("uploaded_at",))
AFTER_PRINTING = Retention(period=periods.PLACE, fact=_("it was printed"), fields=("made_at",))


def on_the_page(subject: Subject) -> Q:
    """Pictures of pages on which they stand."""
    rows = PrintedRow.objects.filter(enrolment__person=subject.person_id)
    return Q(page__in=rows.values("page"))


personal(
    "attendance.Photograph",
    owner=Lookup(on_the_page),
    title=_("Signed lists that you stand on"),
    group=Group.MEETINGS,
    purpose=_("To show the accreditors who was there."),
    basis=Basis.INTEREST,
    source=Source.YOU,
    retention=AFTER_UPLOAD,
    shown=[("meeting__course__title", _("Meeting")), "uploaded_at"],
    internal=["id", "meeting", "page", "file", "confirmed_at"],
    erasure=Keep(until=AFTER_UPLOAD, ground=ACCREDITATION),
)
for column, title in (
    ("uploaded_by", _("Photographs of lists that you uploaded")),
    ("confirmed_by", _("Photographs of lists that you went through")),
):
    work_of_staff(
        "attendance.Photograph",
        column,
        title=title,
        purpose=_("To be able to tell who changed what, and when."),
        retention=AFTER_UPLOAD,
        shown=["uploaded_at"],
    )
work_of_staff(
    "attendance.ListPrint",
    "made_by",
    title=_("Lists that you made"),
    purpose=_("To be able to tell who changed what, and when."),
    retention=AFTER_PRINTING,
    shown=["kind", "made_at"],
    internal=["id", "meeting", "session", "version", "digest"],
    at_end=Delete(),
)
not_personal(
    "attendance.PrintedPage",
    reason="A page of a list: its number and the code on it. It goes with the list.",
)
personal(
    "attendance.PrintedRow",
    owner="enrolment__person",
    title=_("Printed lists that you stand on"),
    group=Group.MEETINGS,
    purpose=_("To know whose row it is on a signed list."),
    basis=Basis.INTEREST,
    source=Source.US,
    retention=Retention(instead=_("as long as we keep the list")),
    shown=[
        ("page__print__meeting__course__title", _("Meeting")),
        ("page__print__kind", _("List")),
        ("page__print__made_at", _("Printed on")),
    ],
    known_by=["page__print__meeting__course__title", "page__print__kind"],
    is_log=True,
    internal=["id", "page", "position", "enrolment", "is_empty"],
    # The row stays on the list, of nobody (STANDARDS 3.10).
    erasure=Anonymise({"enrolment": None}),
)
