"""Counting the places of a meeting, under a lock on its row (decision 0011).

Whatever changes who has a place begins with `locked` or `locked_with`, and ends with
`waiting_list.settle`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from portal.accounts.models import User
from portal.enrolments.models import Enrolment, EnrolmentEvent, Hold, Wishes
from portal.meetings.models import Meeting

State = Enrolment.State


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
    """How many people and held places a meeting has; the last hold ends at `held_until`."""

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
    """Counts people and holds, in two queries, and deletes holds that are over."""
    people = Enrolment.objects.filter(meeting=meeting).aggregate(
        enrolled=Count("pk", filter=Q(state=State.ENROLLED)),
        offered=Count("pk", filter=Q(state=State.OFFERED)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        last=Max("queue_number"),
    )
    holds = Hold.objects.filter(meeting=meeting)
    over = Hold.is_over(now)
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


def keep_count(meeting: Meeting, crowd: Crowd) -> None:
    """Stores the counts that pages show on the meeting's row (`Meeting.COUNTS`)."""
    counted = {name: getattr(crowd, name) for name in Meeting.COUNTS}
    counted["above"] = min(meeting.above, max(crowd.taken - meeting.capacity, 0))
    for name, value in counted.items():
        setattr(meeting, name, value)
    Meeting.objects.filter(pk=meeting.pk).update(**counted)


def allow_above(meeting: Meeting, crowd: Crowd) -> None:
    """Lets a meeting have this crowd, also where it is more than its capacity. Stored with the
    next count, which also takes it back as places come free."""
    meeting.above = max(crowd.taken - meeting.capacity, 0)


def change_state(
    enrolment: Enrolment,
    state: Enrolment.State,
    kind: EnrolmentEvent.Kind,
    *,
    offered_until: datetime | None = None,
    by: User | None = None,
    is_free: bool | None = None,
    other: Enrolment | None = None,
    note: str = "",
) -> None:
    """Stores a state, with the end of an offer where it is one, and appends the event."""
    enrolment.state, enrolment.offered_until = state, offered_until
    enrolment.save(update_fields=["state", "offered_until"])
    if state not in Enrolment.ALIVE:
        forget_wishes(enrolment)
    write_down(enrolment, kind, by=by, is_free=is_free, other=other, note=note)


def forget_wishes(*enrolments: Enrolment) -> None:
    """Deletes wishes of places that were given up: nobody has a use for them any more."""
    Wishes.objects.filter(enrolment__in=[one.pk for one in enrolments]).delete()


def write_down(
    enrolment: Enrolment,
    kind: EnrolmentEvent.Kind,
    *,
    by: User | None = None,
    is_free: bool | None = None,
    other: Enrolment | None = None,
    by_payer: bool = False,
    note: str = "",
) -> None:
    """Appends an event to an enrolment."""
    EnrolmentEvent.objects.create(
        enrolment=enrolment,
        kind=kind,
        by=by,
        is_free=is_free,
        other=other,
        by_payer=by_payer,
        note=note,
    )
