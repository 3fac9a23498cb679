"""What the pages about supplied participants show: to the back office, and to the bureau itself.

A bureau learns nothing of who else is in our records: where that matters it sees what it would see
of anybody (P13, P17).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc import periods
from portal.enrolments.models import Enrolment, Supply, SupplyRow
from portal.enrolments.queries.supplies import SHOWN, conflicts_left, fates_in, rows_of
from portal.enrolments.services.supplying import why_not_undo
from portal.enrolments.supplies.fates import GUARDED, PLACED, Fate, Why

State, Step = Supply.State, SupplyRow.Step


@dataclass(frozen=True, kw_only=True)
class RowShown:
    number: int
    name: str
    email: str
    fate: str
    label: str
    why: str


@dataclass(frozen=True, kw_only=True)
class SupplyPage:
    """A file with what becomes, or became, of its rows, in words of the active language."""

    supply: Supply
    counts: list[tuple[str, str, int]]  # fate, what it is called, how many
    rows: list[RowShown]
    more: int  # rows that are not shown
    places: int  # rows that get a place, or a spot on the list
    room: str  # how many of them there is room for
    enrolled: int
    waiting: int
    kept: int  # left as they are when the rest was undone
    to_look_at: int  # rows that a colleague has not dealt with yet
    can_undo: bool
    told_by: str  # until when the supplier tells its people
    mailed_on: str  # when we do

    @property
    def is_open(self) -> bool:
        return self.supply.state == State.LOOKED_AT

    @property
    def percent(self) -> int:
        return 100 * self.supply.done // max(self.supply.size, 1)


def page_of(supply: Supply, *, for_bureau: bool, fate: str = "") -> SupplyPage:
    """In at most seven queries."""
    if for_bureau:
        fate = ""
    (counted, places), rows = fates_in(supply=supply), rows_of(supply=supply, fate=fate)
    kept = SupplyRow.objects.filter(supply=supply, step=Step.KEPT, fate__in=PLACED)
    states, became = states_of(supply), places_of(rows)
    total = counted.get(fate, 0) if fate else sum(counted.values())
    return SupplyPage(
        supply=supply,
        counts=counts_in_words(counted, places, for_bureau=for_bureau),
        rows=[shown(row, became, for_bureau=for_bureau) for row in rows],
        more=max(total - SHOWN, 0),
        places=places,
        room=room_for(supply, places),
        enrolled=states.get(Enrolment.State.ENROLLED, 0),
        waiting=states.get(Enrolment.State.WAITING, 0) + states.get(Enrolment.State.OFFERED, 0),
        kept=kept.count() if supply.state == State.UNDONE else 0,
        to_look_at=conflicts_left().filter(supply=supply).count(),
        can_undo=not why_not_undo(supply),
        told_by=day_after(supply.supplied_at, periods.SOURCE_TOLD),
        mailed_on=day_after(supply.supplied_at, periods.SUPPLIER_TELLS),
    )


def places_of(rows: Sequence[SupplyRow]) -> dict[UUID, str]:
    """The state of the place that each row was given, in words; of those that are dealt with."""
    states = place_states([row for row in rows if row.step == Step.DONE])
    return {key: str(Enrolment.State(state).label) for key, state in states.items()}


def place_states(rows: Sequence[SupplyRow]) -> dict[UUID, str]:
    """The state of the place that each of these rows made, by its key."""
    keys = [row.place_key for row in rows]
    return dict(Enrolment.objects.filter(pk__in=keys).values_list("pk", "state")) if keys else {}


def states_of(supply: Supply) -> dict[str, int]:
    """How many of its people have a place now, and how many wait."""
    if supply.booking_id is None:
        return {}
    places = Enrolment.objects.filter(booking=supply.booking_id).order_by()
    return dict(places.values_list("state").annotate(n=Count("pk")))


def counts_in_words(
    counted: dict[str, int], places: int, *, for_bureau: bool
) -> list[tuple[str, str, int]]:
    """A bureau is told mistakes and what is looked at; new or known is all the same to it."""
    if not for_bureau:
        return [(one, str(capfirst(Fate(one).label)), number) for one, number in counted.items()]
    there = counted.get(Fate.NEW, 0) + counted.get(Fate.MATCHED, 0) - places
    told = [
        (Fate.NEW, _t("To be enrolled"), places),
        (Fate.MATCHED, str(capfirst(Fate.MATCHED.label)), there),
        (Fate.CONFLICT, _t("To be looked at"), counted.get(Fate.CONFLICT, 0)),
        (Fate.ERROR, _t("Mistake in the file"), counted.get(Fate.ERROR, 0)),
    ]
    return [(str(fate), label, number) for fate, label, number in told if number]


def shown(row: SupplyRow, became: dict[UUID, str], *, for_bureau: bool) -> RowShown:
    """A row with what becomes of it; once it is dealt with, what became of it (`places_of`)."""
    fate = Fate(row.fate)
    label = str(capfirst(fate.label))
    if fate in PLACED and row.why != Why.THERE:
        if row.step in (Step.UNDONE, Step.KEPT):
            label = str(capfirst(Step(row.step).label))
        elif row.place_key in became:
            label = str(capfirst(became[row.place_key]))
        elif for_bureau:
            label = _t("To be enrolled")
    why = why_of(row, for_bureau=for_bureau)
    return RowShown(
        number=row.number, name=row.full_name, email=row.email, fate=fate, label=label, why=why
    )


def why_of(row: SupplyRow, *, for_bureau: bool) -> str:
    """Why that becomes of it; to a bureau nothing of who else is in our records."""
    if for_bureau and row.why in GUARDED:
        looked_at = row.fate == Fate.CONFLICT
        return _t("Our back office looks at this one first, and contacts you.") if looked_at else ""
    return str(Why(row.why).label) if row.why else ""


def room_for(supply: Supply, places: int) -> str:
    """How many of them would have a place now: those who wait already go first."""
    meeting = supply.meeting
    free = 0 if meeting.waiting else max(meeting.left, 0)
    if places <= free:
        return ngettext(
            "There is room for this person.", "There is room for all %(n)d of them.", places
        ) % {"n": places}
    return ngettext(
        "There is room for %(free)d of them; %(n)d joins the waiting list.",
        "There is room for %(free)d of them; %(n)d join the waiting list.",
        places - free,
    ) % {"free": free, "n": places - free}


def day_after(moment: datetime, period: timedelta) -> str:
    return date_format(timezone.localtime(moment + period), "DATE_FORMAT")


@dataclass(frozen=True, kw_only=True)
class SupplyLine:
    """A file in a list of them."""

    supply: Supply
    state: str
    size: str


def lines_of(supplies: Sequence[Supply]) -> list[SupplyLine]:
    return [
        SupplyLine(
            supply=one,
            state=str(one.get_state_display()),
            size=ngettext("%(n)d row", "%(n)d rows", one.size) % {"n": one.size},
        )
        for one in supplies
    ]
