"""What joins somebody's own data when they take a record: places, and what they paid for."""

from portal.accounts.models import Person
from portal.enrolments.models import Booking, Enrolment
from portal.meetings.wording import when


def move(record: Person, person: Person) -> None:
    Enrolment.objects.filter(person=record).update(person=person)
    Booking.objects.filter(payer=record).update(payer=person)


def describe(record: Person) -> list[str]:
    """The meetings that a record is about, so that one can tell whether it is one's own."""
    places = Enrolment.objects.filter(person=record).select_related("meeting__course")
    return [f"{one.meeting.course}, {when(one.meeting)}" for one in places.order_by("asked_at")]
