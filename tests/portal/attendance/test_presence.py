"""The event log folded: properties that hold whatever was marked."""

import datetime as dt
import random
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.attendance.models import Mark
from portal.attendance.presence import Presence, Problem, people_in, presence_of
from portal.meetings.models import Session

START = dt.datetime(2026, 12, 1, 12, 30, tzinfo=dt.UTC)
SESSION = Session(starts_at=START, ends_at=START + dt.timedelta(hours=3))
FULL = 180


def mark(kind: str, seconds: float, **fields: object) -> Mark:
    """A mark so many seconds after the start of the session."""
    at = START + dt.timedelta(seconds=seconds)
    return Mark(**{"kind": kind, "at": at, "source": "door", **fields})


@st.composite
def logs(draw: st.DrawFn) -> list[Mark]:
    """Marks of one person: in, out, by themselves, taken back and corrected, in any order."""
    marks: list[Mark] = []
    free: list[Mark] = []
    for number in range(draw(st.integers(0, 8))):
        one = mark(
            draw(st.sampled_from(["in", "out"])),
            draw(st.integers(-9000, 20000)),
            id=uuid.UUID(int=number),
            source=draw(st.sampled_from(["door", "scan", "self", "paper", "office"])),
        )
        if free and draw(st.booleans()):
            one.supersedes = free.pop(draw(st.integers(0, len(free) - 1)))
            one.kind = draw(st.sampled_from(["in", "out", "void"]))
        marks.append(one)
        free.append(one)
    return marks


@given(logs(), st.randoms(use_true_random=False))
def test_order_of_arrival_makes_no_difference(marks: list[Mark], chance: random.Random) -> None:
    told = presence_of(marks, SESSION)
    chance.shuffle(marks)
    assert presence_of(marks, SESSION) == told


@given(logs())
def test_a_mark_that_is_sent_twice_changes_nothing(marks: list[Mark]) -> None:
    assert presence_of(marks + marks, SESSION) == presence_of(marks, SESSION)


@given(logs())
def test_minutes_never_exceed_the_session(marks: list[Mark]) -> None:
    found = presence_of(marks, SESSION)
    assert 0 <= found.minutes <= FULL
    ends = [moment for stay in found.stays for moment in (stay.start, stay.end) if moment]
    assert ends == sorted(ends)
    assert all(SESSION.starts_at <= moment <= SESSION.ends_at for moment in ends)


@given(logs())
def test_marks_of_their_own_count_in_nothing(marks: list[Mark]) -> None:
    """Until somebody confirms them by name: then that mark counts."""
    known = presence_of(marks, SESSION)
    mine = mark("in", 5, id=uuid.UUID(int=99), source="self")
    with_mine = presence_of([*marks, mine], SESSION)
    assert (with_mine.stays, with_mine.is_in) == (known.stays, known.is_in)
    assert with_mine.unconfirmed
    confirmed = mark("in", 5, id=uuid.UUID(int=100), supersedes=mine)
    plain = mark("in", 5, id=uuid.UUID(int=100))
    assert presence_of([*marks, mine, confirmed], SESSION) == presence_of([*marks, plain], SESSION)


@given(logs(), st.integers(-9000, 20000), st.sampled_from(["in", "out"]))
def test_what_is_taken_back_was_never_there(marks: list[Mark], when: int, kind: str) -> None:
    slip = mark(kind, when, id=uuid.UUID(int=99))
    undone = mark("void", when + 8, id=uuid.UUID(int=100), supersedes=slip)
    assert presence_of([*marks, slip, undone], SESSION) == presence_of(marks, SESSION)


@given(st.lists(logs(), max_size=6))
def test_every_count_is_of_persons(people: list[list[Mark]]) -> None:
    found = {number: presence_of(marks, SESSION) for number, marks in enumerate(people)}
    assert people_in(found) == len([one for one in found.values() if one.is_in])
    twice = {number: presence_of(marks * 2, SESSION) for number, marks in enumerate(people)}
    assert people_in(twice) == people_in(found) <= len(people)


@pytest.mark.parametrize(
    ("marks", "minutes", "problems"),
    [
        ([("in", 0), ("out", 10800)], 180, ()),
        ([("in", -3600), ("out", 14400)], 180, ()),
        ([("in", 0), ("in", 600), ("out", 3600), ("out", 5400)], 60, ()),
        ([("in", 0), ("out", 3600), ("in", 3608), ("out", 7200)], 120, ()),
        ([("in", 0), ("out", 9)], 0, ()),
        ([("in", 0), ("out", 3600), ("in", 5400), ("out", 7200)], 90, ()),
        ([("out", 3600)], 0, (Problem.OUT_BEFORE_IN,)),
        ([("out", 60), ("in", 3600)], 0, (Problem.OUT_BEFORE_IN, Problem.NEVER_OUT)),
        ([("in", 11000), ("out", 12000)], 0, ()),
        ([("in", -3600), ("out", -600)], 0, ()),
    ],
)
def test_minutes_and_problems(
    marks: list[tuple[str, int]], minutes: int, problems: tuple[str, ...]
) -> None:
    found = presence_of([mark(*one) for one in marks], SESSION)
    assert (found.minutes, found.problems) == (minutes, problems)


def test_a_slip_undone_within_ten_seconds_leaves_no_minute() -> None:
    """Also where the slip fell on the turn of a minute, or in somebody's stay."""
    slip, out = mark("in", 59), mark("out", 69)
    assert presence_of([slip, out], SESSION) == Presence()
    stay = [mark("in", 0), mark("out", 10800)]
    assert presence_of([*stay, mark("out", 600), mark("in", 610)], SESSION).minutes == FULL


def test_a_clock_that_is_off_is_a_problem() -> None:
    def told(minutes: int, seconds: int) -> Presence:
        said = START + dt.timedelta(minutes=minutes, seconds=seconds)
        return presence_of([mark("in", 0, told_at=said), mark("out", 600)], SESSION)

    assert told(2, 0).problems == told(-2, 0).problems == ()
    assert told(2, 1).problems == told(-60, 0).problems == (Problem.CLOCK,)
