"""Finding a meeting: choices that stand in the address, with what each of them would show."""

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.filters import address_of, filters_in
from portal.meetings.models import Meeting
from portal.meetings.queries.offer import OfferFilters
from tests.factories import offer_page
from tests.home.offers import (
    ENGLISH_OFFER,
    OFFER,
    meetings_on,
    on_offer,
    only,
    soup_of,
    words,
)
from tests.planning import (
    CourseFactory,
    OrganisationFactory,
    RegionFactory,
    SubjectFactory,
    VenueFactory,
    in_days,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def offer(db: None) -> list[Meeting]:
    """Four meetings that differ in all that one can look for."""
    north = VenueFactory(region=RegionFactory(slug="noord", name="Noord", name_en="North"))
    data = SubjectFactory(slug="data", name="Data en IT", name_en="Data and IT")
    partner = OrganisationFactory(slug="gilde", name="Gilde", is_partner=True)
    about_data = CourseFactory(subject=data)
    return [
        on_offer("nl", "en", code="open", day=in_days(10)),
        on_offer("nl", "en", code="cafe", format="cafe", venue=north, day=in_days(11)),
        on_offer(
            "nl", "en", code="online", course=about_data, venue=None, is_online=True, language="en",
            day=in_days(12), taken=12,
        ),
        on_offer("nl", "en", code="gilde", format="partner", partner=partner, day=in_days(400)),
    ]  # fmt: skip


def way(soup, name: str):
    return only(soup, f".filter:has(#filter-{name})")


def counts(visitor: Client, name: str, address: str = OFFER) -> dict[str, str]:
    """What each value of a facet says of itself: how many, or × where it is chosen."""
    tags = way(soup_of(visitor, address), name).select(".tag")
    return {words(tag).rpartition(" ")[0]: words(tag).rpartition(" ")[2] for tag in tags}


FITS = {
    "format=cafe": ["cafe"],
    "format=partner": ["gilde"],
    "region=noord": ["cafe"],
    "region=midden": ["open", "gilde"],
    "region=online": ["online"],
    "subject=data": ["online"],
    "language=en": ["online"],
    "places=vrij": ["open", "cafe", "gilde"],
    "partner=gilde": ["gilde"],
    "region=midden&format=open": ["open"],
    "region=noord&language=en": [],
}


@pytest.mark.parametrize("address", [OFFER, ENGLISH_OFFER])
def test_an_address_shows_what_fits_it(visitor: Client, offer: list[Meeting], address: str):
    assert {query: meetings_on(visitor, f"{address}?{query}") for query in FITS} == FITS


def test_a_month_shows_what_begins_in_it(visitor: Client, offer: list[Meeting]):
    far = offer[-1].starts_on
    assert far is not None
    assert meetings_on(visitor, f"{OFFER}?month={far:%Y-%m}") == ["gilde"]


@pytest.mark.each_database
def test_values_count_what_one_would_see_given_the_other_choices(
    visitor: Client, offer: list[Meeting]
):
    assert counts(visitor, "region") == {"Midden-Nederland": "2", "Noord": "1", "Online": "1"}
    chosen = counts(visitor, "region", f"{OFFER}?format=cafe")
    assert chosen == {"Midden-Nederland": "0", "Noord": "1", "Online": "0"}
    assert counts(visitor, "format", f"{OFFER}?format=cafe")["PE-café"] == "×"


@pytest.mark.each_database
def test_counts_leave_out_what_is_not_told_in_this_language(visitor: Client):
    on_offer("nl", format="cafe")
    on_offer("nl")
    on_offer("en", format="cafe")
    assert counts(visitor, "format")["PE-café"] == "1"


@pytest.mark.each_database
def test_every_choice_leads_to_as_many_meetings_as_it_says(visitor: Client, offer: list[Meeting]):
    links = soup_of(visitor, f"{OFFER}?places=vrij").select(".filter a:not([aria-current])")
    assert len(links) >= 6
    for link in links:
        found = meetings_on(visitor, str(link["href"]))
        assert str(len(found)) == words(link).rpartition(" ")[2], link


def test_a_choice_leads_to_an_address_to_share_with_nothing_else_in_it(
    visitor: Client, offer: list[Meeting]
):
    soup = soup_of(visitor, f"{OFFER}?format=partner&utm_source=x&pagina=1&month=")
    link = only(way(soup, "region"), "a")
    assert link["href"] == f"{OFFER}?format=partner&region=midden"
    assert link["rel"] == ["nofollow"]


def test_a_choice_is_undone_by_the_same_link(visitor: Client, offer: list[Meeting]):
    soup = soup_of(visitor, f"{OFFER}?format=cafe&region=noord")
    chosen = only(way(soup, "format"), "[aria-current=true]")
    assert chosen["href"] == f"{OFFER}?region=noord"
    assert [words(link) for link in soup.select(".chosen a")][-1] == "Toon alle bijeenkomsten"
    assert soup.select(".chosen a")[-1]["href"] == OFFER


def test_what_would_show_nothing_is_no_link(visitor: Client, offer: list[Meeting]):
    tags = way(soup_of(visitor, f"{OFFER}?format=cafe"), "region").select(".tag")
    assert {words(tag): tag.name for tag in tags} == {
        "Midden-Nederland 0": "span",
        "Noord 1": "a",
        "Online 0": "span",
    }


def test_the_other_language_keeps_what_is_chosen(visitor: Client, offer: list[Meeting]):
    soup = soup_of(visitor, f"{OFFER}?format=cafe&region=noord")
    other = only(soup, '.menu a[hreflang="en"]')["href"]
    assert other == f"{ENGLISH_OFFER}?format=cafe&region=noord"
    assert only(soup, 'link[hreflang="en"]')["href"] == f"http://localhost:8000{ENGLISH_OFFER}"


def test_a_choice_of_few_is_not_asked(visitor: Client):
    on_offer()
    names = [tag["id"] for tag in soup_of(visitor, OFFER).select(".filter p")]
    assert names == ["filter-places"]


@pytest.mark.each_database
def test_search_engines_keep_the_whole_offer_alone(visitor: Client, offer: list[Meeting]):
    robots = 'meta[name="robots"]'
    assert not soup_of(visitor, OFFER).select(robots)
    soup = soup_of(visitor, f"{OFFER}?format=cafe")
    assert only(soup, robots)["content"] == "noindex, follow"
    assert only(soup, 'link[rel="canonical"]')["href"] == f"http://localhost:8000{OFFER}"


def test_where_nothing_fits_one_can_go_on(visitor: Client, offer: list[Meeting]):
    soup = soup_of(visitor, f"{OFFER}?format=cafe&language=en")
    assert words(only(soup, ".empty-state-heading"))
    assert only(soup, ".empty-state a")["href"] == OFFER
    assert len(soup.select(".filter [aria-current]")) == 2


def test_a_partner_is_named_and_can_be_left_out(visitor: Client, offer: list[Meeting]):
    link = only(soup_of(visitor, f"{OFFER}?partner=gilde&places=vrij"), ".chosen li:first-child a")
    assert "Gilde" in words(link)
    assert link["href"] == f"{OFFER}?places=vrij"


# --- What cannot be ------------------------------------------------------------------------------

GARBAGE = [
    "format=zwart",
    "format[]=cafe",
    "language=xx",
    "places=ja",
    "region=%00",
    "subject=%00%ff",
    "partner=%00",
    "partner=niemand",
    "partner=" + "a" * 5_000,
    "region='%20OR%201=1--",
    "subject=%F0%9F%8D%91",
    "partner=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "&&&=&",
]


def test_garbage_is_dropped_or_finds_nothing(visitor: Client, offer: list[Meeting]):
    for query in GARBAGE:
        soup = soup_of(visitor, f"{OFFER}?{query}")
        found = meetings_on(visitor, f"{OFFER}?{query}")
        assert found in ([meeting.code for meeting in offer], []), query
        assert not soup.select("script:not([src]):not([type])"), query
        links = soup.select(".agenda-row a")
        assert all(str(link["href"]).startswith("/") for link in links), query


NO_MONTHS = ["2026-13", "2026-1", "0000-01", "9999-12", "9" * 5_000]


def test_a_month_that_is_none_is_told_with_the_way_to_all_months(visitor: Client, offer: object):
    for month in NO_MONTHS:
        soup = soup_of(visitor, f"{OFFER}?month={month}&format=cafe", 404)
        assert month[:40] in words(only(soup, "main .intro"))
        assert soup.select_one(f'main a[href="{OFFER}?format=cafe"]'), month


def test_an_unknown_value_is_named_and_can_be_left_out(visitor: Client, offer: object):
    for name in ("format", "region", "subject", "language", "places", "partner"):
        soup = soup_of(visitor, f"{OFFER}?{name}=zwart&utm_source=brief")
        told = only(soup, ".unknown")
        assert "zwart" in words(told), name
        assert only(told, "a")["href"] == f"{OFFER}?utm_source=brief", name
    assert not soup_of(visitor, f"{OFFER}?format=cafe&utm_source=brief").select(".unknown")


@pytest.mark.parametrize("query", ["partner=niemand", "partner=%00", "partner=kwekerij"])
def test_who_is_no_partner_is_ignored(visitor: Client, offer: list[Meeting], query: str):
    OrganisationFactory(slug="kwekerij", is_partner=False)
    assert len(meetings_on(visitor, f"{OFFER}?{query}")) == 4
    assert not soup_of(visitor, f"{OFFER}?{query}").select('a[href*="partner="]')


@pytest.mark.parametrize("number", ["0", "-1", "een", "²", "9" * 5_000])
def test_a_page_that_is_no_number_is_a_404(visitor: Client, number: str):
    offer_page()
    assert visitor.get(f"{OFFER}?pagina={number}").status_code == 404


TEXT = st.text(max_size=70)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(OfferFilters().__dict__, TEXT)))
def test_an_address_of_filters_says_the_same_again(values: dict[str, str]):
    query = QueryDict(mutable=True)
    query.update(values)
    filters = filters_in(query)
    assert filters.partner == ""
    again = QueryDict(address_of("", filters).lstrip("?"))
    assert filters_in(again) == filters
    assert all(
        value and value.replace("-", "a").replace("_", "a").isalnum() for value in again.values()
    )
