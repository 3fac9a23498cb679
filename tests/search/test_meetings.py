"""Meetings among what a search finds, and what it makes of a mistyped word."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pluc import generation
from portal.meetings.models import Meeting
from portal.meetings.wording import month_name
from tests.factories import StandardPageFactory
from tests.home.offers import meetings_on, on_offer, only, soup_of, words
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    RegionFactory,
    SpeakerFactory,
    SubjectFactory,
    VenueFactory,
    in_days,
)

pytestmark = pytest.mark.django_db
SEARCH = "/zoeken/?q="


@pytest.fixture
def offer() -> list[Meeting]:
    """Two meetings that share nothing: in Utrecht with Roodbeen, far ahead online with Çelik."""
    audit = SubjectFactory(slug="controle", name="Controle", name_en="Audit")
    tax = SubjectFactory(slug="fiscaal", name="Fiscaal", name_en="Tax")
    near = on_offer(
        "nl", "en", code="steekproef", course=CourseFactory(title="Steekproeven", subject=audit),
        venue=VenueFactory(city="Utrecht", region=RegionFactory()), day=in_days(10), price=195,
    )  # fmt: skip
    far = on_offer(
        code="latent", course=CourseFactory(title="De latente fraude", subject=tax),
        venue=None, is_online=True, day=in_days(75),
    )  # fmt: skip
    near.speakers.add(SpeakerFactory(name="Hanneke Roodbeen"))
    far.speakers.add(SpeakerFactory(name="Ömer Çelik"))
    return [near, far]


def test_meetings_are_found_by_what_one_knows_of_them(visitor: Client, offer: list[Meeting]):
    far = offer[1].starts_on
    assert far is not None
    month = month_name(far).split()[0]
    found_by = {
        "utrecht": ["steekproef"],
        "Roodbeen": ["steekproef"],
        "celik": ["latent"],
        "online": ["latent"],
        "fiscaal": ["latent"],
        "steekproeven controle": ["steekproef"],
        "Utrecht Roodbeen": ["steekproef"],
        "open bijeenkomst": ["steekproef", "latent"],
        month: ["latent"],
        f"{month} {far.year} online": ["latent"],
        "roodbeen online": ["steekproef", "latent"],
        "onvindbaarwoord": [],
    }
    with_month = {q: meetings_on(visitor, SEARCH + q) for q in found_by}
    assert with_month == found_by


def test_english_words_find_meetings_that_are_told_in_english(
    visitor: Client, offer: list[Meeting]
):
    assert meetings_on(visitor, "/en/zoeken/?q=audit") == ["steekproef"]
    assert meetings_on(visitor, "/en/zoeken/?q=online") == []


def test_a_meeting_among_the_results_tells_date_place_price_and_places(
    visitor: Client, offer: list[Meeting]
):
    row = only(soup_of(visitor, f"{SEARCH}roodbeen"), ".agenda-row")
    day = offer[0].starts_on
    assert day is not None
    assert only(row, "time")["datetime"] == day.isoformat()
    for told in ("Utrecht", "€ 195,00", "Nog 12 plekken"):
        assert told in words(row), told


def test_what_is_over_hidden_or_cancelled_is_not_found(visitor: Client, offer: list[Meeting]):
    begun, cancelled = offer
    Meeting.objects.filter(pk=begun.pk).update(starts_at=dt.datetime(2020, 1, 6, tzinfo=dt.UTC))
    Meeting.objects.filter(pk=cancelled.pk).update(state=Meeting.State.CANCELLED)
    on_offer(code="geheim", course=CourseFactory(title="Geheim"), is_listed=False)
    for query in ("utrecht", "fraude", "geheim"):
        assert meetings_on(visitor, SEARCH + query) == [], query


# --- Mistyped words ------------------------------------------------------------------------------

MEANT = {
    "fruade": "fraude",
    "fraud": "fraude",
    "controler": "controller",
    "contorle": "controle",
    "steekprofen": "steekproeven",
    "utrech": "utrecht",
    "roodbeen": "",
    "utrecgt roodben": "utrecht roodbeen",
    "btx": "",  # too short to be sure of
    "onvindbaarwoord": "",
}


@pytest.fixture
def texts() -> None:
    StandardPageFactory(
        title="Vragen",
        body=[{"type": "text", "value": "<p>De <b>controller</b> rekent met belasting, ja.</p>"}],
    )


def test_a_mistyped_word_is_understood(visitor: Client, offer: list[Meeting], texts: None):
    for query, meant in MEANT.items():
        links = soup_of(visitor, SEARCH + query).select(".search-meant a")
        assert [words(link) for link in links][:1] == ([meant] if meant else []), query
    links = soup_of(visitor, f"{SEARCH}belastng").select(".search-meant a")
    assert [words(link) for link in links] == ["belasting"], "not again with its comma"


def test_where_nothing_fits_the_likeliest_word_is_looked_for(visitor: Client, offer: list[Meeting]):
    soup = soup_of(visitor, f"{SEARCH}fruade")
    assert meetings_on(visitor, f"{SEARCH}fruade") == ["latent"]
    told = words(only(soup, ".search-meant"))
    assert (
        told == "Bedoelde je: fraude ? Met “fruade” vonden we niets. Dit vonden we voor “fraude”."
    )
    assert only(soup, 'input[name="q"]')["value"] == "fruade"


def test_a_word_of_a_draft_or_of_the_other_language_is_never_meant(
    visitor: Client, offer: list[Meeting]
):
    StandardPageFactory(title="Kwartaalcijfers", live=False)
    StandardPageFactory(title="Sustainability", language="en", slug="sustainability")
    for query in ("kwartaalcyfers", "sustainibility"):
        assert not soup_of(visitor, SEARCH + query).select(".search-meant"), query


def queries_for(visitor: Client, query: str) -> int:
    generation.forget()
    with CaptureQueriesContext(connection) as queries:
        soup_of(visitor, SEARCH + query)
    return len(queries)


def test_more_meetings_and_pages_cost_no_more(visitor: Client, offer: list[Meeting], texts: None):
    asked = ("online", "fruade", "controller", "onvindbaarwoord")
    few = {query: queries_for(visitor, query) for query in asked}
    for number in range(3):
        meeting = on_offer(course=CourseFactory(title=f"Online fraude {number}"))
        meeting.speakers.add(SpeakerFactory())
        AccreditationFactory(meeting=meeting)
        StandardPageFactory(title=f"Controller {number}")
    assert {query: queries_for(visitor, query) for query in asked} == few
    assert max(few.values()) <= 27
