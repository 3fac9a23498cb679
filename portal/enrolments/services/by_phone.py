"""Places that the back office gives to somebody on the phone."""

import uuid
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person, User
from portal.accounts.services.entering import Entered, enter_person
from portal.enrolments import mails
from portal.enrolments.errors import (
    AlreadyEnrolled,
    Cancelled,
    EnrolmentError,
    MayNotExceed,
    ReasonMissing,
)
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.orders import Attendee, InvoiceAddress, Order, TypedWishes
from portal.enrolments.permissions import may_exceed
from portal.enrolments.queries.enrolling import own_place_in
from portal.enrolments.services.enrolling import enrol
from portal.enrolments.services.places import allow_above, change_state, crowd_in, locked_with
from portal.enrolments.services.waiting_list import settle
from portal.enrolments.services.wishes import set_wishes
from portal.meetings.models import Meeting

State, Kind = Enrolment.State, EnrolmentEvent.Kind


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a colleague fills in about a place: `because` asks for a place where there is none, and
    says why; `may_wait` for one on the waiting list then."""

    meeting: Meeting
    invoice: InvoiceAddress | None = None
    reference: str = ""
    may_wait: bool = False
    because: str = ""
    wishes: TypedWishes | None = None
    # They were there without a place: see `Order.has_come`.
    has_come: bool = False


@transaction.atomic
def enrol_by_phone(*, person: Person, call: Call, by: User) -> Enrolment:
    """Enrols a known person. Who waits already gets a place, where the call says why.

    Raises what `enrol` does: `JustFull` and `PlacesHeld` where the call says neither that they may
    wait nor why they get a place; and `MayNotExceed`.
    """
    if call.because and not may_exceed(by):
        raise MayNotExceed
    earlier = own_place_in(meeting=call.meeting, person_id=person.pk)
    if earlier and call.because and not earlier.has_place:
        given = give_place(enrolment_id=earlier.pk, because=call.because, by=by)
        if call.wishes:
            set_wishes(enrolment_id=given.pk, wishes=call.wishes)
        return given
    if earlier:
        raise AlreadyEnrolled
    return enrol(order=order_of(person, call, by)).booking.enrolments.get()


@transaction.atomic
def enrol_somebody_new(*, entered: Entered, call: Call, by: User) -> Enrolment:
    """Enters a person and enrols them, or neither: see `enrol_by_phone`."""
    return enrol_by_phone(person=enter_person(entered=entered), call=call, by=by)


def order_of(person: Person, call: Call, by: User) -> Order:
    """The form that somebody would have sent who called instead."""
    attendee = Attendee(
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        organisation=person.organisation,
        titles=person.titles_in_short,
        is_payer=True,
        person_id=person.pk,
        wishes=call.wishes,
    )
    return Order(
        meeting_id=call.meeting.pk,
        attendees=(attendee,),
        payer_name=person.full_name,
        payer_email=person.email,
        price=call.meeting.price,
        language=person.language,
        form_id=uuid.uuid4(),
        invoice=call.invoice,
        reference=call.reference,
        expects_places=not (call.may_wait or call.because),
        user=by,
        as_staff=True,
        because=call.because,
        has_come=call.has_come,
    )


@transaction.atomic
def give_place(*, enrolment_id: UUID, because: str, by: User) -> Enrolment:
    """Gives who waits, or was offered one, a place: before others in line, or above capacity.

    Raises `ReasonMissing`, `MayNotExceed`, `Cancelled`, and `EnrolmentError` for who does not wait.
    """
    if not because.strip():
        raise ReasonMissing
    if not may_exceed(by):
        raise MayNotExceed
    enrolment = locked_with(enrolment_id)
    if enrolment.meeting.is_cancelled:
        raise Cancelled
    if enrolment.state not in (State.WAITING, State.OFFERED):
        raise EnrolmentError
    change_state(enrolment, State.ENROLLED, Kind.GIVEN, by=by, note=because.strip())
    mails.confirmed(enrolment)
    allow_above(enrolment.meeting, crowd_in(enrolment.meeting, timezone.now()))
    settle(enrolment.meeting)
    return enrolment
