"""How minutes of presence become PE hours, by the rule of a scheme. Pure: it asks no database.

Whoever was there from the start to the end of every session that counts earns all the hours that
the scheme recognised. Whoever was there for a part earns what their net minutes come to, rounded as
the rule says, and never more than that (`docs/decisions/0041`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, Protocol, Self

from portal.attendance.models import HoursRule

Break, Rounding = HoursRule.Break, HoursRule.Rounding
TO_THE = {Rounding.DOWN: ROUND_FLOOR, Rounding.NEAREST: ROUND_HALF_UP, Rounding.UP: ROUND_CEILING}
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Timed(Protocol):
    """A session, for what counts here: its hours and its break."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def break_minutes(self) -> int: ...
    @property
    def counts(self) -> bool: ...


class Between(Protocol):
    """A stretch of time that somebody was in; without an end it earns nothing yet."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime | None: ...


@dataclass(frozen=True, kw_only=True)
class Part:
    """What somebody's presence in one session comes to; all in whole minutes."""

    start: str
    end: str
    present: int
    break_cost: int
    net: int
    is_whole: bool


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A rule as it was when hours were computed."""

    minutes_per_hour: int
    step: Decimal
    rounding: str
    least_minutes: int
    breaks_cost: str

    @classmethod
    def of(cls, rule: HoursRule) -> Self:
        return cls(**{name: getattr(rule, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True, kw_only=True)
class Earned:
    """What somebody earned for one scheme, and the steps by which it was computed."""

    minutes: int
    hours: Decimal
    steps: tuple[Part, ...]
    terms: Terms
    most: Decimal

    def as_json(self) -> dict[str, Any]:
        """To keep with the hours: decimals as text."""
        terms = asdict(self.terms) | {"step": str(self.terms.step)}
        parts = [asdict(part) for part in self.steps]
        return {"rule": terms, "most": str(self.most), "sessions": parts}


def earned(
    presence: Sequence[tuple[Timed, Iterable[Between]]], *, rule: HoursRule, most: Decimal
) -> Earned:
    """Hours for one scheme; `presence` is every session with the stays in it.

    `most` is what the scheme recognised. Sessions that do not count for PE count for nothing.
    """
    terms = Terms.of(rule)
    steps = tuple(part_of(one, stays, terms) for one, stays in presence if one.counts)
    minutes = sum(part.net for part in steps)
    return Earned(
        minutes=minutes,
        hours=hours_for(minutes, terms, most, is_whole=is_whole(steps)),
        steps=steps,
        terms=terms,
        most=most,
    )


def is_whole(parts: Sequence[Part]) -> bool:
    """Whether somebody was there all the time, in all sessions that count."""
    return bool(parts) and all(part.is_whole for part in parts)


def hours_for(minutes: int, terms: Terms, most: Decimal, *, is_whole: bool) -> Decimal:
    if minutes < max(terms.least_minutes, 1):
        return Decimal(0)
    if is_whole:
        return most
    steps = exact_hours(minutes, terms) / terms.step
    rounded = steps.quantize(Decimal(1), rounding=TO_THE[Rounding(terms.rounding)]) * terms.step
    return min(rounded, most)


def exact_hours(minutes: int, terms: Terms) -> Decimal:
    """Before it is rounded."""
    return Decimal(minutes) / terms.minutes_per_hour


def part_of(session: Timed, stays: Iterable[Between], terms: Terms) -> Part:
    """Cuts the stays to the session's own hours, and takes the break off."""
    start, end = session.starts_at.astimezone(UTC), session.ends_at.astimezone(UTC)
    present, length = time_within(stays, start, end), end - start
    pause = min(session.break_minutes * MINUTE, length)
    net = net_time(present, length, pause, terms.breaks_cost) // MINUTE
    return Part(
        start=start.isoformat(),
        end=end.isoformat(),
        present=present // MINUTE,
        break_cost=present // MINUTE - net,
        net=net,
        is_whole=present == length,
    )


def net_time(
    present: timedelta, length: timedelta, pause: timedelta, breaks_cost: str
) -> timedelta:
    """What is left of somebody's presence once the break is taken off; never more than the net."""
    if breaks_cost == Break.WHOLE:
        return max(present - pause, timedelta(0))
    if breaks_cost == Break.SHARE:
        return timedelta(
            seconds=present // SECOND * ((length - pause) // SECOND) // (length // SECOND)
        )
    return min(present, length - pause)


def time_within(stays: Iterable[Between], start: datetime, end: datetime) -> timedelta:
    """How long somebody was there within some hours; what overlaps counts once.

    In UTC: between two moments of one zone Python reads the clock on the wall, which is changed
    twice a year.
    """
    total, reached = timedelta(0), start
    ended = [(one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in stays if one.end]
    for came, went in sorted(ended):
        first, last = max(came, reached), min(went, end)
        if last > first:
            total, reached = total + (last - first), last
    return total
