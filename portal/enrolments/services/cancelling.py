"""Giving up a place, an offer, or a place on the waiting list."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pluc.outbox.telling import BY_MAIL, Telling
from portal.accounts.models import User
from portal.enrolments import mails, payer_mails
from portal.enrolments.errors import AttendanceIsFinal, TooLate
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.queries.deadlines import can_cancel
from portal.enrolments.services.places import change_state, locked_with
from portal.enrolments.services.waiting_list import settle
from portal.enrolments.settled import is_settled

State, Kind = Enrolment.State, EnrolmentEvent.Kind


@transaction.atomic
def cancel(
    *,
    enrolment_id: UUID,
    by: User | None,
    as_staff: bool = False,
    is_free: bool = True,
    telling: Telling = BY_MAIL,
) -> Enrolment:
    """Gives up a place, an offer, or a place in line. Raises `TooLate` once it has begun.

    Staff may, until it is settled who came (`AttendanceIsFinal`), and say whether it `is_free` of
    charge; for others the terms do.
    """
    enrolment = locked_with(enrolment_id)
    if enrolment.has_place and is_settled({enrolment.meeting_id}):
        raise AttendanceIsFinal
    terms = can_cancel(enrolment, timezone.now())
    if not (terms.allowed or (as_staff and enrolment.state in Enrolment.ALIVE)):
        raise TooLate
    had_place, is_free = enrolment.has_place, is_free if as_staff else terms.is_free
    change_state(enrolment, State.CANCELLED, Kind.CANCELLED, by=by, is_free=is_free)
    if telling.by_mail:
        mails.cancelled(enrolment, is_free=is_free, had_place=had_place, telling=telling)
        payer_mails.changed(enrolment, Kind.CANCELLED, had_place=had_place, telling=telling)
    settle(enrolment.meeting)
    return enrolment
