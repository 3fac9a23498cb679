"""A colleague has gone through a signed page: its rows become marks, once."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from portal.accounts.models import User
from portal.attendance.models import ListPrint, Mark, Photograph, PrintedPage, PrintedRow, WalkIn
from portal.attendance.services.marking import NewMark, take_marks

# Of the marks of a page: the same row of the same page is the same mark, however often it is sent.
MARKS = uuid.UUID("6d1f8c1e-55cb-4d5d-9a3c-0c1d0c7f3a39")
KINDS = {ListPrint.Kind.SIGN_IN: Mark.Kind.IN, ListPrint.Kind.SIGN_OUT: Mark.Kind.OUT}


@dataclass(frozen=True, kw_only=True)
class SignedRow:
    """A row that is signed, by the number that stands before it. On an empty line with a name."""

    position: int
    at: dt.datetime
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    titles: str = ""


class ConfirmedAlready(Refused):
    @property
    def sentence(self) -> str:
        return _t(
            "This page was gone through already. Correct a single person in the attendance of the"
            " meeting, with a reason."
        )


class NothingToConfirm(Refused):
    @property
    def sentence(self) -> str:
        return _t("Nobody signs a participant list, so there is nothing to go through.")


class RowRefused(Refused):
    """A row that cannot be a mark; nothing of the page is stored then."""

    def __init__(self, position: int, why: str) -> None:
        super().__init__(why)
        self.position = position

    @property
    def sentence(self) -> str:
        return _t("Row %(n)d: %(why)s") % {"n": self.position, "why": self.args[0]}


@transaction.atomic
def confirm_page(
    *, photograph_id: UUID, signed: Sequence[SignedRow], by: User, now: dt.datetime
) -> int:
    """Makes marks of the rows that are signed, and walk-ins of names on empty lines.

    All of them or none. A page is gone through once, whichever of its pictures one had in hand;
    after that there are corrections only. Returns how many people it marked.
    """
    photograph = Photograph.objects.select_for_update().get(pk=photograph_id)
    page = photograph.page
    if page is None or page.print.kind not in KINDS:
        raise NothingToConfirm
    # Two colleagues with two pictures of one page wait for each other.
    list(Photograph.objects.select_for_update().filter(page=page).order_by("pk"))
    if Photograph.objects.filter(page=page, confirmed_at__isnull=False).exists():
        raise ConfirmedAlready
    marks = marks_of(photograph, page, signed, by)
    receipts = take_marks(marks=list(marks.values()), by=by, now=now)
    for position, receipt in zip(marks, receipts, strict=True):
        if not receipt.is_taken:
            raise RowRefused(position, receipt.sentence)
    photograph.confirmed_at, photograph.confirmed_by = now, by
    photograph.save(update_fields=["confirmed_at", "confirmed_by"])
    return len(marks)


def check_page(
    *, photograph_id: UUID, signed: Sequence[SignedRow], by: User, now: dt.datetime
) -> None:
    """Raises what `confirm_page` would, and stores nothing: before one is asked to confirm."""
    with transaction.atomic():
        confirm_page(photograph_id=photograph_id, signed=signed, by=by, now=now)
        transaction.set_rollback(True)


def marks_of(
    photograph: Photograph, page: PrintedPage, signed: Sequence[SignedRow], by: User
) -> dict[int, NewMark]:
    """The mark of each row that is signed, by its position."""
    rows = {row.position: row for row in PrintedRow.objects.filter(page=page)}
    session_id = page.print.session_id
    if session_id is None:  # never of what is signed: a constraint
        raise NothingToConfirm
    marks = {}
    for one in signed:
        row = rows.get(one.position)
        if row is None:
            raise RowRefused(one.position, _t("it is not on this page."))
        marks[one.position] = NewMark(
            id=uuid.uuid5(MARKS, f"{page.code} {one.position}"),
            session_id=session_id,
            enrolment_id=None if row.is_empty else place_of(row),
            walk_in_id=walk_in(one, photograph, by).pk if row.is_empty else None,
            kind=KINDS[ListPrint.Kind(page.print.kind)],
            at=one.at,
            source=Mark.Source.PAPER,
        )
    return marks


def place_of(row: PrintedRow) -> UUID:
    """The place that was printed on a row."""
    if row.enrolment_id is None:
        raise RowRefused(row.position, _t("who stood here has been erased."))
    return row.enrolment_id


def walk_in(one: SignedRow, photograph: Photograph, by: User) -> WalkIn:
    """Who wrote themselves in; the one of before, where they did so on the other list too."""
    if not one.last_name:
        raise RowRefused(one.position, _t("type the name that is written there."))
    names = {"first_name": one.first_name, "last_name": one.last_name}
    written = WalkIn.objects.filter(meeting=photograph.meeting, dropped_because="", **names)
    return written.first() or WalkIn.objects.create(
        meeting=photograph.meeting,
        organisation=one.organisation,
        titles=one.titles,
        added_by=by,
        **names,
    )
