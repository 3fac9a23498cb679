"""Enrolments as the back office sees them: with the right to, and no one else."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import Person
from portal.accounts.search import people_found
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent, Wishes
from portal.meetings.deadlines import OPEN_STATES
from portal.meetings.models import Meeting

State = Enrolment.State
HOME = ("street", "postal_code", "city", "country")
INVOICE_FIELDS = ("invoice_name", *(f"invoice_{name}" for name in HOME))


def people_in(*, meeting_id: int) -> list[Enrolment]:
    """All who ever asked, in order of asking."""
    people = Enrolment.objects.filter(meeting=meeting_id).select_related("booking", "person")
    return list(people.order_by("queue_number"))


MOST_FOUND = 200  # people: who looks for more of them has not said enough


def enrolments_to_list(*, q: str = "", person_id: UUID | None = None) -> QuerySet[Enrolment]:
    """All enrolments, those of one person, or those of the people that `q` finds.

    People are found first: a million enrolments need not be read for it.
    """
    found = Enrolment.objects.select_related("meeting__course", "person")
    if person_id:
        return found.filter(person=person_id)
    return found.filter(person__in=people_found(q, limit=MOST_FOUND)) if q else found


def enrolment_with_id(*, enrolment_id: UUID) -> Enrolment | None:
    related = (
        *("booking__came_from", "meeting__course", "meeting__policy", "person"),
        *("meeting__venue__region", "meeting__region"),
    )
    return Enrolment.objects.select_related(*related).filter(pk=enrolment_id).first()


def booked_together(*, enrolment: Enrolment) -> list[Enrolment]:
    """The others of the same booking, in order of asking; not the same person on other dates."""
    others = Enrolment.objects.filter(booking=enrolment.booking_id)
    others = others.exclude(identity=enrolment.identity)
    return list(others.order_by("asked_at", "queue_number"))


def left_by(*, meeting_id: int) -> list[Enrolment]:
    """Whom a cancelled meeting leaves without a place, and nobody has moved; first come first."""
    left = Enrolment.objects.left_by_its_meeting().filter(meeting=meeting_id)
    return list(left.order_by("queue_number"))


def meetings_to_enrol_in() -> list[Meeting]:
    """Where a colleague can enrol somebody: public or not, closed or full, until it is over."""
    open_ones = Meeting.objects.filter(state__in=OPEN_STATES).exclude(ends_at__lte=timezone.now())
    return list(open_ones.with_names().order_by("starts_at", "id"))


def invoice_known_of(*, person: Person) -> dict[str, str]:
    """To whom their invoice went last, by the names of the form: as they told, else as they booked,
    else to themselves."""
    bookings = Booking.objects.filter(payer=person.pk).exclude(invoice_name="")
    last = None if person.invoice_name else bookings.order_by("-created_at").first()
    own = {name: getattr(last or person, name) for name in INVOICE_FIELDS}
    if own["invoice_name"]:
        return own
    home = {f"invoice_{name}": getattr(person, name) for name in HOME}
    return home | {"invoice_name": person.organisation or person.full_name}


def events_of(*, enrolment_id: UUID) -> QuerySet[EnrolmentEvent]:
    """What happened, the latest last, with who did it."""
    events = EnrolmentEvent.objects.filter(enrolment=enrolment_id)
    return events.select_related("by__person", "other").order_by("at", "id")


def wishes_in(*, meeting_id: int) -> QuerySet[Wishes]:
    """What people of a meeting want to eat or need, for who may see special data."""
    alive = Enrolment.objects.alive().filter(meeting=meeting_id)
    wishes = Wishes.objects.filter(enrolment__in=alive).select_related("enrolment")
    return wishes.order_by("enrolment__queue_number")
