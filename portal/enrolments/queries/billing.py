"""Which places and meetings are to be charged or credited, and what was exported before."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from portal.enrolments.models import (
    BillingCodes,
    BillingExport,
    BillingLine,
    Enrolment,
    EnrolmentEvent,
)
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE

State, Kind = Enrolment.State, BillingLine.Kind
RELATED = ("booking__came_from", "meeting__course")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which meetings an export is about: those that begin on these days, or one; else all."""

    first: date | None = None
    last: date | None = None
    meeting_id: int | None = None

    def of(self, prefix: str = "") -> Q:
        """The condition on meetings, or on rows that reach them by `prefix`."""
        wanted: dict[str, Any] = {}
        if self.first:
            wanted[f"{prefix}starts_at__gte"] = midnight(self.first)
        if self.last:
            wanted[f"{prefix}starts_at__lt"] = midnight(self.last + timedelta(days=1))
        if self.meeting_id:
            wanted[f"{prefix}id"] = self.meeting_id
        return Q(**wanted)


EVERYTHING = Choice()


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZONE)


def billed(kind: BillingLine.Kind, *, key: str = "enrolment") -> Exists:
    return Exists(BillingLine.objects.filter(kind=kind, **{key: OuterRef("pk")}))


def cancelled_late() -> Q:
    """Cancelled too late to be free, in a meeting that was not cancelled itself: it is charged."""
    late = EnrolmentEvent.objects.filter(enrolment=OuterRef("pk"), is_free=False)
    is_late = Exists(late.filter(kind=EnrolmentEvent.Kind.CANCELLED))
    return Q(is_late) & ~Q(meeting__state=Meeting.State.CANCELLED)


def to_charge(choice: Choice = EVERYTHING) -> QuerySet[Enrolment]:
    """Places that cost something, once their meeting has begun, and those given up too late.

    A meeting that was cancelled has nobody enrolled any more, so nobody pays for it; neither does
    who had given up too late.
    """
    places = Enrolment.objects.invoiced().filter(choice.of("meeting__"))
    late = places.filter(cancelled_late(), state=State.CANCELLED)
    due = (places.begun(timezone.now()) | late).filter(~billed(Kind.CHARGE))
    return due.select_related(*RELATED).order_by("asked_at", "id")


def to_credit(choice: Choice = EVERYTHING) -> QuerySet[Enrolment]:
    """Places that were charged, and then given up for free."""
    gone = Enrolment.objects.filter(choice.of("meeting__"), state=State.CANCELLED)
    charged = gone.exclude(cancelled_late()).filter(billed(Kind.CHARGE), ~billed(Kind.CREDIT))
    return charged.select_related(*RELATED).order_by("asked_at", "id")


def clients_to_charge(choice: Choice = EVERYTHING) -> QuerySet[Meeting]:
    """In-company meetings with a price that have begun; one that is priced a person has some."""
    costs = Q(price_is_for=Meeting.PriceFor.MEETING) | Q(taken__gt=0)
    begun = bought(choice).filter(costs, price__gt=0, starts_at__lte=timezone.now())
    going_on = begun.exclude(state=Meeting.State.CANCELLED)
    return going_on.filter(~billed(Kind.CHARGE, key="meeting"))


def clients_to_credit(choice: Choice = EVERYTHING) -> QuerySet[Meeting]:
    """In-company meetings that were charged, and then cancelled."""
    cancelled = bought(choice).filter(state=Meeting.State.CANCELLED)
    charged = cancelled.filter(billed(Kind.CHARGE, key="meeting"))
    return charged.filter(~billed(Kind.CREDIT, key="meeting"))


def bought(choice: Choice) -> QuerySet[Meeting]:
    """What clients bought for their own people."""
    found = Meeting.objects.filter(choice.of(), format=Meeting.Format.IN_COMPANY)
    return found.select_related("course", "client").order_by("starts_at", "id")


def meetings_to_bill() -> list[Meeting]:
    """Meetings of which something goes to the books now, the first one first."""
    of_places = [found.order_by().values("meeting") for found in (to_charge(), to_credit())]
    of_clients = [
        found.order_by().values("pk") for found in (clients_to_charge(), clients_to_credit())
    ]
    wanted = Q()
    for keys in (*of_places, *of_clients):
        wanted |= Q(pk__in=keys)
    found = Meeting.objects.filter(wanted).select_related("course", "venue__region", "region")
    return list(found.order_by("starts_at", "id"))


def codes_for_books() -> BillingCodes:
    """What the bookkeeping program calls things; empty while nobody filled it in."""
    return BillingCodes.objects.first() or BillingCodes()


def exports() -> QuerySet[BillingExport]:
    made = BillingExport.objects.select_related("by__person").order_by("-at")
    return made.annotate(number=Count("lines"), total=Sum("lines__amount"))


def lines_of(*, export_id: int) -> QuerySet[BillingLine]:
    return BillingLine.objects.filter(export=export_id).select_related("export").order_by("id")
