"""The rows of participants that a bureau's program sends, and what it is told of each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from ninja import Field, Schema

from headless.offer.orders import Body
from pluc.documents.uploaded import Line
from portal.enrolments.models import Enrolment, Supply, SupplyRow
from portal.enrolments.supplies.columns import Columns, Part
from portal.enrolments.supplies.fates import GUARDED, Fate, Why
from portal.enrolments.supplies.people import Named, people_of
from portal.enrolments.supply_pages import why_of

MOST_ROWS = 1000  # of one request; a longer list goes in parts, or by a file
COLUMNS = Columns(places={Part.FIRST: 0, Part.LAST: 1, Part.EMAIL: 2})


class RowIn(Body):
    """Somebody who is supplied: three fields, and nothing else is taken or kept."""

    first_name: str = Field("", examples=["Saar"])
    last_name: str = Field(examples=["de Vries"])
    email: str = Field(examples=["saar@bureau.example"])


class SuppliedIn(Body):
    rows: list[RowIn] = Field(min_length=1, max_length=MOST_ROWS)

    @property
    def people(self) -> list[Named]:
        """Each row as one of a file would be read, numbered from 1."""
        lines = (
            Line(number, (row.first_name, row.last_name, row.email))
            for number, row in enumerate(self.rows, start=1)
        )
        return people_of(lines, COLUMNS)


class RowFate(StrEnum):
    """What becomes of a row, as its bureau may know it: nothing of who else is in our records."""

    TO_ENROL = "to_enrol"
    ENROLLED = "enrolled"
    WAITING = "waiting"
    GONE = "gone"
    THERE = "there"
    LOOKED_AT = "looked_at"
    MISTAKE = "mistake"
    UNDONE = "undone"


class RowOut(Schema):
    """A row by its number in the list as it was sent, from 1. Names are not sent back."""

    number: int
    fate: RowFate = Field(
        description="to_enrol: gets a place or a spot on the waiting list. enrolled: has a place."
        " waiting: stands on the waiting list. gone: had one, and it was given up. there: you"
        " enrolled this person in this meeting before. looked_at: our back office looks at it"
        " first; a dry run does not tell that of whom others enrolled. mistake: why says what is"
        " wrong. undone: our back office took it back."
    )
    why: str = Field(description="A sentence, where there is something to tell.")


class SupplyState(StrEnum):
    PREVIEW = "preview"
    LOOKED_AT = "looked_at"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class SuppliedOut(Schema):
    """A list and what became, or would become, of its rows."""

    id: UUID | None = Field(description="Of the list; null of a preview, which nothing is kept of.")
    meeting: str = Field(description="The code of the meeting.")
    state: SupplyState
    size: int = Field(description="How many rows there are.")
    done: int = Field(description="How many of them we have dealt with.")
    enrolled: int = Field(description="How many have a place now.")
    waiting: int = Field(description="How many stand on the waiting list now.")
    tell_before: dt.date = Field(
        description="By then you tell them that you gave us their data, what for, and what they can"
        " do about it (AVG 14), and say so in your room."
    )
    mailed_on: dt.date = Field(description="Then we mail those of whom you did not say so.")
    rows: list[RowOut] = Field(description="For seven days; then only the numbers are left.")
    url: str | None = Field(description="Where to ask how far it is.")


def state_of(supply: Supply) -> SupplyState:
    return SupplyState(supply.state.replace(" ", "_"))


def rows_out(rows: Sequence[SupplyRow], states: Mapping[UUID, str]) -> list[RowOut]:
    """`states` has the state of the place that each row made, by its key."""
    return [row_out(row, states) for row in rows]


def rows_foretold(rows: Sequence[SupplyRow]) -> list[RowOut]:
    """What a dry run tells. Of a row that is looked at because of what we know of somebody it
    tells what it tells of a stranger: it leaves no trace, so anybody could be asked about.
    """
    return [to_enrol(row) if row.why in GUARDED else row_out(row, {}) for row in rows]


def to_enrol(row: SupplyRow) -> RowOut:
    return RowOut(number=row.number, fate=RowFate.TO_ENROL, why="")


def row_out(row: SupplyRow, states: Mapping[UUID, str]) -> RowOut:
    return RowOut(number=row.number, fate=fate_of(row, states), why=why_of(row, for_bureau=True))


def fate_of(row: SupplyRow, states: Mapping[UUID, str]) -> RowFate:
    """Whether somebody is new to us or known makes no difference to whoever supplied them."""
    if row.fate == Fate.ERROR:
        return RowFate.MISTAKE
    if row.fate == Fate.CONFLICT:
        return RowFate.LOOKED_AT
    if row.why == Why.THERE:
        return RowFate.THERE
    if row.step == SupplyRow.Step.WAITS:
        return RowFate.TO_ENROL
    if row.step == SupplyRow.Step.UNDONE:
        return RowFate.UNDONE
    return PLACES.get(states.get(row.place_key, ""), RowFate.GONE)


PLACES: dict[str, RowFate] = {
    Enrolment.State.ENROLLED: RowFate.ENROLLED,
    Enrolment.State.WAITING: RowFate.WAITING,
    Enrolment.State.OFFERED: RowFate.WAITING,
}
