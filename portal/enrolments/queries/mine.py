"""One's own places, and nobody else's (P13). What one booked for others shows who, and no more."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t

from portal.accounts.models import Person
from portal.enrolments.models import AskedAgain, Booking, Enrolment, EnrolmentQuerySet
from portal.meetings.models import Meeting

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
    places = own(person).alive().not_over(timezone.now())
    return list(places.order_by("meeting__starts_at"))


def past_of(*, person: Person, limit: int = 100) -> list[Enrolment]:
    """Where somebody had a place, the latest first."""
    over = own(person).over(timezone.now())
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
    others = others.exclude(person=person).with_sender().order_by("queue_number")
    again = asked_again_by(person).filter(enrolment__meeting=meeting_id)
    return [*map(name_for_payer, others), *again.values_list("name", flat=True)]


def asked_again_by(person: Person) -> QuerySet[AskedAgain]:
    """Those whom somebody enrolled though they had a place: told as any other (0025)."""
    return AskedAgain.objects.filter(booking__payer=person).exclude(state=State.CANCELLED)


def name_for_payer(place: Enrolment) -> str:
    """The name, where the payer typed it themselves (0025). Of `with_sender`."""
    return _t("somebody else") if place.was_sent else place.full_name


@dataclass(frozen=True, kw_only=True)
class BookedForOthers:
    """An order for others, in a meeting that whoever made it does not go to themselves."""

    booking: Booking
    meeting: Meeting
    names: list[str]


def only_booked_by(*, person: Person) -> list[BookedForOthers]:
    """Orders for meetings to come that a payer has no place in: who goes, as filled in (P13)."""
    places = Enrolment.objects.alive().not_over(timezone.now()).filter(booking__payer=person)
    own_meetings = own(person).alive().values("meeting")
    others = places.exclude(person=person).exclude(meeting__in=own_meetings).with_sender()
    again = asked_again_by(person).exclude(enrolment__meeting__in=own_meetings)
    again = again.exclude(enrolment__meeting__ends_at__lte=timezone.now())
    again = again.exclude(enrolment__meeting__state=Meeting.State.CANCELLED)
    again = again.select_related("booking", *(f"enrolment__{name}" for name in RELATED[1:]))
    related = others.select_related(*RELATED).order_by("meeting__starts_at", "queue_number")
    named = [(one.booking, one.meeting, name_for_payer(one)) for one in related]
    named += [(one.booking, one.enrolment.meeting, one.name) for one in again]
    found: dict[tuple[UUID, int], BookedForOthers] = {}
    for booking, meeting, name in sorted(named, key=lambda row: in_time(row[1])):
        booked = BookedForOthers(booking=booking, meeting=meeting, names=[])
        found.setdefault((booking.pk, meeting.pk), booked).names.append(name)
    return list(found.values())


def in_time(meeting: Meeting) -> float:
    """By which meetings stand in the order of their days; those without one last."""
    return meeting.starts_at.timestamp() if meeting.starts_at else float("inf")


def places_to_come(*, person: Person) -> list[Enrolment]:
    """The meetings that somebody goes to, the next one first."""
    coming = own(person).not_over(timezone.now()).filter(state=State.ENROLLED)
    return list(coming.order_by("meeting__starts_at"))


def number_attended(*, person: Person) -> int:
    """In how many meetings somebody had a place and was not noted as absent."""
    over = Enrolment.objects.over(timezone.now()).filter(person=person)
    return over.exclude(was_absent=True).count()


def offers_to(*, person: Person) -> list[Enrolment]:
    """Offers that still stand, the first to end first."""
    return list(own(person).with_offer(timezone.now()).order_by("offered_until"))
