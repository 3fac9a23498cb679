"""A page about a kind of meeting shows its dates, and the demo's texts leave them to it."""

import datetime as dt
import re

import pytest
from django.test import Client

from home.demo.texts import read
from portal.meetings.demo import facts, first_day_of, length_of, without_christmas
from tests.factories import StandardPageFactory
from tests.home.offers import meetings_on, on_offer, only, soup_of, words
from tests.planning import in_days


@pytest.mark.django_db
def test_a_page_shows_the_dates_of_its_kind_of_meeting(visitor: Client):
    page = StandardPageFactory(slug="pe-cafe", title="PE-café", dates_of="cafe")
    on_offer(code="later", format="cafe", day=in_days(20))
    on_offer(code="eerst", format="cafe", day=in_days(10))
    on_offer(code="open", day=in_days(5))
    on_offer(code="voorbij", format="cafe", day=in_days(-5))
    assert meetings_on(visitor, page.url) == ["eerst", "later"]


@pytest.mark.django_db
def test_a_page_says_that_there_are_no_dates_of_its_kind(visitor: Client):
    page = StandardPageFactory(slug="pe-cafe", title="PE-café", dates_of="cafe")
    on_offer(code="open")
    assert words(only(soup_of(visitor, page.url), ".empty-state-heading")) == "Nog geen data"


@pytest.mark.django_db
def test_a_page_without_a_kind_shows_none(visitor: Client):
    on_offer(format="cafe")
    assert meetings_on(visitor, StandardPageFactory(slug="over-ons").url) == []


CLOCK = re.compile(
    r"\b[0-9]{1,2}[.:][0-9]{2}( uur)?\"|om (acht|zes|half)|at (eight|six)"
    r"|(maan|dins|woens|donder|vrij)dag\"|(Mon|Tues|Wednes|Thurs|Fri)day\"",
)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_texts_on_meetings_name_no_hours_or_days_that_the_offer_tells(language: str):
    pages = read(f"{language}/pages")
    for key in ("pe-cafe", "offer"):
        cells = str([block for block in pages[key]["body"] if "table" in block]).replace("'", '"')
        assert not CLOCK.search(cells), key
    assert pages["pe-cafe"]["dates_of"] == "cafe"


def test_a_pe_cafe_lasts_as_long_as_its_page_says():
    cafes = [one for one in facts()["meetings"] if one.get("format") == "cafe"]
    assert {length_of(one) for one in cafes} == {dt.timedelta(hours=3, minutes=30)}


def test_the_demo_has_no_meeting_at_christmas_or_in_a_weekend():
    offsets = {one["day"] for one in facts()["meetings"]} - {0}
    for number in range(366):
        today = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        for offset in offsets:
            day = first_day_of(offset, today=today)
            assert day.weekday() < 5
            assert (12, 23) >= (day.month, day.day) > (1, 1)
            assert (day < today) == (offset < 0) or day == today
            second = without_christmas(day + dt.timedelta(days=7), forward=True)
            assert second > day
