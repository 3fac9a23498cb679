"""What visitors read: the statement, its versions, their addresses (P40; STANDARDS 4.2, 4.3)."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from legal.statements.models import Edition, VersionPage
from tests.factories import StandardPageFactory
from tests.houses import House
from tests.legal.versions import (
    EditionFactory,
    days_from_now,
    make_editions,
    revise,
    statement_page,
    text_of,
    write_version,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
OLD = "2018-05-16"
PREFIX = {"nl": "", "en": "/en"}


def page_at(browser: Client, address: str) -> BeautifulSoup:
    response = browser.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "lxml")


def is_noindex(page: BeautifulSoup) -> bool:
    return page.select_one('meta[name=robots][content*="noindex"]') is not None


def links_of(page: BeautifulSoup) -> set[str]:
    return {link["href"] for link in page.select("main a[href]")}


@pytest.fixture
def third(second: dict[str, Edition]) -> dict[str, Edition]:
    """A version that will be in force tomorrow."""
    return make_editions(days_from_now(0), effective_from=days_from_now(1), intro="Morgen anders.")


# --- The one in force ----------------------------------------------------------------------------


@pytest.mark.promise("P40")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_statement_in_force_stands_at_one_address(visitor, second, language: str):
    page = page_at(visitor, f"{PREFIX[language]}/privacyverklaring/")
    assert page.html["lang"] == language
    assert second[language].intro in page.text
    assert not is_noindex(page)
    assert page.select_one("link[rel=canonical]")["href"].endswith("/privacyverklaring/")
    assert f"{PREFIX[language]}/privacyverklaring/versies/" in links_of(page)


@pytest.mark.promise("P40")
def test_every_page_leads_to_the_statement(visitor, second):
    StandardPageFactory(slug="een-pagina")
    for address in ("/een-pagina/", "/cookies/", "/onbekend/", "/privacyverklaring/versies/"):
        assert 'href="/privacyverklaring/"' in visitor.get(address).text, address
    assert 'href="/en/privacyverklaring/"' in visitor.get("/en/cookies/").text


@pytest.mark.promise("P40")
def test_the_portal_leads_to_the_statement_and_the_cookie_settings(house: House, second):
    page = house.guest().get(house.portal_path("/inloggen/"))
    links = {link["href"] for link in BeautifulSoup(page.content, "lxml").select("footer a")}
    site = "" if house.one_host else "http://pluc.localhost:8000"
    assert f"{site}/privacyverklaring/" in links
    (cookies,) = {link for link in links if link.endswith("/cookies/")}
    assert house.guest().get(cookies).status_code == 200


def test_there_is_no_statement_before_the_first(visitor):
    for address in ("", "versies/", f"{OLD}/", f"{OLD}.pdf", f"verschil/{OLD}/{OLD}/"):
        assert visitor.get(f"/privacyverklaring/{address}").status_code == 404


# --- Versions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_version_has_an_address_for_ever(visitor, second, language: str):
    for version in (OLD, second["nl"].version):
        page = page_at(visitor, f"{PREFIX[language]}/privacyverklaring/{version}/")
        assert version in page.title.text
        assert is_noindex(page)
        assert f"{PREFIX[language]}/privacyverklaring/{version}.pdf" in links_of(page)


def test_an_old_version_says_so_and_leads_to_the_one_in_force(visitor, second):
    page = page_at(visitor, f"/en/privacyverklaring/{OLD}/")
    assert "no longer in force" in page.main.text
    assert "/en/privacyverklaring/" in links_of(page)
    current = page_at(visitor, f"/en/privacyverklaring/{second['en'].version}/")
    assert "no longer in force" not in current.main.text


def test_the_history_lists_every_version_with_its_summary(visitor, third):
    page = page_at(visitor, "/privacyverklaring/versies/")
    versions = [entry["datetime"] for entry in page.select(".versions h2 time")]
    assert versions == sorted(versions, reverse=True)
    assert versions[-1] == OLD
    for edition in Edition.objects.filter(language="nl"):
        assert edition.summary in page.main.text
        assert f"/privacyverklaring/{edition.version}/" in links_of(page)
        assert f"/privacyverklaring/{edition.version}.pdf" in links_of(page)


def test_the_history_marks_one_version_as_in_force(visitor, third):
    page = page_at(visitor, "/en/privacyverklaring/versies/")
    marked = [tag.text for tag in page.select(".versions .tag")]
    assert len([text for text in marked if text == "In force"]) == 1
    assert len([text for text in marked if text.startswith("In force from")]) == 1


def test_a_version_leads_to_the_other_language(visitor, second):
    for here, there in (("", "/en"), ("/en", "")):
        page = page_at(visitor, f"{here}/privacyverklaring/{OLD}/")
        assert f"{there}/privacyverklaring/{OLD}/" in {
            a["href"] for a in page.select("a[hreflang]")
        }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_versions_pdf_is_as_it_was_made(visitor, second, language: str):
    response = visitor.get(f"{PREFIX[language]}/privacyverklaring/{OLD}.pdf")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Robots-Tag"] == "noindex"
    assert f"{OLD}-{language}.pdf" in response["Content-Disposition"]
    assert response.content == bytes(Edition.objects.get(version=OLD, language=language).pdf)


UNKNOWN = [
    "2018-05-17",
    "2018-13-45",
    "2018-5-16",
    "20180516",
    "2018-05-16T00:00",
    "16-05-2018",
    "２０１８-05-16",
    "2018-05-1६",
    "0000-00-00",
    "9999-99-99",
    "-2018-05-16",
    "versie",
    "2018-05-16'",
    "..",
]


@pytest.mark.parametrize("version", UNKNOWN)
def test_an_unknown_or_malformed_version_is_not_found(visitor, second, version: str):
    for address in (
        f"{version}/",
        f"{version}.pdf",
        f"verschil/{OLD}/{version}/",
        f"verschil/{version}/{OLD}/",
    ):
        assert visitor.get(f"/privacyverklaring/{address}").status_code == 404, address


@pytest.mark.parametrize("number", [1, 3])
def test_the_history_costs_no_more_with_more_versions(
    without_cache, visitor, number: int, django_assert_max_num_queries
):
    for days in range(number):
        make_editions(days_from_now(-days))
    with django_assert_max_num_queries(10):
        visitor.get("/privacyverklaring/versies/")


@pytest.mark.parametrize("address", ["", "versies/", f"{OLD}/", f"verschil/{OLD}/{OLD}/"])
def test_the_statement_needs_at_most_ten_queries(
    without_cache, visitor, third, address: str, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        assert visitor.get(f"/privacyverklaring/{address}").status_code == 200


def test_text_is_shown_as_text(visitor):
    hostile = "<script>alert(1)</script>"
    fields = {"title": hostile, "intro": hostile, "summary": hostile, "key_points": [hostile]}
    EditionFactory(**fields)
    for address in ("", "versies/", f"{OLD}/", f"verschil/{OLD}/{OLD}/"):
        text = visitor.get(f"/privacyverklaring/{address}").text
        assert "<script>alert" not in text


# --- The clock -----------------------------------------------------------------------------------


@pytest.mark.promise("P39")
def test_a_version_for_tomorrow_is_readable_today_and_marked(visitor, third):
    page = page_at(visitor, f"/en/privacyverklaring/{third['en'].version}/")
    assert "not in force yet" in page.main.text
    assert is_noindex(page)
    current = page_at(visitor, "/en/privacyverklaring/")
    assert "Morgen anders." not in current.main.text
    assert f"/en/privacyverklaring/{third['en'].version}/" in links_of(current)
    assert "A new version will be in force" in current.main.text


@pytest.mark.promise("P39")
def test_the_clock_alone_puts_it_in_force_at_midnight(visitor, third):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    midnight += timedelta(days=1)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert "Morgen anders." not in visitor.get("/privacyverklaring/").text
    with time_machine.travel(midnight, tick=False):
        assert "Morgen anders." in visitor.get("/privacyverklaring/").text
        assert "Morgen anders." in visitor.get("/en/privacyverklaring/").text
        page = page_at(visitor, f"/en/privacyverklaring/{third['en'].version}/")
        assert "not in force yet" not in page.main.text
        history = page_at(visitor, "/en/privacyverklaring/versies/")
        (marked,) = history.select(".versions .tag")
        assert third["en"].version in str(marked.find_parent("li"))


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31", "2028-02-29", "2027-01-01"])
def test_the_day_begins_at_midnight_in_amsterdam(visitor, first, day: str):
    edition = EditionFactory(day=timezone.datetime.fromisoformat(day).date(), intro="Nu geldig.")
    start = timezone.make_aware(timezone.datetime.fromisoformat(day))
    with time_machine.travel(start - timedelta(seconds=1), tick=False):
        assert edition.intro not in visitor.get("/privacyverklaring/").text
    with time_machine.travel(start, tick=False):
        assert edition.intro in visitor.get("/privacyverklaring/").text


# --- Pages are for writing -----------------------------------------------------------------------


@pytest.fixture
def published(second) -> VersionPage:
    """A version that somebody has published as if it were a page, under a name of its own."""
    page = write_version(days_from_now(0), slug="versie-drie", summary="Nog niet voor bezoekers")[
        "nl"
    ]
    page.get_latest_revision().publish(skip_permission_checks=True)
    return VersionPage.objects.get(pk=page.pk)


def test_a_page_without_an_edition_is_never_served(visitor, published):
    assert visitor.get("/privacyverklaring/versie-drie/").status_code == 404
    assert visitor.get(f"/privacyverklaring/{published.version}/").status_code == 404


def test_a_page_without_an_edition_is_not_in_sitemap_or_search(visitor, published):
    assert "versie-drie" not in visitor.get("/sitemap.xml").text
    assert "versie-drie" not in visitor.get("/zoeken/?q=privacyverklaring").text


def test_a_page_without_an_edition_does_not_change_the_statement(visitor, published):
    assert published.summary not in visitor.get("/privacyverklaring/").text
    assert published.summary not in visitor.get("/privacyverklaring/versies/").text


def test_the_statements_page_elsewhere_leads_to_the_statement(visitor, second):
    page = statement_page()
    page.move(StandardPageFactory(slug="over-ons"), pos="last-child")
    response = visitor.get("/over-ons/privacyverklaring/")
    assert response.status_code == 302
    assert response["Location"] == "/privacyverklaring/"


@pytest.mark.parametrize("fields", [{}, {"date": None, "effective_from": None}])
def test_a_draft_can_be_previewed(sign_in, editor, second, fields):
    page = write_version(days_from_now(0), body=text_of("nl", "Dit wordt het."), **fields)["nl"]
    revise(page, key_points=[{"type": "point", "value": "In het kort dit."}])
    response = sign_in(editor).get(f"/beheer/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert "Dit wordt het." in response.text
    assert "In het kort dit." in response.text
    assert not re.search(r"/privacyverklaring/(None|)\.pdf", response.text)
