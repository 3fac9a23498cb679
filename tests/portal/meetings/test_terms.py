"""What one agrees to, in sentences with dates: true of each moment, and of what is free."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from portal.meetings.models import Meeting, Policy
from portal.meetings.terms import terms_of
from tests.planning import at

pytestmark = pytest.mark.either_database
DAY = dt.date(2026, 12, 9)  # a Wednesday
POLICY = Policy(cancelling_days=14, moving_days=7, substituting_days=0, payment_days=30)


def told(days_before: int, *, costs: bool = True, policy: Policy = POLICY, **fields: Any) -> str:
    """The terms of a meeting on 9 December, in Dutch, as they are so many days before it."""
    plain = {"starts_at": at(DAY, 13, 30), "ends_at": at(DAY, 17)}
    meeting = Meeting(**plain | fields)
    now = at(meeting.starts_on or DAY, 10) - dt.timedelta(days=days_before)
    with translation.override("nl"):
        return " ".join(terms_of(meeting, policy, now, costs=costs))


def test_each_term_has_its_date_until_when_and_what_it_costs_after_that():
    assert told(30) == (
        "Kosteloos annuleren kan tot en met 25 november; daarna blijft de factuur staan."
        " Een andere datum kiezen kan tot en met 2 december."
        " Iemand anders sturen kan tot de bijeenkomst begint."
        " Gaat de bijeenkomst niet door, dan betaal je niets."
        " De factuur komt na de bijeenkomst per mail. Je hebt dan 30 dagen om te betalen."
    )


def test_who_comes_twelve_days_ahead_reads_that_the_free_days_are_over():
    terms = told(12)
    assert "Kosteloos annuleren kon tot en met 25 november." in terms
    assert "Annuleren kan nog wel, maar de factuur blijft staan." in terms
    assert "kan tot en met 2 december" in terms
    assert "Een andere datum kiezen kon tot en met 2 december." in told(3)


def test_the_last_day_itself_still_counts():
    assert "annuleren kan tot en met 25 november" in told(14)
    assert "annuleren kon tot en met 25 november" in told(13)


def test_what_is_free_says_nothing_of_invoices_or_payment():
    for ago in (30, 12, 1):
        terms = told(ago, costs=False)
        assert terms.startswith("Annuleren kan tot de bijeenkomst begint")
        for word in ("factuur", "betaal", "osteloos"):
            assert word not in terms


@pytest.mark.parametrize(
    ("day", "date"), [((2027, 1, 5), "22 december 2026"), ((2027, 1, 20), "6 januari")]
)
def test_a_date_has_its_year_where_the_meeting_is_in_another(day: tuple[int, int, int], date: str):
    start = at(dt.date(*day), 13)
    terms = told(60, starts_at=start, ends_at=start + dt.timedelta(hours=3))
    assert f"annuleren kan tot en met {date};" in terms


def test_of_several_days_the_first_counts_and_the_invoice_follows_it():
    terms = told(30, ends_at=at(DAY + dt.timedelta(days=7), 17))
    assert "tot en met 25 november;" in terms
    assert "De factuur komt na de eerste dag per mail." in terms


def test_without_a_day_the_terms_are_told_in_days_before_it():
    assert "kan tot en met 14 dagen voor de bijeenkomst; daarna" in told(0, starts_at=None)


def test_nothing_is_agreed_any_more_of_what_has_begun_or_is_cancelled():
    assert told(-1) == ""
    assert told(30, state=Meeting.State.CANCELLED) == ""


def test_until_the_day_itself_is_until_it_begins():
    policy = Policy(cancelling_days=0, moving_days=0, substituting_days=0)
    assert "Kosteloos annuleren kan tot de bijeenkomst begint." in told(5, policy=policy)
