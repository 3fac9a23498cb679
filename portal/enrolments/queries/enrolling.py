"""What somebody who enrols may know: of the meeting, of their own hold, of what they booked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.enrolments.identity import identity_of
from portal.enrolments.models import Enrolment, Hold
from portal.meetings.models import Meeting


def meeting_to_enrol_in(*, code: str) -> Meeting | None:
    """A meeting of the public offer, open or not; no other can be enrolled in by address."""
    return Meeting.objects.public().with_facts().filter(code=code).first()


def live_hold(*, hold_id: UUID | None, meeting: Meeting, now: datetime) -> Hold | None:
    """The places that are still kept under an id."""
    if hold_id is None:
        return None
    return Hold.objects.live_at(now).filter(pk=hold_id, meeting=meeting).first()


def has_stale_holds(*, meeting: Meeting, now: datetime) -> bool:
    """Whether places are still counted as held whose time is over."""
    return meeting.held > 0 and Hold.objects.over_at(now).filter(meeting=meeting).exists()


def own_place_in(*, meeting: Meeting, person_id: UUID) -> Enrolment | None:
    """The place, the offer or the spot on the list that somebody has in a meeting.

    An offer that was not taken in time is none any more, also before the worker has come by.
    """
    own = Enrolment.objects.alive().filter(meeting=meeting, person=person_id)
    return own.exclude(state=Enrolment.State.OFFERED, offered_until__lte=timezone.now()).first()


def who_stands(*, meeting: Meeting, told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of whom a browser was told, by name and address, who stand in a meeting now."""
    identities = [
        identity_of(first_name=one["name"], last_name="", email=one["email"]) for one in told
    ]
    alive = Enrolment.objects.alive().filter(meeting=meeting, identity__in=identities)
    found = set(alive.values_list("identity", flat=True))
    return [one for one, identity in zip(told, identities, strict=True) if identity in found]
