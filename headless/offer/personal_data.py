"""What the intakes hold of people: that a request about them was answered."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import Basis, Delete, Group, Lookup, Retention, Source, Subject, personal
from pluc import periods
from portal.enrolments.models import AskedAgain, Booking, Enrolment, SupplyRow
from portal.enrolments.personal_data import rows_about


def about_them(subject: Subject) -> Q:
    """Answers to a request that they booked by or stood in, and to lists that they stand in."""
    person = subject.person_id
    booked = Booking.objects.filter(payer=person).values("pk")
    placed = Enrolment.objects.filter(person=person).values("booking")
    again = AskedAgain.objects.filter(enrolment__person=person).values("booking")
    listed = SupplyRow.objects.filter(rows_about(subject)).values("supply")
    return (
        Q(booking__in=booked) | Q(booking__in=placed) | Q(booking__in=again) | Q(supply__in=listed)
    )


personal(
    "headless_offer.StoredAnswer",
    owner=Lookup(about_them),
    title=_("What a partner’s program was answered"),
    group=Group.TECHNICAL,
    purpose=_("To enrol you once, also where a program sends the same request several times."),
    basis=Basis.INTEREST,
    source=Source.YOU_OR_SUPPLIER,
    retention=Retention(period=periods.STORED_ANSWER, fact=_("the answer"), fields=("made_at",)),
    shown=["made_at"],
    internal=["id", "token", "request", "body", "booking", "supply", "places_in_line"],
    erasure=Delete(),
)
