"""Taking a place, or joining the waiting list."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person
from portal.enrolments import mails, payer_mails
from portal.enrolments.errors import (
    AlreadyEnrolled,
    AttendanceIsFinal,
    Cancelled,
    Closed,
    InvoiceMissing,
    JustFull,
    PlacesHeld,
    StaleForm,
)
from portal.enrolments.models import AskedAgain, Booking, Enrolment, EnrolmentEvent
from portal.enrolments.orders import Attendee, Order
from portal.enrolments.queries.enrolling import live_hold, own_place_in
from portal.enrolments.queries.waiting_list import next_place_in_line, place_in_line
from portal.enrolments.services.places import (
    Crowd,
    allow_above,
    crowd_in,
    keep_count,
    locked,
    write_down,
)
from portal.enrolments.services.waiting_list import lapse_over, settle
from portal.enrolments.services.wishes import keep_wishes
from portal.enrolments.settled import is_settled
from portal.meetings.deadlines import OPEN_STATES, is_open
from portal.meetings.models import Meeting

State, Kind = Enrolment.State, EnrolmentEvent.Kind


@dataclass(frozen=True, kw_only=True)
class Told:
    """What whoever sent the form is told of one of the people on it."""

    name: str
    email: str
    state: str
    # On the waiting list: how many stand before them, and themselves.
    place_in_line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A booking, and what is told of it.

    The same for somebody who was enrolled already: a stranger learns nothing of who is.
    """

    booking: Booking
    told: tuple[Told, ...]
    # Whether each of them stood in the meeting before this form came, by another one.
    all_stood: bool = False


@transaction.atomic
def enrol(*, order: Order) -> Outcome:
    """Gives each a place, in the order of the form; whoever finds none joins the waiting list.

    Sent twice, a form is one booking. Raises `Closed`, `Cancelled`, `StaleForm`, `JustFull`,
    `PlacesHeld`, `InvoiceMissing`, `AttendanceIsFinal`; `AlreadyEnrolled` for who is signed in and
    has a place.
    """
    meeting = locked(order.meeting_id)[order.meeting_id]
    now = timezone.now()
    if earlier := Booking.objects.filter(form_id=order.form_id).first():
        return Outcome(booking=earlier, told=told_again(order, earlier, meeting, now))
    if meeting.offered:  # the worker may not have come by yet
        lapse_over(meeting, now)
    refuse(order, meeting, now)
    held = give_back_hold(order, meeting, now)
    crowd = crowd_in(meeting, now)
    free = places_for(meeting, crowd, held)
    if order.because:
        free = max(free, len(order.attendees))
    if order.expects_places and free < len(order.attendees):
        raise why_no_room(order, meeting, crowd)
    booking = book(order, meeting)
    told, after = seat(order, booking, meeting, free=free, crowd=crowd)
    if order.because:
        allow_above(meeting, after)
    if crowd.waiting and after.taken < meeting.capacity:
        settle(meeting, now)
    else:  # nobody to offer anything to
        keep_count(meeting, after)
    if order.gets_overview:
        payer_mails.overview(booking)
    all_stood = not booking.enrolments.exists()
    return Outcome(booking=booking, told=told, all_stood=all_stood)


def refuse(order: Order, meeting: Meeting, now: datetime) -> None:
    """Raises the error of an order that cannot be taken: see `enrol`."""
    if meeting.is_cancelled:
        raise Cancelled
    if order.has_come and is_settled({meeting.pk}):
        raise AttendanceIsFinal
    takes = order.has_come or meeting.state in OPEN_STATES
    if not takes or not (order.as_staff or is_open(meeting, now)):
        raise Closed
    if order.price != meeting.price:
        raise StaleForm
    if meeting.is_invoiced and order.invoice is None:
        raise InvoiceMissing
    for attendee in order.attendees:
        if order.user and attendee.is_payer and has_place(order, meeting, attendee):
            raise AlreadyEnrolled


def has_place(order: Order, meeting: Meeting, attendee: Attendee) -> bool:
    """Whether somebody stands in this meeting already: by name and mailbox, or by their login."""
    own = own_record(order, attendee)
    if own and own_place_in(meeting=meeting, person_id=own):
        return True
    return Enrolment.objects.standing_in(meeting, identity=attendee.identity).exists()


def own_record(order: Order, attendee: Attendee) -> UUID | None:
    """The record of somebody who needs not be looked for: named by staff, or signed in."""
    if order.as_staff:
        return attendee.person_id
    return order.user.person_id if order.user and attendee.is_payer else None


def give_back_hold(order: Order, meeting: Meeting, now: datetime) -> int:
    """Deletes the hold of this form, if it still runs. Returns how many places it held."""
    hold = live_hold(hold_id=order.hold_id, meeting=meeting, now=now)
    if hold is None:  # one that is over is deleted where places are counted
        return 0
    hold.delete()
    return hold.places


def places_for(meeting: Meeting, crowd: Crowd, held: int) -> int:
    """How many places a form may take: those held for it, and free ones if nobody waits."""
    free = max(meeting.capacity - crowd.taken, 0)
    return min(held, free) if crowd.waiting else free


def why_no_room(order: Order, meeting: Meeting, crowd: Crowd) -> JustFull | PlacesHeld:
    """The error for too few places: `PlacesHeld` where only holds stand in the way."""
    after_holds = meeting.capacity - crowd.taken + crowd.held
    has_hope = crowd.held and not crowd.waiting and after_holds >= len(order.attendees)
    return PlacesHeld() if has_hope else JustFull()


