"""Adds somebody at the door who stands on no list, and marks them as in."""

import datetime as dt
import uuid

from django.db import transaction

from portal.accounts.models import User
from portal.attendance.models import Mark, WalkIn
from portal.attendance.refusals import MarkRefused, not_here
from portal.attendance.services.marking import NewMark, take_marks
from portal.enrolments.models import Enrolment
from portal.meetings.models import Session


@transaction.atomic
def add_walk_in(
    *,
    number: uuid.UUID,
    session: Session,
    first_name: str,
    last_name: str,
    organisation: str,
    titles: str,
    instead_of: uuid.UUID | None,
    by: User,
    now: dt.datetime,
) -> WalkIn:
    """Stores who came and that they are in, as one: sent twice, it is one person.

    `instead_of` is the place of whom they came for. The back office makes a place of it
    afterwards. Raises `MarkRefused` where the door takes no marks now, or where the number is
    of a walk-in of another meeting.
    """
    if instead_of and not is_in_meeting(instead_of, session):
        raise not_here()
    walk_in, _ = WalkIn.objects.get_or_create(
        pk=number,
        defaults={
            "meeting": session.meeting,
            "first_name": first_name,
            "last_name": last_name,
            "organisation": organisation,
            "titles": titles,
            "instead_of_id": instead_of,
            "added_at": now,
            "added_by": by,
        },
    )
    mark = NewMark(
        id=uuid.uuid5(number, "in"),
        session_id=session.pk,
        walk_in_id=walk_in.pk,
        kind=Mark.Kind.IN,
        at=now,
        source=Mark.Source.DOOR,
    )
    [receipt] = take_marks(marks=[mark], by=by, now=now)
    if not receipt.is_taken:
        raise MarkRefused(receipt.sentence)
    return walk_in


def is_in_meeting(enrolment_id: uuid.UUID, session: Session) -> bool:
    return Enrolment.objects.filter(pk=enrolment_id, meeting=session.meeting_id).exists()
