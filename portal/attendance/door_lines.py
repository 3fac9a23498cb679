"""What a line of the door's list says and does, in the active language."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from portal.accounts.search import words_in
from portal.attendance.models import Mark
from portal.attendance.queries.door import DoorRow
from portal.attendance.services.checking import UNDO
from portal.meetings.wording import clock

IN, OUT, VOID = Mark.Kind.IN, Mark.Kind.OUT, Mark.Kind.VOID


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A button: what is marked of whom. Its value is all that a form sends.

    `supersedes` is the mark that is confirmed or undone. The number is made with the page, so that
    a form that is sent twice marks once.
    """

    kind: str
    of: uuid.UUID
    is_walk_in: bool
    supersedes: uuid.UUID | None
    number: uuid.UUID

    @property
    def value(self) -> str:
        whom = "w" if self.is_walk_in else "e"
        earlier = self.supersedes.hex if self.supersedes else "-"
        return f"{self.kind}.{whom}.{self.of.hex}.{self.number.hex}.{earlier}"


def read_pressed(value: str) -> Pressed | None:
    """A button by its value; nothing for any other text."""
    try:
        kind, whom, of, number, earlier = value.split(".")
        return Pressed(
            kind=Mark.Kind(kind),
            of=uuid.UUID(hex=of),
            is_walk_in={"w": True, "e": False}[whom],
            supersedes=None if earlier == "-" else uuid.UUID(hex=earlier),
            number=uuid.UUID(hex=number),
        )
    except (ValueError, KeyError):
        return None


@dataclass(frozen=True, kw_only=True)
class DoorLine:
    """A row as the template shows it. `state` is "in", "out" or empty.

    `reject` takes back what somebody said themselves; without that, `without` is what is said.
    """

    row: DoorRow
    state: str
    said: str
    label: str
    deed: Pressed
    undo: Pressed | None
    reject: Pressed | None

    @property
    def own_time(self) -> str:
        """When somebody marked themselves, as far as nobody has confirmed it."""
        return clock(self.row.own.at) if self.row.own else ""

    @property
    def without(self) -> str:
        return said_of(self.row.last, None)

    @property
    def more(self) -> str:
        """Titles and organisation, on one line."""
        return " · ".join(filter(None, [self.row.person.titles, self.row.person.organisation]))

    @property
    def words(self) -> str:
        """What somebody is found by: the same words as in the staff's search."""
        person = self.row.person
        return " ".join(sorted(words_in(f"{person.name} {person.organisation}")))


def line_of(row: DoorRow, *, user_id: int, now: dt.datetime) -> DoorLine:
    return DoorLine(
        row=row,
        state=state_of(row.presence.is_in, row.last),
        said=said_of(row.last, row.own),
        label=label_of(row.presence.is_in, row.own),
        deed=deed_of(row),
        undo=undo_of(row, user_id=user_id, now=now),
        reject=pressed(row, VOID, row.own) if row.own else None,
    )


def state_of(is_in: bool, last: Mark | None) -> str:
    """Whether somebody is in, is out, or was not marked yet."""
    if is_in:
        return str(IN)
    return str(OUT) if last else ""


def said_of(last: Mark | None, own: Mark | None) -> str:
    """When somebody came in or went out; what they said themselves is told as theirs."""
    if own:
        sentences = {IN: _t("checked in at %(time)s, to be confirmed")}
        sentences[OUT] = _t("checked out at %(time)s, to be confirmed")
        return sentences[Mark.Kind(own.kind)] % {"time": clock(own.at)}
    if last is None:
        return ""
    return said_of_kind(last.kind, clock(last.at))


def said_of_kind(kind: str, time: str) -> str:
    said = _t("in since %(time)s") if kind == IN else _t("out since %(time)s")
    return said % {"time": time}


def label_of(is_in: bool, own: Mark | None) -> str:
    """What the button says that comes next."""
    if own:
        return _t("Confirm")
    return _t("Out") if is_in else _t("In")


def deed_of(row: DoorRow) -> Pressed:
    """What the button does: confirms what somebody said themselves, else marks what comes next."""
    kind = row.own.kind if row.own else (OUT if row.presence.is_in else IN)
    return pressed(row, kind, row.own)


def undo_of(row: DoorRow, *, user_id: int, now: dt.datetime) -> Pressed | None:
    """For who marked somebody just now: taking it back."""
    last = row.last
    if last is None or last.by_id != user_id or now - last.received_at > UNDO:
        return None
    return pressed(row, VOID, last)


def pressed(row: DoorRow, kind: str, earlier: Mark | None) -> Pressed:
    return Pressed(
        kind=kind,
        of=row.key,
        is_walk_in=row.is_walk_in,
        supersedes=earlier.pk if earlier else None,
        number=uuid.uuid4(),
    )
