"""Giving up a place, taking another date, sending somebody else."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person, User
from portal.enrolments import mails
from portal.enrolments.errors import CannotReplace, NoPlace, PlacesHeld, TooLate
from portal.enrolments.identity import identity_of
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.orders import Attendee, Order
from portal.enrolments.queries.terms import Terms, can_cancel, can_move, can_substitute
from portal.enrolments.services.enrolling import identity_for, record_of
from portal.enrolments.services.places import (
    locked,
    locked_with,
    next_number,
    settle,
    write_down,
)
from portal.meetings.models import Meeting
from portal.meetings.policy import OPEN_STATES, is_open

State, Kind = Enrolment.State, EnrolmentEvent.Kind
SNAPSHOT = ("first_name", "last_name", "email", "organisation", "titles")


@transaction.atomic
def cancel(*, enrolment_id: UUID, by: User | None, as_staff: bool = False) -> Enrolment:
    """Gives up a place, an offer, or a place in line. Raises `TooLate` once it has begun.

    Staff may always; what they cancel is free of charge.
    """
    enrolment = locked_with(enrolment_id)
    terms = can_cancel(enrolment, timezone.now())
    if not (terms.allowed or (as_staff and enrolment.state in Enrolment.ALIVE)):
        raise TooLate
    had_place, is_free = enrolment.state == State.ENROLLED, as_staff or terms.is_free
    end(enrolment, Kind.CANCELLED, by=by, is_free=is_free)
    mails.cancelled(enrolment, is_free=is_free, had_place=had_place)
    settle(enrolment.meeting)
    return enrolment


def end(
    enrolment: Enrolment,
    kind: EnrolmentEvent.Kind,
    *,
    by: User | None,
    is_free: bool,
    other: Enrolment | None = None,
) -> None:
    enrolment.state, enrolment.offered_until = State.CANCELLED, None
    enrolment.save(update_fields=["state", "offered_until"])
    write_down(enrolment, kind, by=by, is_free=is_free, other=other)


@transaction.atomic
def move(
    *, enrolment_id: UUID, to_meeting_id: int, by: User | None, as_staff: bool = False
) -> Enrolment:
    """The same person on another date of the same course. Returns the new enrolment.

    Raises `TooLate`, `PlacesHeld`, and `NoPlace` where the other meeting has none, is closed, or is
    another course's.
    """
    now = timezone.now()
    from_id = Enrolment.objects.values_list("meeting", flat=True).get(pk=enrolment_id)
    meetings = locked(from_id, to_meeting_id)
    old = Enrolment.objects.select_related("booking", "person").get(pk=enrolment_id)
    old.meeting = meetings[from_id]
    check(old, can_move(old, now), now, as_staff=as_staff)
    destination = meetings.get(to_meeting_id)
    if destination is None or not has_room_for(old, destination, now, as_staff=as_staff):
        raise PlacesHeld if destination and destination.is_held else NoPlace
    new = successor(old, destination, {name: getattr(old, name) for name in SNAPSHOT})
    hand_on(old, new, (Kind.MOVED_AWAY, Kind.MOVED_HERE), by)
    mails.moved(old, new)
    for meeting in meetings.values():
        settle(meeting, now)
    return new


def check(enrolment: Enrolment, terms: Terms, now: datetime, *, as_staff: bool) -> None:
    """Raises `TooLate` where neither the terms nor being staff allow a change."""
    by_hand = as_staff and enrolment.state == State.ENROLLED
    if not (terms.allowed or (by_hand and not enrolment.meeting.has_begun(now))):
        raise TooLate


def has_room_for(old: Enrolment, destination: Meeting, now: datetime, *, as_staff: bool) -> bool:
    if destination.course_id != old.meeting.course_id or destination.pk == old.meeting_id:
        return False
    settle(destination, now)
    fits = destination.left > 0 and not destination.waiting
    takes = destination.state in OPEN_STATES and not destination.has_begun(now)
    again = Enrolment.objects.alive().filter(meeting=destination, identity=old.identity)
    if not as_staff:
        takes = is_open(destination, now) and destination.price == old.booking.price
    return fits and takes and not again.exists()


def successor(old: Enrolment, meeting: Meeting, snapshot: dict[str, str]) -> Enrolment:
    """Who comes after: in the same booking, with a number of their own. Not stored yet."""
    names = {name: snapshot[name] for name in ("first_name", "last_name", "email")}
    return Enrolment(
        meeting=meeting,
        person=old.person,
        booking=old.booking,
        queue_number=next_number(meeting),
        identity=identity_of(**names),
        **snapshot,
    )


def hand_on(
    old: Enrolment,
    new: Enrolment,
    kinds: tuple[EnrolmentEvent.Kind, EnrolmentEvent.Kind],
    by: User | None,
) -> None:
    """The new one takes the place, the old one gives it up; each points at the other."""
    old.state = State.CANCELLED
    old.save(update_fields=["state"])
    new.save(force_insert=True)
    write_down(old, kinds[0], by=by, is_free=True, other=new)
    write_down(new, kinds[1], by=by, other=old)


@transaction.atomic
def substitute(
    *, enrolment_id: UUID, attendee: Attendee, by: User | None, as_staff: bool = False
) -> Enrolment:
    """Somebody else comes instead. Returns their enrolment. Raises `TooLate`, `CannotReplace`."""
    now = timezone.now()
    old = locked_with(enrolment_id)
    check(old, can_substitute(old, now), now, as_staff=as_staff)
    others = Enrolment.objects.alive().filter(meeting=old.meeting).exclude(pk=old.pk)
    if others.filter(identity=identity_for(attendee)).exists() or is_same(old, attendee):
        raise CannotReplace
    snapshot = {name: getattr(attendee, name) for name in SNAPSHOT}
    new = successor(old, old.meeting, snapshot)
    new.person = record_of(attendee, order_like(old, attendee, as_staff=as_staff))
    hand_on(old, new, (Kind.REPLACED, Kind.REPLACES), by)
    mails.replaced(old, new)
    mails.confirmed(new)
    settle(old.meeting, now)
    return new


def is_same(old: Enrolment, attendee: Attendee) -> bool:
    return old.identity == identity_for(attendee)


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
    for name in SNAPSHOT:
        setattr(enrolment, name, getattr(attendee, name))
    enrolment.identity = identity_for(attendee)
    same = Enrolment.objects.alive().filter(meeting=enrolment.meeting, identity=enrolment.identity)
    if same.exclude(pk=enrolment.pk).exists():
        raise CannotReplace
    enrolment.person = corrected_record(enrolment, attendee)
    enrolment.save(update_fields=[*SNAPSHOT, "identity", "person"])
    write_down(enrolment, Kind.CORRECTED, by=by)
    return enrolment


def corrected_record(enrolment: Enrolment, attendee: Attendee) -> Person:
    """Whose place it is by now. A record without a login follows: its mailbox is who may claim it.

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
def mark_absent(*, enrolment_ids: Iterable[UUID], was_absent: bool | None, by: User | None) -> int:
    """Notes who did not come. Only of meetings that have begun. Returns how many were changed."""
    found = Enrolment.objects.filter(
        pk__in=list(enrolment_ids), state=State.ENROLLED, meeting__starts_at__lte=timezone.now()
    )
    changed = [one for one in found if one.was_absent is not was_absent]
    kind = Kind.ABSENT if was_absent else Kind.PRESENT
    for enrolment in changed:
        enrolment.was_absent = was_absent
        write_down(enrolment, kind, by=by)
    Enrolment.objects.bulk_update(changed, ["was_absent"])
    return len(changed)
