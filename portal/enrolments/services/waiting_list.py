"""Offering free places to the waiting list, in order; an offer is taken, declined, or lapses."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.enrolments import mails, payer_mails
from portal.enrolments.errors import OfferIsOver
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.queries.waiting_list import waiting_list
from portal.enrolments.services.places import (
    Crowd,
    change_state,
    crowd_in,
    keep_count,
    locked,
    locked_with,
)
from portal.meetings.deadlines import closes_at, is_open
from portal.meetings.models import Meeting

State, Kind = Enrolment.State, EnrolmentEvent.Kind


def settle(meeting: Meeting, now: datetime | None = None) -> Crowd:
    """Counts a meeting's places anew, offers free ones to the first in line, and stores the counts.

    Offers are made while enrolment is open. Returns the counts after that.
    """
    now = now or timezone.now()
    crowd = crowd_in(meeting, now)
    if crowd.waiting and is_open(meeting, now):
        waiting = waiting_list(meeting_id=meeting.pk).select_related("booking", "person")
        first = list(waiting[: max(meeting.capacity - crowd.taken, 0)])
        for enrolment in first:
            offer(enrolment, meeting, now)
        moved = len(first)
        crowd = replace(crowd, offered=crowd.offered + moved, waiting=crowd.waiting - moved)
    keep_count(meeting, crowd)
    return crowd


def offer(enrolment: Enrolment, meeting: Meeting, now: datetime) -> None:
    """Offers a place for `Enrolment.OFFER_HOURS`, but not past the closing of enrolment."""
    enrolment.meeting = meeting
    end = now + timedelta(hours=Enrolment.OFFER_HOURS)
    until = min(end, closes_at(meeting) or end)
    change_state(enrolment, State.OFFERED, Kind.OFFERED, offered_until=until)
    mails.offered(enrolment)


@transaction.atomic
def offer_places(*, meeting_id: int) -> None:
    """Offers free places, for instance after held ones ran out."""
    for meeting in locked(meeting_id).values():
        settle(meeting)


@transaction.atomic
def accept_offer(*, enrolment_id: UUID, by: User | None) -> Enrolment:
    """Takes the offered place; nothing happens the second time. Raises `OfferIsOver`."""
    enrolment = locked_with(enrolment_id)
    if enrolment.has_place:
        return enrolment
    if not enrolment.has_offer(timezone.now()):
        raise OfferIsOver
    change_state(enrolment, State.ENROLLED, Kind.ACCEPTED, by=by)
    mails.confirmed(enrolment, with_order=True)
    payer_mails.changed(enrolment, Kind.ACCEPTED)
    settle(enrolment.meeting)
    return enrolment


@transaction.atomic
def decline_offer(*, enrolment_id: UUID, by: User | None) -> None:
    """Gives the offered place to the next on the waiting list. Raises `OfferIsOver`."""
    enrolment = locked_with(enrolment_id)
    if not enrolment.has_offer(timezone.now()):
        raise OfferIsOver
    change_state(enrolment, State.CANCELLED, Kind.DECLINED, by=by, is_free=True)
    payer_mails.changed(enrolment, Kind.DECLINED)
    settle(enrolment.meeting)


def lapse_offers() -> int:
    """Task, each minute: ends offers that were not taken in time. Returns in how many meetings."""
    over = Enrolment.objects.with_offer_over(timezone.now())
    meeting_ids = set(over.values_list("meeting", flat=True))
    for meeting_id in meeting_ids:
        with transaction.atomic():
            lapse_in(meeting_id)
    return len(meeting_ids)


def lapse_in(meeting_id: int) -> None:
    meeting, now = locked(meeting_id)[meeting_id], timezone.now()
    lapse_over(meeting, now)
    settle(meeting, now)


def lapse_over(meeting: Meeting, now: datetime) -> None:
    """Ends the offers of a locked meeting that were not taken in time, and tells each."""
    over = Enrolment.objects.with_offer_over(now).filter(meeting=meeting)
    for enrolment in over.select_related("booking", "person"):
        enrolment.meeting = meeting
        change_state(enrolment, State.LAPSED, Kind.LAPSED)
        mails.lapsed(enrolment)
        payer_mails.changed(enrolment, Kind.LAPSED)


def place_deleted(instance: Enrolment, **kwargs: Any) -> None:
    """Receiver of `post_delete`: the meeting's count follows a row that goes."""
    offer_places(meeting_id=instance.meeting_id)
