"""What the back office notes afterwards: of many at once, from the paper, or of one mark."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from portal.accounts.models import User
from portal.attendance.models import Mark
from portal.attendance.queries.sheets import Cell, Row
from portal.attendance.services.marking import NewMark, take_marks
from portal.meetings.models import Session

Kind, Source = Mark.Kind, Mark.Source


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """For how many people something was noted, and why not for others."""

    done: int
    refusals: list[str]


class ReasonMissing(Refused):
    field = "reason"

    @property
    def sentence(self) -> str:
        return _t("Write why it is corrected. It is kept with the mark.")


class MarkNotTaken(Refused):
    """The sentence of the receipt."""


def was_there_whole(
    *, rows: Sequence[Row], sessions: Sequence[Session], source: str, by: User
) -> Outcome:
    """In at the start and out at the end of these sessions, where nobody has noted other times.

    What people marked themselves is replaced by it. `source` is `PAPER` or `OFFICE`.
    """
    found = [(row, marks_of_whole(row, cell, source)) for row, cell in cells_in(rows, sessions)]
    return take_for(found, by=by)


def left_at_the_end(*, rows: Sequence[Row], sessions: Sequence[Session], by: User) -> Outcome:
    """Out at the end of these sessions, for whoever came in and was never signed out."""
    found = [
        (row, [mark_in(cell, row, Kind.OUT, cell.session.ends_at)])
        for row, cell in cells_in(rows, sessions)
        if cell.never_left
    ]
    return take_for(found, by=by)


def confirm_own(*, rows: Sequence[Row], sessions: Sequence[Session], by: User) -> Outcome:
    """Confirms what people marked themselves, at the moments that they did; hours follow."""
    found = [
        (row, [instead_of(mark, mark.kind, mark.at) for mark in cell.own_marks])
        for row, cell in cells_in(rows, sessions)
    ]
    return take_for(found, by=by)


@transaction.atomic
def correct_mark(*, mark: Mark, kind: str, at: dt.datetime, reason: str, by: User) -> None:
    """Puts another mark in the place of one. Raises `ReasonMissing`, `MarkNotTaken`."""
    if not reason.strip():
        raise ReasonMissing
    take_one(instead_of(mark, kind, at, reason=reason.strip()), by=by)


@transaction.atomic
def add_mark(*, mark: NewMark, by: User) -> None:
    """A mark that was forgotten. Raises `MarkNotTaken`."""
    take_one(mark, by=by)


def take_one(mark: NewMark, *, by: User) -> None:
    (receipt,) = take_marks(marks=[mark], by=by, now=timezone.now())
    if not receipt.is_taken:
        raise MarkNotTaken(receipt.sentence)


def cells_in(rows: Sequence[Row], sessions: Sequence[Session]) -> Iterable[tuple[Row, Cell]]:
    wanted = {session.pk for session in sessions}
    return ((row, cell) for row in rows for cell in row.cells if cell.session.pk in wanted)


def marks_of_whole(row: Row, cell: Cell, source: str) -> list[NewMark]:
    """In and out of a whole session; nothing where somebody of ours noted times already."""
    own = cell.own_marks
    if len(own) < len(cell.marks):
        return []
    times = {Kind.IN: cell.session.starts_at, Kind.OUT: cell.session.ends_at}
    marks = []
    for kind, at in times.items():
        earlier = next((mark for mark in own if mark.kind == kind), None)
        if earlier is None:
            marks.append(mark_in(cell, row, kind, at, source))
            continue
        own.remove(earlier)
        marks.append(instead_of(earlier, kind, at, source=source))
    return marks + [instead_of(mark, Kind.VOID, mark.at, source=source) for mark in own]


def take_for(found: Iterable[tuple[Row, list[NewMark]]], *, by: User) -> Outcome:
    """Takes all marks in one go, and counts the people."""
    of_whom = {mark.id: (row, mark) for row, marks in found for mark in marks}
    marks = [mark for _, mark in of_whom.values()]
    receipts = take_marks(marks=marks, by=by, now=timezone.now()) if marks else []
    refused = [one for one in receipts if not one.is_taken]
    done = {of_whom[one.id][0].enrolment.pk for one in receipts if one.is_taken}
    told = [f"{of_whom[one.id][0].enrolment.full_name}: {one.sentence}" for one in refused]
    return Outcome(done=len(done), refusals=list(dict.fromkeys(told)))


def mark_in(
    cell: Cell, row: Row, kind: str, at: dt.datetime, source: str = Source.OFFICE
) -> NewMark:
    return NewMark(
        id=uuid.uuid4(),
        session_id=cell.session.pk,
        enrolment_id=row.enrolment.pk,
        kind=kind,
        at=at,
        source=source,
    )


def instead_of(
    mark: Mark, kind: str, at: dt.datetime, *, source: str = Source.OFFICE, reason: str = ""
) -> NewMark:
    """A mark that supersedes one: of the same person in the same session."""
    return NewMark(
        id=uuid.uuid4(),
        session_id=mark.session_id,
        enrolment_id=mark.enrolment_id,
        walk_in_id=mark.walk_in_id,
        kind=kind,
        at=at,
        source=source,
        supersedes_id=mark.pk,
        reason=reason,
    )
