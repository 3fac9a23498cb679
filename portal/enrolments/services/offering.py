"""A place that was offered: taken, declined, or passed on."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.enrolments import mails
from portal.enrolments.errors import OfferIsOver
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.services.places import locked, locked_with, settle, write_down

State, Kind = Enrolment.State, EnrolmentEvent.Kind


@transaction.atomic
def accept_offer(*, enrolment_id: UUID, by: User | None) -> Enrolment:
    """Takes the place. Twice is once. Raises `OfferIsOver`."""
    enrolment = locked_with(enrolment_id)
    if enrolment.state == State.ENROLLED:
        return enrolment
    if not holds(enrolment):
        raise OfferIsOver
    enrolment.state, enrolment.offered_until = State.ENROLLED, None
    enrolment.save(update_fields=["state", "offered_until"])
    write_down(enrolment, Kind.ACCEPTED, by=by)
    mails.confirmed(enrolment)
    settle(enrolment.meeting)
    return enrolment


def holds(enrolment: Enrolment) -> bool:
    """Whether the offer still stands."""
    until = enrolment.offered_until
    return enrolment.state == State.OFFERED and until is not None and timezone.now() < until


@transaction.atomic
def decline_offer(*, enrolment_id: UUID, by: User | None) -> None:
    """Leaves the place to the next in line. Raises `OfferIsOver`."""
    enrolment = locked_with(enrolment_id)
    if not holds(enrolment):
        raise OfferIsOver
    enrolment.state, enrolment.offered_until = State.CANCELLED, None
    enrolment.save(update_fields=["state", "offered_until"])
    write_down(enrolment, Kind.DECLINED, by=by, is_free=True)
    settle(enrolment.meeting)


def lapse_offers() -> int:
    """Task, each minute: passes on what was not taken in time. Returns in how many meetings."""
    over = Enrolment.objects.filter(state=State.OFFERED, offered_until__lte=timezone.now())
    meeting_ids = set(over.values_list("meeting", flat=True))
    for meeting_id in meeting_ids:
        with transaction.atomic():
            lapse_in(meeting_id)
    return len(meeting_ids)


def lapse_in(meeting_id: int) -> None:
    meeting, now = locked(meeting_id)[meeting_id], timezone.now()
    over = Enrolment.objects.filter(meeting=meeting, state=State.OFFERED, offered_until__lte=now)
    for enrolment in over.select_related("booking", "person"):
        enrolment.meeting = meeting
        enrolment.state, enrolment.offered_until = State.LAPSED, None
        enrolment.save(update_fields=["state", "offered_until"])
        write_down(enrolment, Kind.LAPSED)
        mails.lapsed(enrolment)
    settle(meeting, now)
