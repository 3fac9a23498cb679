"""What tests do to enrol somebody, and the sum that must always be right."""

import uuid
from collections import Counter
from typing import Any

from django.db.models import Max, Sum

from portal.enrolments import services
from portal.enrolments.models import Enrolment, Hold
from portal.enrolments.orders import Attendee, InvoiceAddress, Order
from portal.meetings.models import Meeting

ADDRESS = InvoiceAddress(
    name="Perenhof B.V.", street="Perenlaan 1", postal_code="3511 AB", city="Utrecht"
)


def attendee(number: int = 1, **fields: Any) -> Attendee:
    """A guest with a number."""
    plain = {
        "first_name": "Guus",
        "last_name": f"Gast {number}",
        "email": f"guus{number}@kantoor.example",
        "is_payer": True,
    }
    return Attendee(**plain | fields)


def order_for(meeting: Meeting, *attendees: Attendee, **fields: Any) -> Order:
    """A form for one guest, or for those named; the first of them pays."""
    people = attendees or (attendee(),)
    plain = {
        "meeting_id": meeting.pk,
        "attendees": people,
        "payer_name": people[0].full_name,
        "payer_email": people[0].email,
        "price": meeting.price,
        "language": "nl",
        "form_id": uuid.uuid4(),
        "invoice": ADDRESS if meeting.price else None,
    }
    return Order(**plain | fields)


def enrol(meeting: Meeting, *attendees: Attendee, **fields: Any) -> list[Enrolment]:
    """The enrolments that a form made, in order."""
    outcome = services.enrol(order=order_for(meeting, *attendees, **fields))
    return list(outcome.booking.enrolments.order_by("queue_number"))


def enrol_number(meeting: Meeting, number: int) -> Enrolment:
    return enrol(meeting, attendee(number))[0]


def states_in(meeting: Meeting) -> list[str]:
    """In the order in which people asked."""
    people = Enrolment.objects.filter(meeting=meeting).order_by("queue_number")
    return list(people.values_list("state", flat=True))


def assert_adds_up(meeting: Meeting) -> None:
    """What is counted is what there is, and never more than fits; nobody is offered out of turn."""
    meeting.refresh_from_db()
    people = Enrolment.objects.filter(meeting=meeting)
    holds = Hold.objects.filter(meeting=meeting).aggregate(n=Sum("places"), until=Max("expires_at"))
    held = holds["n"] or 0
    assert meeting.taken == people.filter(state__in=Enrolment.TAKING).count() + held
    states = Counter(people.values_list("state", flat=True))
    assert meeting.enrolled == states[Enrolment.State.ENROLLED]
    assert meeting.offered == states[Enrolment.State.OFFERED]
    assert meeting.waiting == states[Enrolment.State.WAITING]
    assert (meeting.held, meeting.held_until) == (held, holds["until"])
    assert meeting.taken <= meeting.capacity
    waiting = people.filter(state=Enrolment.State.WAITING).order_by("queue_number").first()
    offered = people.filter(state=Enrolment.State.OFFERED).order_by("queue_number").last()
    if waiting and offered:
        assert offered.queue_number < waiting.queue_number
