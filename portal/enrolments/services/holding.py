"""Keeping places free while somebody fills in the form."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pluc.periods import HOLD
from portal.enrolments.models import Hold
from portal.enrolments.services.places import keep_count, locked
from portal.enrolments.services.waiting_list import settle
from portal.meetings.deadlines import is_open


@transaction.atomic
def hold_places(*, meeting_id: int, places: int = 1, hold_id: UUID | None = None) -> Hold | None:
    """Keeps places free for the period `HOLD`. `None` where there are not that many.

    With the id of a hold that still runs, its number of places changes and its end does not. Nobody
    gets ahead of who waits.
    """
    now = timezone.now()
    meeting = locked(meeting_id).get(meeting_id)
    if meeting is None or not is_open(meeting, now):
        return None
    crowd = settle(meeting, now)
    hold = Hold.objects.filter(pk=hold_id, meeting=meeting).first() if hold_id else None
    more = places - (hold.places if hold else 0)
    if more > 0 and (more > meeting.left or crowd.waiting):
        return None
    hold = hold or Hold(meeting=meeting, expires_at=now + HOLD)
    hold.places = places
    hold.save()
    until = max(crowd.held_until or hold.expires_at, hold.expires_at)
    keep_count(meeting, replace(crowd, held=crowd.held + more, held_until=until))
    return hold


def release_holds() -> int:
    """Task, each minute: frees places of forms that nobody sent. Returns in how many meetings.

    A hold that ends later than one can was made while the clock was wrong.
    """
    now = timezone.now()
    Hold.objects.filter(expires_at__gt=now + HOLD).update(expires_at=now + HOLD)
    over = Hold.objects.over_at(now)
    meeting_ids = set(over.values_list("meeting", flat=True))
    for meeting_id in meeting_ids:
        with transaction.atomic():
            settle(locked(meeting_id)[meeting_id])
    return len(meeting_ids)
