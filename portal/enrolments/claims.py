"""What a record holds of this room, told to whoever may take it."""

from portal.accounts.models import Person
from portal.enrolments.models import Enrolment
from portal.meetings.wording import when


def describe(record: Person) -> list[str]:
    """The meetings that a record is about, so that one can tell whether it is one's own."""
    places = Enrolment.objects.filter(person=record).select_related("meeting__course")
    return [f"{one.meeting.course}, {when(one.meeting)}" for one in places.order_by("asked_at")]
