"""Which enrolments are to be charged or credited, and what was exported before."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.enrolments.models import BillingExport, BillingLine, Enrolment, EnrolmentEvent
from portal.meetings.models import Meeting

State = Enrolment.State
RELATED = ("booking__came_from", "meeting__course")


def billed(kind: BillingLine.Kind) -> Exists:
    return Exists(BillingLine.objects.filter(enrolment=OuterRef("pk"), kind=kind))


def cancelled_late() -> Q:
    """Cancelled too late to be free, in a meeting that was not cancelled itself: it is charged."""
    late = EnrolmentEvent.objects.filter(enrolment=OuterRef("pk"), is_free=False)
    is_late = Exists(late.filter(kind=EnrolmentEvent.Kind.CANCELLED))
    return Q(is_late) & ~Q(meeting__state=Meeting.State.CANCELLED)


def to_charge() -> QuerySet[Enrolment]:
    """Places that cost something, once their meeting has begun, and those given up too late.

    A meeting that was cancelled has nobody enrolled any more, so nobody pays for it; neither does
    who had given up too late.
    """
    places = Enrolment.objects.invoiced()
    late = places.filter(cancelled_late(), state=State.CANCELLED)
    due = (places.begun(timezone.now()) | late).filter(~billed(BillingLine.Kind.CHARGE))
    return due.select_related(*RELATED).order_by("asked_at", "id")


def to_credit() -> QuerySet[Enrolment]:
    """Places that were charged, and then given up for free."""
    gone = Enrolment.objects.filter(state=State.CANCELLED).exclude(cancelled_late())
    charged = gone.filter(billed(BillingLine.Kind.CHARGE), ~billed(BillingLine.Kind.CREDIT))
    return charged.select_related(*RELATED).order_by("asked_at", "id")


def exports() -> QuerySet[BillingExport]:
    return BillingExport.objects.select_related("by__person").order_by("-at")


def lines_of(*, export_id: int) -> QuerySet[BillingLine]:
    return BillingLine.objects.filter(export=export_id).order_by("id")
