"""Moving to another date, sending somebody else, putting details right, noting who was absent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pluc.outbox.telling import BY_MAIL, Telling
from portal.accounts.models import Person, User
from portal.enrolments import mails, payer_mails
from portal.enrolments.agreements import is_payers_mailbox
from portal.enrolments.errors import (
    AttendanceIsFinal,
    CannotReplace,
    NoPlace,
    PlacesHeld,
    ThereAlready,
    TooLate,
)
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.orders import SNAPSHOT, Attendee, Order
from portal.enrolments.queries.deadlines import Terms, can_move, can_substitute
from portal.enrolments.services.enrolling import record_of
from portal.enrolments.services.places import (
    forget_wishes,
    locked,
    locked_with,
    next_number,
    write_down,
)
from portal.enrolments.services.waiting_list import settle
from portal.enrolments.services.wishes import carry_wishes
from portal.enrolments.settled import is_settled
from portal.meetings.deadlines import OPEN_STATES, is_open
from portal.meetings.models import Meeting

State, Kind = Enrolment.State, EnrolmentEvent.Kind


@transaction.atomic
def move(
    *,
    enrolment_id: UUID,
    to_meeting_id: int,
    by: User | None,
    as_staff: bool = False,
    telling: Telling = BY_MAIL,
) -> Enrolment:
    """Moves somebody to another date of the same course. Returns the new enrolment.

    Raises `TooLate`, `ThereAlready`, `PlacesHeld`, and `NoPlace` where the other meeting has none,
    is closed, or is another course's.
    """
    now = timezone.now()
    from_id = Enrolment.objects.values_list("meeting", flat=True).get(pk=enrolment_id)
    meetings = locked(from_id, to_meeting_id)
    old = Enrolment.objects.select_related("booking", "person").get(pk=enrolment_id)
    old.meeting = meetings[from_id]
    check(old, can_move(old, now), now, as_staff=as_staff)
    destination = meetings.get(to_meeting_id)
    if destination and is_there(old, destination):
        raise ThereAlready
    if destination is None or not has_room_for(old, destination, now, as_staff=as_staff):
        raise PlacesHeld if destination and destination.is_held else NoPlace
    snapshot = {name: getattr(old, name) for name in SNAPSHOT}
    new = successor(old, destination, snapshot, identity=old.identity)
    hand_on(old, new, (Kind.MOVED_AWAY, Kind.MOVED_HERE), by)
    carry_wishes(old, new)
    if telling.by_mail:
        mails.moved(old, new, telling=telling)
        payer_mails.changed(new, Kind.MOVED_HERE, telling=telling)
    for meeting in meetings.values():
        settle(meeting, now)
    return new


def check(enrolment: Enrolment, terms: Terms, now: datetime, *, as_staff: bool) -> None:
    """Raises `TooLate` where neither the terms nor being staff allow a change."""
    by_hand = as_staff and enrolment.has_place
    if not (terms.allowed or (by_hand and not enrolment.meeting.has_begun(now))):
        raise TooLate


def is_there(old: Enrolment, destination: Meeting) -> bool:
    """Whether whoever would be moved stands in that meeting already."""
    again = Enrolment.objects.standing_in(destination, identity=old.identity)
    return destination.pk != old.meeting_id and again.exists()


def has_room_for(old: Enrolment, destination: Meeting, now: datetime, *, as_staff: bool) -> bool:
    if destination.course_id != old.meeting.course_id or destination.pk == old.meeting_id:
        return False
    settle(destination, now)
    fits = destination.left > 0 and not destination.waiting
    takes = destination.state in OPEN_STATES and not destination.has_begun(now)
    if not as_staff:
        takes = is_open(destination, now) and destination.price == old.meeting.price
    return fits and takes


def successor(
    old: Enrolment, meeting: Meeting, snapshot: dict[str, str], *, identity: str
) -> Enrolment:
    """The enrolment that takes over from `old`, in the same booking. Not stored yet."""
    return Enrolment(
        meeting=meeting,
        person=old.person,
        booking=old.booking,
        queue_number=next_number(meeting),
        identity=identity,
        **snapshot,
    )


def hand_on(
    old: Enrolment,
    new: Enrolment,
    kinds: tuple[EnrolmentEvent.Kind, EnrolmentEvent.Kind],
    by: User | None,
    *,
    by_payer: bool = False,
) -> None:
    """Cancels `old` and stores `new`; `kinds` are the events of the two, which name each other."""
    old.state = State.CANCELLED
    old.save(update_fields=["state"])
    new.save(force_insert=True)
    write_down(old, kinds[0], by=by, is_free=True, other=new, by_payer=by_payer)
    write_down(new, kinds[1], by=by, other=old, by_payer=by_payer)


@transaction.atomic
def substitute(
    *,
    enrolment_id: UUID,
    attendee: Attendee,
    by: User | None,
    as_staff: bool = False,
    by_payer: bool = False,
    has_come: bool = False,
    telling: Telling = BY_MAIL,
) -> Enrolment:
    """Lets somebody else come. Returns their enrolment. Raises `TooLate`, `CannotReplace`.

    `by_payer`: on the order page, which names them from then on. `has_come`: they were there, so
    the back office notes it once the meeting has begun, until its attendance is final
    (`AttendanceIsFinal`).
    """
    now = timezone.now()
    old = locked_with(enrolment_id)
    if has_come:
        check_place_of_walk_in(old)
    else:
        check(old, can_substitute(old, now), now, as_staff=as_staff)
    if Enrolment.objects.standing_in(old.meeting, identity=attendee.identity).exists():
        raise CannotReplace
    new = successor(old, old.meeting, attendee.snapshot, identity=attendee.identity)
    new.person = record_of(attendee, order_like(old, attendee, as_staff=as_staff))
    hand_on(old, new, (Kind.REPLACED, Kind.REPLACES), by, by_payer=by_payer)
    forget_wishes(old)
    if telling.by_mail:
        mails.replaced(old, new, telling=telling)
        mails.confirmed(new, instead_of=old.full_name, with_order=not is_payers_mailbox(old))
        payer_mails.changed(new, Kind.REPLACES, instead_of=old, telling=telling)
    settle(old.meeting, now)
    return new


def check_place_of_walk_in(old: Enrolment) -> None:
    """Raises where nobody can have come in the place of somebody."""
    if is_settled({old.meeting_id}):
        raise AttendanceIsFinal
    if not old.has_place or old.meeting.is_cancelled:
        raise TooLate


def order_like(old: Enrolment, attendee: Attendee, *, as_staff: bool) -> Order:
    """The form that a substitute would have sent."""
    return Order(
        meeting_id=old.meeting_id,
        attendees=(attendee,),
        payer_name=old.booking.name,
        payer_email=old.booking.email,
        price=old.booking.price,
        language=old.booking.language,
        form_id=old.booking.form_id,
        as_staff=as_staff,
    )


@transaction.atomic
def correct(*, enrolment_id: UUID, attendee: Attendee, by: User | None) -> Enrolment:
    """Puts a name, address, organisation or title right, as they stand on list and certificate."""
    enrolment = locked_with(enrolment_id)
    for name, value in attendee.snapshot.items():
        setattr(enrolment, name, value)
    enrolment.identity = replace(attendee, person_id=enrolment.person_id).identity
    same = Enrolment.objects.standing_in(enrolment.meeting, identity=enrolment.identity)
    if same.exclude(pk=enrolment.pk).exists():
        raise CannotReplace
    enrolment.person = corrected_record(enrolment, attendee)
    enrolment.save(update_fields=[*SNAPSHOT, "identity", "person"])
    write_down(enrolment, Kind.CORRECTED, by=by)
    return enrolment


def corrected_record(enrolment: Enrolment, attendee: Attendee) -> Person:
    """The record that a corrected place belongs to. One without a login is corrected along with it.

    Where it has other places too, those stay as they are, and this one gets a record of its own.
    """
    record = enrolment.person
    if record.has_login:
        return record
    if Enrolment.objects.filter(person=record).exclude(pk=enrolment.pk).exists():
        return record_of(attendee, order_like(enrolment, attendee, as_staff=True))
    for name in ("first_name", "last_name", "email"):
        setattr(record, name, getattr(attendee, name))
    record.save(update_fields=["first_name", "last_name", "email"])
    return record


@transaction.atomic
def write_note(*, enrolment_id: UUID, text: str, by: User) -> None:
    """Adds what a colleague wants to remember of a place to its history."""
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    write_down(enrolment, Kind.NOTE, by=by, note=text)


@transaction.atomic
def mark_absent(*, enrolment_ids: Iterable[UUID], was_absent: bool | None, by: User | None) -> int:
    """Notes who did not come. Only of meetings that have begun. Returns how many were changed.

    In a constant number of statements. Raises `AttendanceIsFinal`.
    """
    places = Enrolment.objects.begun(timezone.now()).filter(pk__in=list(enrolment_ids))
    changed = [one for one in places if one.was_absent is not was_absent]
    if is_settled({one.meeting_id for one in changed}):
        raise AttendanceIsFinal
    kind = Kind.ABSENT if was_absent else Kind.PRESENT
    Enrolment.objects.filter(pk__in=[one.pk for one in changed]).update(was_absent=was_absent)
    EnrolmentEvent.objects.bulk_create(
        EnrolmentEvent(enrolment=one, kind=kind, by=by) for one in changed
    )
    return len(changed)
