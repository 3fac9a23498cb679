"""Hours by a scheme's rule: what must hold for any presence, and the roundings one by one."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.attendance.hours import Earned, earned
from portal.attendance.models import HoursRule
from portal.meetings.models import Session
from portal.meetings.models.meetings import ZONE

Break, Rounding = HoursRule.Break, HoursRule.Rounding
START = dt.datetime(2026, 5, 12, 13, 30, tzinfo=ZONE)
LENGTH, PAUSE, NET = 240, 30, 210
HOUR = Decimal(60)


def rule(**fields: Any) -> HoursRule:
    return HoursRule(**{"step": Decimal("0.5"), "least_minutes": 0} | fields)


def session(start: dt.datetime = START, minutes: int = LENGTH, **fields: Any) -> Session:
    end = (start.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(ZONE)
    return Session(starts_at=start, ends_at=end, **{"break_minutes": PAUSE} | fields)


def stay(first: int, last: int, start: dt.datetime = START) -> Any:
    """From and until so many minutes after the start, exactly."""
    begin = start.astimezone(dt.UTC)
    came, went = (begin + dt.timedelta(minutes=minutes) for minutes in (first, last))
    return SimpleNamespace(start=came, end=went)


def for_minutes(minutes: int, most: str = "3.5", **fields: Any) -> Earned:
    """What one earns who is there for so many minutes from the start."""
    return earned([(session(), [stay(0, minutes)])], rule=rule(**fields), most=Decimal(most))


rules = st.builds(
    rule,
    minutes_per_hour=st.integers(30, 90),
    step=st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal("0.1")]),
    rounding=st.sampled_from(Rounding.values),
    least_minutes=st.integers(0, NET),
    breaks_cost=st.sampled_from(Break.values),
)
mosts = st.sampled_from([Decimal("0.25"), Decimal(3), Decimal("3.5"), Decimal(4)])
stretches = st.lists(st.tuples(st.integers(-30, 270), st.integers(0, 120)), max_size=4)


@settings(max_examples=60, deadline=None)
@given(rule=rules, most=mosts, first=stretches, more=stretches)
def test_more_presence_never_earns_less_and_nothing_earns_too_much(
    rule: HoursRule, most: Decimal, first: list[Any], more: list[Any]
):
    def with_stays(stretches: list[Any]) -> Earned:
        stays = [stay(start, start + length) for start, length in stretches]
        return earned([(session(), stays)], rule=rule, most=most)

    few, many, all_of_it = with_stays(first), with_stays(first + more), with_stays([(0, LENGTH)])
    assert few.minutes <= many.minutes <= all_of_it.minutes == NET
    assert 0 <= few.hours <= many.hours <= all_of_it.hours == most


@settings(max_examples=40, deadline=None)
@given(rule=rules, minutes=st.integers(0, LENGTH - 1))
def test_a_part_is_rounded_as_the_rule_says(rule: HoursRule, minutes: int):
    found = earned([(session(), [stay(0, minutes)])], rule=rule, most=Decimal(99))
    if found.minutes < max(rule.least_minutes, 1):
        assert found.hours == 0
        return
    exact = Decimal(found.minutes) / rule.minutes_per_hour
    assert found.hours % rule.step == 0
    assert abs(found.hours - exact) < rule.step
    assert found.hours <= exact or rule.rounding != Rounding.DOWN
    assert found.hours >= exact or rule.rounding != Rounding.UP
    assert abs(found.hours - exact) * 2 <= rule.step or rule.rounding != Rounding.NEAREST


@pytest.mark.parametrize(
    ("rounding", "hours"), [(Rounding.DOWN, "2.5"), (Rounding.NEAREST, "3"), (Rounding.UP, "3")]
)
def test_half_a_step_is_rounded_up_to_the_nearest(rounding: str, hours: str):
    found = for_minutes(165, rounding=rounding, breaks_cost=Break.NOTHING)
    assert (found.minutes, found.hours) == (165, Decimal(hours))


@pytest.mark.parametrize(
    ("breaks_cost", "minutes"), [(Break.WHOLE, 90), (Break.SHARE, 105), (Break.NOTHING, 120)]
)
def test_what_a_break_costs_who_left_half_way(breaks_cost: str, minutes: int):
    assert for_minutes(120, breaks_cost=breaks_cost).minutes == minutes


def test_fewer_than_the_least_minutes_earn_nothing():
    assert for_minutes(59, breaks_cost=Break.NOTHING, least_minutes=60).hours == 0
    assert for_minutes(60, breaks_cost=Break.NOTHING, least_minutes=60).hours == 1


def test_minutes_before_and_after_a_session_count_for_nothing():
    found = earned([(session(), [stay(-20, 400)])], rule=rule(), most=Decimal("3.5"))
    assert (found.minutes, found.hours) == (NET, Decimal("3.5"))


def test_who_never_signed_out_has_earned_nothing_by_that_yet():
    open_stay = SimpleNamespace(start=START, end=None)
    assert earned([(session(), [open_stay])], rule=rule(), most=Decimal(4)).hours == 0


def test_two_sessions_count_together_and_one_that_does_not_count_is_left_out():
    second = START + dt.timedelta(days=7)
    parts = [
        (session(), [stay(0, LENGTH)]),
        (session(second), []),
        (session(second + dt.timedelta(hours=6), counts=False), [stay(360, 600, second)]),
    ]
    half = earned(parts, rule=rule(), most=Decimal(7))
    assert (half.minutes, half.hours, len(half.steps)) == (NET, Decimal("3.5"), 2)
    parts[1] = (session(second), [stay(0, LENGTH, second)])
    assert earned(parts, rule=rule(), most=Decimal(7)).hours == 7


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_a_night_in_which_the_clocks_change_has_its_true_length(day: dt.date):
    start = dt.datetime.combine(day, dt.time(1), tzinfo=ZONE)
    night = session(start, 180, break_minutes=0)
    found = earned([(night, [stay(0, 90, start)])], rule=rule(), most=Decimal(3))
    assert (found.minutes, found.hours) == (90, Decimal("1.5"))
    local = [SimpleNamespace(start=night.starts_at, end=night.ends_at)]
    assert earned([(night, local)], rule=rule(), most=Decimal(3)).hours == 3
