"""When somebody was there: the marks of one person in one session, folded. Pure; asks no database.

The order in which marks arrive makes no difference, nor does a mark that arrives twice: they are
told apart by their ids and read in the order of their times.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pluc.periods import DRIFT, SLIP
from portal.attendance.models import Mark

Kind, SELF = Mark.Kind, Mark.Source.SELF


class Times(Protocol):
    """A session, as far as presence asks: when it starts and ends."""

    starts_at: dt.datetime
    ends_at: dt.datetime


class Problem(models.TextChoices):
    """What the back office looks at before attendance is final."""

    OUT_BEFORE_IN = "out-before-in", _("signed out without signing in")
    NEVER_OUT = "never-out", _("never signed out")
    CLOCK = "clock", _("the clock of the phone was more than two minutes off")


@dataclass(frozen=True, kw_only=True)
class Stay:
    """From coming in to going out, within the hours of the session; no end: never signed out."""

    start: dt.datetime
    end: dt.datetime | None

    @property
    def seconds(self) -> int:
        """Nothing without an end: it counts once the office adds the mark of it."""
        return int(self.end.timestamp() - self.start.timestamp()) if self.end else 0


@dataclass(frozen=True, kw_only=True)
class Presence:
    """What the marks of one person say of one session.

    `is_in`: whether they are in, by the last mark. `unconfirmed`: they marked themselves, and
    nobody has confirmed it; such a mark counts in no stay. `problems`: values of `Problem`.
    """

    stays: tuple[Stay, ...] = ()
    is_in: bool = False
    unconfirmed: bool = False
    problems: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Whole minutes from in to out, breaks included."""
        return sum(stay.seconds for stay in self.stays) // 60


def effective(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that count, in the order of their times: none superseded, none taken back."""
    by_id = {mark.pk: mark for mark in marks}
    superseded = {mark.supersedes_id for mark in by_id.values()}
    standing = [mark for key, mark in by_id.items() if key not in superseded]
    return sorted((mark for mark in standing if mark.kind != Kind.VOID), key=in_time)


def in_time(mark: Mark) -> tuple[dt.datetime, bool, str]:
    """By which marks are read; of two at one moment the one that says "in" comes first."""
    return mark.at, mark.kind == Kind.OUT, str(mark.pk)


def presence_of(marks: Iterable[Mark], session: Times) -> Presence:
    """Folds the marks of one person in one session, as they stand.

    Signing in or out twice is harmless: the first one counts. In and out within ten seconds of
    each other are a slip, and leave no minute.
    """
    standing = effective(marks)
    told = [mark for mark in standing if mark.source != SELF]
    stays, last = stays_in(without_slips(told))
    return Presence(
        stays=tuple(cut for stay in stays if (cut := within(stay, session))),
        is_in=last == Kind.IN,
        unconfirmed=len(told) < len(standing),
        problems=tuple(problems_of(told, stays)),
    )


def without_slips(marks: Iterable[Mark]) -> list[Mark]:
    """Without an in and an out that follow each other within `SLIP`: one undid the other."""
    kept: list[Mark] = []
    for mark in marks:
        if kept and kept[-1].kind != mark.kind and mark.at - kept[-1].at <= SLIP:
            kept.pop()
        else:
            kept.append(mark)
    return kept


def stays_in(marks: Iterable[Mark]) -> tuple[list[Stay], str | None]:
    """The stays that marks tell of, and the kind of the last one."""
    stays: list[Stay] = []
    since: dt.datetime | None = None
    last: str | None = None
    for mark in marks:
        last = mark.kind
        if mark.kind == Kind.IN:
            since = since or mark.at
        elif since:
            stays.append(Stay(start=since, end=mark.at))
            since = None
    return [*stays, Stay(start=since, end=None)] if since else stays, last


def within(stay: Stay, session: Times) -> Stay | None:
    """A stay, cut to the hours of the session; nothing of one that lies outside them."""
    start = max(stay.start, session.starts_at)
    end = min(stay.end, session.ends_at) if stay.end else None
    return Stay(start=start, end=end) if start < (end or session.ends_at) else None


def problems_of(marks: list[Mark], stays: list[Stay]) -> list[Problem]:
    found = []
    kept = without_slips(marks)
    if kept and kept[0].kind == Kind.OUT:
        found.append(Problem.OUT_BEFORE_IN)
    if stays and stays[-1].end is None:
        found.append(Problem.NEVER_OUT)
    if any(mark.drift > DRIFT for mark in marks):
        found.append(Problem.CLOCK)
    return found


Key = TypeVar("Key")


def people_in(presences: Mapping[Key, Presence]) -> int:
    """How many people are in: each counts once, however often they were marked."""
    return sum(presence.is_in for presence in presences.values())
