"""What a payer does with a line of their order that stands for a place of another form.

Seen from their page it is a place like any other (`models.AskedAgain`); the other form's place is
never touched.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.enrolments import mails, payer_mails
from portal.enrolments.errors import CannotReplace, TooLate
from portal.enrolments.models import AskedAgain, Booking, Enrolment, EnrolmentEvent
from portal.enrolments.orders import Attendee
from portal.enrolments.queries.orders import Line, Ordered, order_of
from portal.enrolments.services.changing import order_like
from portal.enrolments.services.enrolling import record_of
from portal.enrolments.services.places import crowd_in, locked, next_number, write_down
from portal.enrolments.services.waiting_list import settle

State, Kind = Enrolment.State, EnrolmentEvent.Kind


@transaction.atomic
def cancel_asked_again(*, asked_id: UUID) -> None:
    """Cancels the line, on the terms of a place. Raises `TooLate`."""
    row, _, line = locked_line(asked_id)
    terms = line.cancelling(timezone.now())
    if not terms.allowed:
        raise TooLate
    had_place = line.has_place
    row.state, row.is_free = State.CANCELLED, terms.is_free
    row.save(update_fields=["state", "is_free"])
    order, line = ordered(row)
    payer_mails.asked_again_cancelled(order, line, had_place=had_place)


@transaction.atomic
def replace_asked_again(*, asked_id: UUID, attendee: Attendee, by: User | None) -> Enrolment:
    """Gives somebody else a place of their own, where there is one. The line ends.

    Raises `TooLate`, and `CannotReplace` where no place is free or they have one already.
    """
    now = timezone.now()
    row, order, line = locked_line(asked_id)
    if not line.substituting(now).allowed:
        raise TooLate
    meeting = order.meeting
    crowd = crowd_in(meeting, now)
    has_room = crowd.taken < meeting.capacity and not crowd.waiting
    if not has_room or Enrolment.objects.standing_in(meeting, identity=attendee.identity).exists():
        raise CannotReplace
    new = Enrolment(
        meeting=meeting,
        booking=order.booking,
        queue_number=next_number(meeting),
        identity=attendee.identity,
        **attendee.snapshot,
    )
    new.person = record_of(attendee, order_like(new, attendee, as_staff=False))
    new.save(force_insert=True)
    write_down(new, Kind.ENROLLED, by=by, by_payer=True)
    row.delete()
    mails.confirmed(new, instead_of=line.name, with_order=True)
    payer_mails.changed(new, Kind.REPLACES)
    settle(meeting, now)
    return new


def locked_line(asked_id: UUID) -> tuple[AskedAgain, Ordered, Line]:
    """The line as it is now, with its meeting locked. Raises `AskedAgain.DoesNotExist`."""
    row = AskedAgain.objects.select_related("enrolment").get(pk=asked_id)
    meetings = locked(row.enrolment.meeting_id)
    row.refresh_from_db(fields=["state"])
    order, line = ordered(row)
    line.place.meeting = meetings[row.enrolment.meeting_id]
    return row, order, line


def ordered(row: AskedAgain) -> tuple[Ordered, Line]:
    """The order that a line belongs to, and the line in it."""
    order = order_of(Booking.objects.get(pk=row.booking_id))
    if order and (line := order.line_with(row.pk.hex)):
        return order, line
    raise TooLate
