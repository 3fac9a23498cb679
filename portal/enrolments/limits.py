"""What enrolling counts against the limits: people and recipients, not forms (docs/limits.md)."""

from collections.abc import Iterable

from django.http import HttpRequest

from pluc.counting import Deed, Refusal, count, network_of
from pluc.mailboxes import mailboxes_in
from portal.enrolments.models import Booking, Enrolment
from portal.enrolments.orders import Order
from portal.meetings.models import Meeting


def may_hold(request: HttpRequest, *, meeting: Meeting, places: int) -> bool:
    """Counts places that are to be held. `False` where a limit is reached: then none is held."""
    here = {in_meeting(request, meeting.pk): places}
    deeds = Deed(name="hold", cost=places), Deed(name="hold_in_meeting", keys=here)
    return count(request, *deeds) is None


def in_meeting(request: HttpRequest, meeting_id: int) -> str:
    """The key under which a limit per network and meeting counts."""
    return f"{network_of(request)} in {meeting_id}"


def deeds_of(request: HttpRequest, order: Order, *, by: str = "") -> list[Deed]:
    """What an order counts as. The same form, sent twice, counts once.

    `by` is who vouches for the people on it where nobody is signed in: a partner's token.
    """
    mark = order.form_id.hex
    deeds = [
        Deed(name="enrol", cost=len(order.attendees), mark=mark),
        Deed(name="named", keys=mailboxes_in(order.recipients), mark=mark),
    ]
    if unproven := order.unproven:
        here = {in_meeting(request, order.meeting_id): unproven}
        voucher = by or (f"user {order.user.pk}" if order.user else "")
        if not voucher:
            return [*deeds, Deed(name="unproven", keys=here, mark=mark)]
        own = {f"{voucher} in {order.meeting_id}": unproven}
        deeds.append(Deed(name="vouched", keys=here | own, mark=mark))
    return deeds


def refusal_of_change(
    request: HttpRequest, enrolment: Enrolment, *, told: Iterable[str]
) -> Refusal | None:
    """Counts a change to a place and the addresses in `told`; returns the refusal, if any."""
    return refusal_of_order(request, enrolment.booking, told=told)


def refusal_of_order(
    request: HttpRequest, booking: Booking, *, told: Iterable[str]
) -> Refusal | None:
    """The same, of a change to what a payer ordered: one count a booking for all its links."""
    place = Deed(name="place", keys={str(booking.pk): 1})
    return count(request, place, Deed(name="named", keys=mailboxes_in(told)))
