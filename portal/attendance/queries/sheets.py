"""The attendance of a meeting as the back office sees it: everybody with a place, per session.

For staff with the right (`permissions`): names, marks and by whom. In a constant number of queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from pluc.name_order import order_of
from portal.attendance.models import AttendanceStep, Mark, WalkIn
from portal.attendance.presence import Presence, Problem, effective, presence_of
from portal.attendance.queries.hours import last_step
from portal.attendance.queries.marks import Marks, marks_by_place
from portal.attendance.queries.photographs import photographs_to_confirm
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting, Session

WRONG_TIMES = (Problem.NEVER_OUT, Problem.OUT_BEFORE_IN)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One person in one session: the marks that count, their sum, and all there ever were."""

    session: Session
    presence: Presence
    marks: list[Mark]
    all_marks: list[Mark]

    @property
    def was_there(self) -> bool:
        return bool(self.presence.stays)

    @property
    def never_left(self) -> bool:
        """Whether they came in and nobody noted that they went out."""
        return Problem.NEVER_OUT in self.presence.problems

    @property
    def times_are_wrong(self) -> bool:
        return any(problem in WRONG_TIMES for problem in self.presence.problems)

    @property
    def own_marks(self) -> list[Mark]:
        """Those that they made themselves, and that nobody has confirmed."""
        return [mark for mark in self.marks if mark.source == Mark.Source.SELF]

    @property
    def was_corrected(self) -> bool:
        return len(self.all_marks) > len(self.marks)


@dataclass(frozen=True, kw_only=True)
class Row:
    """Somebody with a place, and a cell for each session."""

    enrolment: Enrolment
    cells: tuple[Cell, ...]

    @property
    def was_there(self) -> bool:
        """Whether they were at any of it."""
        return any(cell.was_there for cell in self.cells)

    @property
    def is_decided(self) -> bool:
        """Whether somebody of ours marked them, or noted that they did not come."""
        return bool(self.enrolment.was_absent) or any(self.told_marks)

    @property
    def is_known(self) -> bool:
        """Whether it is decided, or waits only for what they marked themselves to be confirmed."""
        return self.is_decided or self.is_unconfirmed

    @property
    def told_marks(self) -> Iterable[Mark]:
        own = Mark.Source.SELF
        return (mark for cell in self.cells for mark in cell.marks if mark.source != own)

    @property
    def is_absent(self) -> bool:
        return self.is_decided and not self.was_there

    @property
    def never_left(self) -> bool:
        return any(cell.never_left for cell in self.cells)

    @property
    def times_are_wrong(self) -> bool:
        return any(cell.times_are_wrong for cell in self.cells)

    @property
    def is_unconfirmed(self) -> bool:
        return any(cell.presence.unconfirmed for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A session in numbers of persons: each counts once. Walk-ins that nobody has decided about
    count among who is there, as at the door; absent is only who has a place.
    """

    session: Session
    there: int
    still_in: int
    absent: int


@dataclass(frozen=True)
class Sheet:
    """All of a meeting's attendance. `walk_ins`: those that nobody has decided about, with a
    cell for each session in `walked`.
    """

    meeting: Meeting
    sessions: list[Session]
    rows: list[Row]
    walk_ins: list[WalkIn]
    walked: list[tuple[Cell, ...]]
    photographs: int
    step: AttendanceStep | None

    @property
    def is_final(self) -> bool:
        return self.step is not None and self.step.kind == AttendanceStep.Kind.FINAL

    @cached_property
    def tallies(self) -> list[Tally]:
        found = []
        for number, session in enumerate(self.sessions):
            cells = [row.cells[number] for row in self.rows]
            found.append(tally_of(session, cells, [walked[number] for walked in self.walked]))
        return found

    def row_of(self, enrolment_id: UUID) -> Row | None:
        return next((row for row in self.rows if row.enrolment.pk == enrolment_id), None)


def tally_of(session: Session, cells: list[Cell], walked: list[Cell]) -> Tally:
    """`cells` are of who has a place, `walked` of walk-ins."""
    everybody = cells + walked
    return Tally(
        session=session,
        there=sum(cell.was_there for cell in everybody),
        still_in=sum(cell.presence.is_in for cell in everybody),
        absent=sum(not cell.was_there for cell in cells),
    )


def sheet_of(meeting: Meeting) -> Sheet:
    """Reads all of it, in six queries."""
    sessions = list(Session.objects.filter(meeting=meeting).order_by("starts_at"))
    people = Enrolment.objects.filter(meeting=meeting, state=Enrolment.State.ENROLLED)
    marks = marks_by_place(session_ids=[session.pk for session in sessions])
    in_order = sorted(people.select_related("person"), key=by_name)
    walk_ins = list(undecided_walk_ins(meeting.pk))
    return Sheet(
        meeting=meeting,
        sessions=sessions,
        rows=[row_of(enrolment, sessions, marks) for enrolment in in_order],
        walk_ins=walk_ins,
        walked=[cells_of(one.pk, sessions, marks) for one in walk_ins],
        photographs=photographs_to_confirm().filter(meeting=meeting).count(),
        step=last_step(meeting_id=meeting.pk),
    )


def by_name(enrolment: Enrolment) -> tuple[str, str]:
    name = order_of(first_name=enrolment.first_name, last_name=enrolment.last_name)
    return name, str(enrolment.pk)


def row_of(enrolment: Enrolment, sessions: list[Session], marks: Marks) -> Row:
    return Row(enrolment=enrolment, cells=cells_of(enrolment.pk, sessions, marks))


def cells_of(key: UUID, sessions: list[Session], marks: Marks) -> tuple[Cell, ...]:
    """Of one person, by the key of their place or of the walk-in."""
    return tuple(cell_of(session, marks.get((session.pk, key), [])) for session in sessions)


def cell_of(session: Session, marks: list[Mark]) -> Cell:
    return Cell(
        session=session,
        presence=presence_of(marks, session),
        marks=effective(marks),
        all_marks=marks,
    )


def undecided_walk_ins(meeting_id: int) -> QuerySet[WalkIn]:
    """Who came without a place, and of whom nobody has said yet what becomes of it."""
    waiting = WalkIn.objects.filter(meeting=meeting_id, enrolment=None, dropped_because="")
    return waiting.select_related("instead_of").order_by("added_at", "id")
