"""A place that was offered: taken, declined, or passed on."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.enrolments import mails
from portal.enrolments.errors import OfferIsOver
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.services.places import change_state, locked, locked_with, settle

State, Kind = Enrolment.State, EnrolmentEvent.Kind


@transaction.atomic
def accept_offer(*, enrolment_id: UUID, by: User | None) -> Enrolment:
    """Takes the place. Twice is once. Raises `OfferIsOver`."""
    enrolment = locked_with(enrolment_id)
    if enrolment.has_place:
        return enrolment
    if not enrolment.has_offer(timezone.now()):
        raise OfferIsOver
    change_state(enrolment, State.ENROLLED, Kind.ACCEPTED, by=by)
    mails.confirmed(enrolment)
    settle(enrolment.meeting)
    return enrolment


@transaction.atomic
def decline_offer(*, enrolment_id: UUID, by: User | None) -> None:
    """Leaves the place to the next in line. Raises `OfferIsOver`."""
    enrolment = locked_with(enrolment_id)
    if not enrolment.has_offer(timezone.now()):
        raise OfferIsOver
    change_state(enrolment, State.CANCELLED, Kind.DECLINED, by=by, is_free=True)
    settle(enrolment.meeting)


def lapse_offers() -> int:
    """Task, each minute: passes on what was not taken in time. Returns in how many meetings."""
    over = Enrolment.objects.with_offer_over(timezone.now())
    meeting_ids = set(over.values_list("meeting", flat=True))
    for meeting_id in meeting_ids:
        with transaction.atomic():
            lapse_in(meeting_id)
    return len(meeting_ids)


def lapse_in(meeting_id: int) -> None:
    meeting, now = locked(meeting_id)[meeting_id], timezone.now()
    over = Enrolment.objects.with_offer_over(now).filter(meeting=meeting)
    for enrolment in over.select_related("booking", "person"):
        enrolment.meeting = meeting
        change_state(enrolment, State.LAPSED, Kind.LAPSED)
        mails.lapsed(enrolment)
    settle(meeting, now)