def book(order: Order, meeting: Meeting) -> Booking:
    """Stores the booking: what was filled in, with the price and the terms of this moment."""
    invoice = order.invoice if meeting.is_invoiced else None
    address = {f"invoice_{name}": value for name, value in vars(invoice).items()} if invoice else {}
    return Booking.objects.create(
        payer=payer_of(order),
        name=order.payer_name,
        email=order.payer_email,
        reference=order.reference,
        price=meeting.price if meeting.is_invoiced else 0,
        cancelling_days=meeting.policy.cancelling_days,
        moving_days=meeting.policy.moving_days,
        substituting_days=meeting.policy.substituting_days,
        payment_days=meeting.policy.payment_days,
        vat=meeting.applied_vat,
        came_from_id=order.came_from_id,
        language=order.language,
        form_id=order.form_id,
        **address,
    )


def payer_of(order: Order) -> Person:
    if order.user and not order.as_staff:
        return order.user.person
    if attendee := paying_attendee(order):
        return record_of(attendee, order)
    first, _, last = order.payer_name.rpartition(" ")
    payer = Attendee(first_name=first, last_name=last or first, email=order.payer_email)
    return record_of(payer, order)


def paying_attendee(order: Order) -> Attendee | None:
    return next((attendee for attendee in order.attendees if attendee.is_payer), None)


def record_of(attendee: Attendee, order: Order) -> Person:
    """The record of an attendee: their own, or one without a login that they may claim later."""
    if own := own_record(order, attendee):
        return Person.objects.get(pk=own)
    source = Person.Source.BACK_OFFICE if order.as_staff else Person.Source.SELF
    known = Person.objects.with_address(attendee.email).without_login().filter(source=source)
    named = known.named(first_name=attendee.first_name, last_name=attendee.last_name)
    return named or Person.objects.create(
        first_name=attendee.first_name,
        last_name=attendee.last_name,
        email=attendee.email,
        language=order.language,
        source=source,
    )


def seat(
    order: Order, booking: Booking, meeting: Meeting, *, free: int, crowd: Crowd
) -> tuple[tuple[Told, ...], Crowd]:
    """Stores who is new, the first ones with a place, and writes to each. Returns what each is
    told, and who stands in the meeting then."""
    told = []
    line, number = crowd.waiting, crowd.last_number
    for position, attendee in enumerate(order.attendees):
        state = State.ENROLLED if free > 0 else State.WAITING
        line += state == State.WAITING
        if earlier := place_before(attendee, meeting):
            mails.already(earlier, form_id=order.form_id, booker_name=order.payer_name)
            AskedAgain.objects.create(
                booking=booking,
                enrolment=earlier,
                name=attendee.full_name,
                state=state,
                position=position,
            )
        else:
            number += 1
            new = enrolment_for(order, booking, meeting, attendee, number)
            store(order, new, state)
            if attendee.wishes:
                keep_wishes(new, attendee.wishes, consented_at=new.asked_at)
            crowd = crowd.with_one(state)
            free -= 1
        told.append(
            Told(
                name=attendee.full_name,
                email=attendee.email,
                state=state,
                place_in_line=line if state == State.WAITING else None,
            )
        )
    return tuple(told), crowd


def place_before(attendee: Attendee, meeting: Meeting) -> Enrolment | None:
    """What the same name at the same mailbox has in this meeting already."""
    found = Enrolment.objects.standing_in(meeting, identity=attendee.identity)
    earlier = found.select_related("booking", "person").first()
    if earlier:
        earlier.meeting = meeting
    return earlier


def enrolment_for(
    order: Order, booking: Booking, meeting: Meeting, attendee: Attendee, number: int
) -> Enrolment:
    """Somebody's enrolment, not stored yet."""
    is_payer = attendee is paying_attendee(order) and booking.payer is not None
    return Enrolment(
        meeting=meeting,
        person=booking.payer if is_payer else record_of(attendee, order),
        booking=booking,
        identity=attendee.identity,
        queue_number=number,
        **attendee.snapshot,
    )


def store(order: Order, enrolment: Enrolment, state: Enrolment.State) -> None:
    enrolment.state = state
    enrolment.save(force_insert=True)
    has_it = state == State.ENROLLED
    kind = Kind.ENROLLED if has_it else Kind.WAITING
    write_down(enrolment, kind, by=order.user, note=order.because if has_it else "")
    if not order.has_come:
        (mails.confirmed if has_it else mails.waiting)(enrolment)


def told_again(order: Order, booking: Booking, meeting: Meeting, now: datetime) -> tuple[Told, ...]:
    """Of a form that was sent before: what was told then, also of who had a place already.

    Raises `StaleForm` where it is not that form any more: somebody else is on it, or somebody gave
    up their place since.
    """
    if not all(has_place(order, meeting, attendee) for attendee in order.attendees):
        raise StaleForm
    made = {one.identity: one for one in booking.enrolments.alive()}
    crowd = crowd_in(meeting, now)
    has_room = meeting.capacity > crowd.taken and not crowd.waiting
    usual = State.ENROLLED if has_room else State.WAITING
    return tuple(
        told_of(attendee, made.get(attendee.identity), meeting, usual)
        for attendee in order.attendees
    )


def told_of(attendee: Attendee, made: Enrolment | None, meeting: Meeting, usual: str) -> Told:
    """What was told of one of them; of who had a place already what is told of anybody new."""
    if made:
        state, number = made.state, place_in_line(enrolment=made)
    else:
        state, number = usual, None
        if usual == State.WAITING:
            number = next_place_in_line(meeting_id=meeting.pk)
    return Told(name=attendee.full_name, email=attendee.email, state=state, place_in_line=number)
