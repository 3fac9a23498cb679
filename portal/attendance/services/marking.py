"""Takes marks: from the door, from people themselves, from paper, and from the back office.

A mark is only ever added. What corrects one says which (`supersedes_id`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.attendance.models import Mark
from portal.attendance.refusals import MarkRefused
from portal.attendance.services.checking import check, known_about, set_to_what_it_confirms


@dataclass(frozen=True, kw_only=True)
class NewMark:
    """A mark to be added: of an enrolment, or of a walk-in.

    `id` is made by whoever marks, so that it arrives once. `at` is when it happened, by our clock;
    `told_at` by the clock of the device, where it had one.
    """

    id: UUID
    session_id: UUID
    enrolment_id: UUID | None = None
    walk_in_id: UUID | None = None
    kind: str
    at: dt.datetime
    told_at: dt.datetime | None = None
    source: str
    supersedes_id: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Whether a mark is stored; if not, why not, in the active language and without a name."""

    id: UUID
    is_taken: bool
    sentence: str = ""


@transaction.atomic(savepoint=False)  # nothing in here is half done and then gone on with
def take_marks(*, marks: Sequence[NewMark], by: User | None, now: dt.datetime) -> list[Receipt]:
    """Stores what can be stored, and says of each mark whether it is; in six queries.

    Sending a mark again changes nothing and gives the same receipt. Each is checked on its own: one
    that is refused is in nobody's way. Their meetings are locked meanwhile, so that two requests
    with one id store it once, and none is added to attendance that becomes final.
    """
    taken, receipts = check_all(marks, by=by, now=now)
    if is_stored(taken):
        return receipts
    # A request for another meeting, which these locks do not hold up, stored one of these ids after
    # they were read. By now that is committed: each is checked once more.
    taken, receipts = check_all(marks, by=by, now=now)
    Mark.objects.bulk_create(taken)
    return receipts


def is_stored(marks: Sequence[Mark]) -> bool:
    """Stores marks; whether that could be done. If not, nothing is stored, and one can go on."""
    # Not `atomic`, which would release it: one more query for each mark that is taken.
    before = transaction.savepoint()
    try:
        Mark.objects.bulk_create(marks)
    except IntegrityError:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)
        return False
    return True


def check_all(
    marks: Sequence[NewMark], *, by: User | None, now: dt.datetime
) -> tuple[list[Mark], list[Receipt]]:
    """The marks that can be stored, and a receipt for each that was sent."""
    known = known_about(marks)
    receipts, taken = [], []
    for new in marks:
        mark = row_of(new, by=by, now=now)
        set_to_what_it_confirms(mark, known)
        try:
            if check(mark, known, now):
                taken.append(mark)
                known.add(mark)
            receipts.append(Receipt(id=new.id, is_taken=True))
        except MarkRefused as refusal:
            receipts.append(Receipt(id=new.id, is_taken=False, sentence=refusal.sentence))
    return taken, receipts


def row_of(new: NewMark, *, by: User | None, now: dt.datetime) -> Mark:
    return Mark(
        pk=new.id,
        session_id=new.session_id,
        enrolment_id=new.enrolment_id,
        walk_in_id=new.walk_in_id,
        kind=new.kind,
        at=new.at,
        told_at=new.told_at,
        received_at=now,
        source=new.source,
        by=by,
        supersedes_id=new.supersedes_id,
        reason=new.reason,
    )
