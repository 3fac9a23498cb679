"""Counting places, under the lock of their meeting, and giving free ones to who waits.

Whatever changes who has a place begins with `locked` and ends with `settle` (decision 0011).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from pluc.periods import OFFER
from portal.accounts.models import User
from portal.enrolments import mails
from portal.enrolments.models import Enrolment, EnrolmentEvent, Hold
from portal.meetings.models import Meeting
from portal.meetings.policy import closes_at, is_open

State, Kind = Enrolment.State, EnrolmentEvent.Kind


def locked(*meeting_ids: int) -> dict[int, Meeting]:
    """The meetings, each locked until the transaction ends; always in the same order."""
    meetings = Meeting.objects.select_for_update(of=("self",)).order_by("pk")
    related = meetings.select_related("course", "policy", "venue__region", "region")
    return {meeting.pk: meeting for meeting in related.filter(pk__in=meeting_ids)}


def locked_with(enrolment_id: UUID) -> Enrolment:
    """The enrolment as it is now, with its meeting locked. Raises `Enrolment.DoesNotExist`."""
    meeting_id = Enrolment.objects.values_list("meeting", flat=True).get(pk=enrolment_id)
    meeting = locked(meeting_id)[meeting_id]
    enrolment = Enrolment.objects.select_related("booking", "person").get(pk=enrolment_id)
    enrolment.meeting = meeting
    return enrolment


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Who stands in a meeting, and until when places are held that nobody has yet."""

    enrolled: int
    offered: int
    held: int
    held_until: datetime | None
    waiting: int
    last_number: int

    @property
    def taken(self) -> int:
        """Places that nobody else can have now."""
        return self.enrolled + self.offered + self.held

    def with_one(self, state: str) -> "Crowd":
        """With somebody more who has a place, or waits for one."""
        if state == State.ENROLLED:
            return replace(self, enrolled=self.enrolled + 1)
        return replace(self, waiting=self.waiting + 1)


def crowd_in(meeting: Meeting, now: datetime) -> Crowd:
    """Counted, in two queries; what was held too long is cleared away on the way."""
    people = Enrolment.objects.filter(meeting=meeting).aggregate(
        enrolled=Count("pk", filter=Q(state=State.ENROLLED)),
        offered=Count("pk", filter=Q(state=State.OFFERED)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        last=Max("queue_number"),
    )
    holds = Hold.objects.filter(meeting=meeting)
    over = Q(expires_at__lte=now)
    held = holds.aggregate(
        places=Sum("places", filter=~over),
        until=Max("expires_at", filter=~over),
        over=Count("pk", filter=over),
    )
    if held["over"]:
        holds.over_at(now).delete()
    return Crowd(
        enrolled=people["enrolled"],
        offered=people["offered"],
        held=held["places"] or 0,
        held_until=held["until"],
        waiting=people["waiting"],
        last_number=people["last"] or 0,
    )


def next_number(meeting: Meeting) -> int:
    last = Enrolment.objects.filter(meeting=meeting).aggregate(n=Max("queue_number"))["n"]
    return (last or 0) + 1


def settle(meeting: Meeting, now: datetime | None = None) -> Crowd:
    """Clears away what ran out, offers what is free to the first in line, keeps the count."""
    now = now or timezone.now()
    crowd = crowd_in(meeting, now)
    if crowd.waiting and is_open(meeting, now):
        waiting = Enrolment.objects.filter(meeting=meeting).waiting_in_order()
        places = max(meeting.capacity - crowd.taken, 0)
        first = list(waiting.select_related("booking", "person")[:places])
        for enrolment in first:
            offer(enrolment, meeting, now)
        moved = len(first)
        crowd = replace(crowd, offered=crowd.offered + moved, waiting=crowd.waiting - moved)
    keep_count(meeting, crowd)
    return crowd


def keep_count(meeting: Meeting, crowd: Crowd) -> None:
    """Writes down what pages show without counting: in all, and what of it is no place yet."""
    counted = {name: getattr(crowd, name) for name in Meeting.COUNTS}
    for name, value in counted.items():
        setattr(meeting, name, value)
    Meeting.objects.filter(pk=meeting.pk).update(**counted)


def offer(enrolment: Enrolment, meeting: Meeting, now: datetime) -> None:
    """A place for one who waits, for the period `OFFER`, and never past closing."""
    enrolment.meeting = meeting
    enrolment.state = State.OFFERED
    enrolment.offered_until = min(now + OFFER, closes_at(meeting) or now + OFFER)
    enrolment.save(update_fields=["state", "offered_until"])
    write_down(enrolment, Kind.OFFERED)
    mails.offered(enrolment)


@transaction.atomic
def offer_places(*, meeting_id: int) -> None:
    """Offers what is free, for instance after the capacity was raised."""
    for meeting in locked(meeting_id).values():
        settle(meeting)


def place_deleted(instance: Enrolment, **kwargs: Any) -> None:
    """Receiver of `post_delete`: the meeting's count follows a row that goes."""
    offer_places(meeting_id=instance.meeting_id)


def write_down(
    enrolment: Enrolment,
    kind: EnrolmentEvent.Kind,
    *,
    by: User | None = None,
    is_free: bool | None = None,
    other: Enrolment | None = None,
) -> None:
    """Appends what happened, and who did it."""
    EnrolmentEvent.objects.create(
        enrolment=enrolment, kind=kind, by=by, is_free=is_free, other=other
    )
