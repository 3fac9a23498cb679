"""Taking in a file with participants, having it done by the worker, and taking that back (P18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django_q.tasks import async_task

from pluc import periods
from pluc.deeds import Refused
from pluc.documents.uploaded import HowToRead, NotReadable, Table, read_table
from portal.accounts.models import User
from portal.enrolments.models import Supply, SupplyColumns, SupplyRow
from portal.enrolments.queries.supplies import known_of, remembered_of, takes_supplies
from portal.enrolments.supplies.columns import Columns, Guess, guess, to_remember
from portal.enrolments.supplies.fates import Fate
from portal.enrolments.supplies.people import Named, people_of
from portal.enrolments.supplies.plan import Decision, decide
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation

CHUNK = 1000  # rows in one transaction, and in one statement
State = Supply.State


class SupplyError(Refused):
    """Why a file cannot be taken in, done or undone: a sentence that says what to do."""


class AskedForColumns(Exception):
    """The columns of a file are not clear: `guess` is what to ask about. Nothing was stored."""

    def __init__(self, found: Guess, table: Table) -> None:
        self.guess, self.table = found, table


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file, and what whoever sent it said of it; without `columns` they are found."""

    content: bytes
    how: HowToRead
    columns: Columns | None = None


def take_in(*, meeting: Meeting, organisation: Organisation, sent: Sent, by: User) -> Supply:
    """Stores three fields of each row with what becomes of it, and nothing else of the file.

    Raises `AskedForColumns`, `NotReadable` and `SupplyError`.
    """
    require_open(meeting)
    table = read_table(sent.content, sent.how)
    if not table.lines:
        raise NotReadable.because("empty")
    found = guess(table.lines, remembered_of(organisation=organisation))
    columns = sent.columns or (found.columns if found.is_clear else None)
    if columns is None or not columns.is_whole:
        raise AskedForColumns(found, table)
    people = people_of(found.rows, columns)
    if not people:
        raise NotReadable.because("no rows")
    again = to_remember(found.head, columns)
    with transaction.atomic():
        supply = keep(meeting, organisation, people, by=by, hidden=table.hidden)
        SupplyColumns.objects.update_or_create(
            organisation=organisation,
            defaults={"headings": dict(again.headings), "name_order": again.name_order},
        )
    return supply


@transaction.atomic
def take_in_rows(
    *, meeting: Meeting, organisation: Organisation, people: Sequence[Named]
) -> Supply:
    """The same of rows that a bureau's program sent, which needs no file and no columns. Raises
    `SupplyError`."""
    require_open(meeting)
    return keep(meeting, organisation, people, by=None)


def look_at(
    *, meeting: Meeting, organisation: Organisation, people: Sequence[Named]
) -> list[SupplyRow]:
    """What would become of each row now. Nothing is stored. Raises `SupplyError`."""
    require_open(meeting)
    return rows_for(Supply(meeting=meeting, organisation=organisation), people)


def require_open(meeting: Meeting) -> None:
    if not takes_supplies(meeting):
        raise SupplyError(_t("This meeting is over, or not to be enrolled in. Choose another."))


def keep(
    meeting: Meeting,
    organisation: Organisation,
    people: Sequence[Named],
    *,
    by: User | None,
    hidden: int = 0,
) -> Supply:
    supply = Supply.objects.create(
        meeting=meeting, organisation=organisation, by=by, size=len(people), hidden=hidden
    )
    store(supply, people)
    return supply


def store(supply: Supply, people: Sequence[Named]) -> None:
    """The rows with what would become of them now; the file itself is gone after this."""
    for start in range(0, len(people), CHUNK):
        SupplyRow.objects.bulk_create(rows_for(supply, people[start : start + CHUNK]))


def rows_for(supply: Supply, people: Sequence[Named]) -> list[SupplyRow]:
    known = known_of(people, meeting=supply.meeting, organisation=supply.organisation)
    return [row_of(supply, one, decide(one, known)) for one in people]


def row_of(supply: Supply, one: Named, decision: Decision) -> SupplyRow:
    return SupplyRow(
        supply=supply,
        number=one.number,
        first_name=one.first_name,
        last_name=one.last_name,
        email=one.email,
        fate=decision.fate,
        why=decision.why or "",
    )


def locked_supply(supply_id: UUID) -> Supply:
    """The supply as it is now. Raises `SupplyError` for one that is not there."""
    found = Supply.objects.select_for_update(of=("self",)).filter(pk=supply_id)
    supply = found.select_related("organisation").first()
    if supply is None:
        raise SupplyError(_t("This file is not there any more. Choose it again."))
    return supply


@transaction.atomic
def approve(*, supply_id: UUID) -> None:
    """Has the worker enrol the people of a file. Raises `SupplyError`."""
    supply = locked_supply(supply_id)
    if supply.state != State.LOOKED_AT:
        raise SupplyError(_t("This file has been dealt with already."))
    require_open(supply.meeting)
    begin(supply, State.APPLYING)


@transaction.atomic
def discard(*, supply_id: UUID) -> None:
    """Forgets a file that nothing was done with. Raises `SupplyError`."""
    supply = locked_supply(supply_id)
    if supply.state != State.LOOKED_AT:
        raise SupplyError(_t("This file has been dealt with already."))
    supply.delete()


@transaction.atomic
def undo(*, supply_id: UUID) -> None:
    """Has the worker take back what a file made and nobody used since. Raises `SupplyError`."""
    supply = locked_supply(supply_id)
    if why_not := why_not_undo(supply):
        raise SupplyError(why_not)
    begin(supply, State.UNDOING)


@transaction.atomic
def settle_conflicts(*, supply_id: UUID) -> None:
    """A colleague has dealt with the rows that were to be looked at. Raises `SupplyError`."""
    rows = SupplyRow.objects.filter(supply=supply_id, fate=Fate.CONFLICT, step=SupplyRow.Step.DONE)
    if not rows.update(step=SupplyRow.Step.KEPT):
        raise SupplyError(_t("There is nothing to look at in this list any more."))


def why_not_undo(supply: Supply) -> str:
    now = timezone.now()
    if supply.state != State.APPLIED or supply.supplied_at <= now - periods.SUPPLY:
        return _t("This can be undone for seven days, once it is done.")
    if supply.meeting.has_begun(now):
        return _t("This meeting has begun: its places stay as they are.")
    return ""


def begin(supply: Supply, state: Supply.State) -> None:
    supply.state, supply.done = state, 0
    supply.save(update_fields=["state", "done"])
    key = str(supply.pk)
    # Robust: what the queue misses, the worker finds within a minute.
    transaction.on_commit(
        lambda: async_task("portal.enrolments.tasks.work_on_supply", key), robust=True
    )
