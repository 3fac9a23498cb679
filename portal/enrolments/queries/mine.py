"""One's own places, and nobody else's (P13). What one booked for others shows who, and no more."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import Person
from portal.enrolments.models import Enrolment, EnrolmentQuerySet

State = Enrolment.State
RELATED = (
    "booking",
    "meeting__course",
    "meeting__policy",
    "meeting__venue__region",
    "meeting__region",
)


def own(person: Person) -> EnrolmentQuerySet:
    places = Enrolment.objects.filter(person=person).select_related(*RELATED)
    return places.prefetch_related("meeting__accreditations__scheme")


def upcoming_of(*, person: Person) -> list[Enrolment]:
    """Places, offers and spots on a list in meetings that are not over, the first one first."""
    coming = Q(meeting__ends_at__gt=timezone.now())
    return list(own(person).alive().filter(coming).order_by("meeting__starts_at"))


def past_of(*, person: Person, limit: int = 100) -> list[Enrolment]:
    """Where somebody had a place, the latest first."""
    over = own(person).filter(state=State.ENROLLED, meeting__ends_at__lte=timezone.now())
    return list(over.order_by("-meeting__starts_at")[:limit])


def mine_in(*, person: Person, code: str) -> Enrolment | None:
    """One's own place in a meeting, with all that one needs on the day; gone ones last."""
    places = own(person).filter(meeting__code=code).exclude(state=State.LAPSED)
    places = places.prefetch_related("meeting__sessions", "meeting__speakers")
    found = sorted(places, key=lambda one: one.state not in Enrolment.ALIVE)
    return found[0] if found else None


def booked_for_others(*, person: Person, meeting_id: int) -> list[str]:
    """Names of those whom somebody enrolled in a meeting: what they entered, no results."""
    others = Enrolment.objects.alive().filter(booking__payer=person, meeting=meeting_id)
    others = others.exclude(person=person).order_by("queue_number")
    return [one.full_name for one in others]


def own_enrolment(*, person: Person, enrolment_id: UUID) -> Enrolment | None:
    return own(person).filter(pk=enrolment_id).first()


def next_of(*, person: Person) -> Enrolment | None:
    """The next meeting that somebody goes to."""
    coming = own(person).filter(state=State.ENROLLED, meeting__ends_at__gt=timezone.now())
    return coming.order_by("meeting__starts_at").first()


def offers_to(*, person: Person) -> list[Enrolment]:
    """Places that wait for an answer."""
    standing = own(person).filter(state=State.OFFERED, offered_until__gt=timezone.now())
    return list(standing.order_by("offered_until"))
