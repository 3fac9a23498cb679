"""Deadlines: whole days back, to midnight in the Netherlands, and never after the start."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.meetings.deadlines import closes_at, deadline, is_open
from portal.meetings.models import Meeting, Policy
from portal.meetings.models.meetings import ZONE

State = Meeting.State
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))
# Any minute of twenty years.
STARTS = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
)
TERMS = st.integers(0, 60)


def meeting_at(start: dt.datetime | None, days: int, state: str = State.PLANNED) -> Meeting:
    """One that is not stored: no database is asked."""
    return Meeting(starts_at=start, policy=Policy(closing_days=days), state=state)


def closing_of(start: dt.datetime, days: int) -> dt.datetime:
    closing = closes_at(meeting_at(start, days))
    assert closing is not None
    return closing


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "days", "moment"),
    [
        # The day on which the clocks go forward has 23 hours, and the one on which they go back 25.
        ("2026-03-29", 0, "2026-03-29T22:00"),
        ("2026-03-29", 1, "2026-03-28T23:00"),
        ("2026-03-30", 1, "2026-03-29T22:00"),
        ("2026-03-29", 30, "2026-02-27T23:00"),
        ("2026-10-25", 0, "2026-10-25T23:00"),
        ("2026-10-25", 1, "2026-10-24T22:00"),
        ("2026-10-26", 1, "2026-10-25T23:00"),
        ("2026-10-25", 30, "2026-09-25T22:00"),
        # An ordinary day, a leap day, the turn of a year.
        ("2026-05-12", 1, "2026-05-11T22:00"),
        ("2028-03-01", 1, "2028-02-29T23:00"),
        ("2027-01-01", 1, "2026-12-31T23:00"),
    ],
)
def test_a_deadline_is_the_midnight_after_its_last_day(day: str, days: int, moment: str):
    assert deadline(day=dt.date.fromisoformat(day), days=days) == utc(moment)


@given(day=DAYS, days=TERMS)
def test_a_deadline_is_always_midnight_on_the_clock_and_as_many_days_back_as_said(day, days: int):
    local = deadline(day=day, days=days).astimezone(dt.UTC).astimezone(ZONE)
    assert local.time() == dt.time()
    assert day - local.date() == dt.timedelta(days=days - 1)


@given(start=STARTS, days=TERMS)
def test_enrolment_never_closes_after_the_start(start: dt.datetime, days: int):
    closing = closing_of(start, days)
    assert closing <= start
    midnight = closing.astimezone(dt.UTC).astimezone(ZONE).time() == dt.time()
    assert midnight or closing == start


@given(start=STARTS, days=TERMS)
def test_with_zero_days_one_may_enrol_until_it_begins_and_with_one_until_the_day_before(
    start: dt.datetime, days: int
):
    on_the_day = closing_of(start, 0)
    assert on_the_day == start
    before = closing_of(start, 1)
    last_moment = (before - dt.timedelta(seconds=1)).astimezone(dt.UTC).astimezone(ZONE)
    assert last_moment.date() == start.astimezone(ZONE).date() - dt.timedelta(days=1)
    assert closing_of(start, days + 1) <= closing_of(start, days)


@given(start=STARTS, days=TERMS, state=st.sampled_from(State.values))
def test_it_is_open_until_it_closes_while_it_is_going_on(start: dt.datetime, days: int, state):
    meeting, closing = meeting_at(start, days, state), closing_of(start, days)
    is_going_on = state in {State.PLANNED, State.DEFINITE}
    assert is_open(meeting, closing - dt.timedelta(microseconds=1)) == is_going_on
    assert not is_open(meeting, closing)
    assert not is_open(meeting, start)


def test_without_a_day_nothing_closes_and_nothing_is_open():
    meeting = meeting_at(None, 1)
    assert closes_at(meeting) is None
    assert not is_open(meeting, utc("2026-05-12T12:00"))
