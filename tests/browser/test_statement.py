"""The statement in a real browser: writing a version, reading versions and what changed."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import come_in
from tests.browser.desk import Desk, page_id
from tests.browser.test_accessibility import expect_no_violations, expect_to_fit
from tests.browser.visits import fetch
from tests.live_site import LiveSite, start

FIRST = "2018-05-16"


@pytest.fixture(scope="module")
def site_of_its_own() -> Iterator[LiveSite]:
    """A site to be thrown away: what is put in force there stays in force."""
    site = start("statement")
    yield site
    site.stop()


@pytest.fixture
def desk(page_in: Callable[[BrowserContext], Page], new_context, site_of_its_own: LiveSite) -> Desk:
    """The demo's editor at that site."""
    page = page_in(new_context(site=site_of_its_own))
    come_in(page, "redactie@pluc.example")
    return Desk(page, site_of_its_own)


def number_in(address: str) -> int:
    """The number of the page that an address of the editor is about."""
    return int(address.split("/pages/")[1].split("/")[0])


def write(desk: Desk, day: date, start: date) -> int:
    parent = page_id(desk.site, "/home/privacyverklaring/")
    page = desk.page
    page.goto(f"/beheer/pages/add/statements/versionpage/{parent}/")
    page.locator("#id_title").fill("Privacyverklaring PLUC!")
    page.locator("#id_intro").fill("Je gegevens zijn van jou, ook je fruit.")
    page.locator("#id_date").fill(day.isoformat())
    page.locator("#id_effective_from").fill(start.isoformat())
    page.locator("#id_summary").fill("Er staat fruit in.")
    desk.write_heading("Wat we bewaren")
    desk.write_text("We bewaren je fruitkeuze.")
    desk.save()
    return number_in(page.url)


def translate(desk: Desk, number: int) -> int:
    """Translates every string on the screen for translations; returns the translation's number."""
    page = desk.page
    page.goto(f"/beheer/localize/submit/page/{number}/")
    page.get_by_label("Engels").check()
    page.get_by_role("button", name="Verzenden").click()
    todo = page.get_by_role("button", name="Vertaal", exact=True)
    expect(todo.first).to_be_visible()
    for left in reversed(range(todo.count())):
        todo.first.click()
        page.locator("main textarea:visible").fill(f"English text {left}")
        page.get_by_role("button", name="Opslaan", exact=True).click()
        expect(page.locator("main textarea:visible")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Publiceer")).first.click()
    expect(desk.messages).to_be_visible()
    return number_in(page.url)


@pytest.mark.promise("P39")
def test_an_editor_puts_version_three_in_force_for_tomorrow(desk: Desk):
    today = date.today()  # noqa: DTZ011  as the site counts
    tomorrow = today + timedelta(days=1)
    page, site = desk.page, desk.site
    number = write(desk, today, tomorrow)
    page.goto(f"/beheer/verklaring/{number}/")
    expect(page.locator("main")).to_contain_text("Engels")  # what is still missing
    expect(page.get_by_role("button", name="Vaststellen")).to_have_count(0)
    translate(desk, number)
    page.goto(f"/beheer/pages/{number}/edit/")
    page.locator("header button[data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("link", name="Vaststellen").click()
    page.get_by_role("button", name="Vaststellen").click()
    expect(desk.messages).to_be_visible()
    for prefix, word in (("", "fruitkeuze"), ("/en", "English text")):
        version = fetch(site, f"{prefix}/privacyverklaring/{today}/")
        assert version.status == 200
        assert word in version.soup.select_one(".statement").text
        assert version.soup.select_one(".alert")
        now = fetch(site, f"{prefix}/privacyverklaring/")
        assert word not in now.soup.select_one(".statement").text
        assert fetch(site, f"{prefix}/privacyverklaring/{today}.pdf").body.startswith(b"%PDF")
        path = f"{prefix}/privacyverklaring/"
        assert word in site.run(TOMORROW.format(moment=tomorrow.isoformat(), path=path))


# What visitors get tomorrow, from this very code and data.
TOMORROW = """
import time_machine
from django.test import Client
with time_machine.travel("{moment}T00:00:01+01:00"):
    print(Client(headers={{"host": "localhost"}}).get("{path}").text)
"""


# --- Reading -------------------------------------------------------------------------------------


@pytest.fixture
def visitor(page_in: Callable[[BrowserContext], Page], new_context, declined) -> Page:
    return page_in(new_context(storage_state=declined))


def newest(page: Page, prefix: str = "") -> str:
    page.goto(f"{prefix}/privacyverklaring/")
    version = page.locator("main dl.facts time").first.get_attribute("datetime")
    assert version
    return version


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_statement_its_history_and_differences_are_accessible(visitor: Page, prefix: str):
    version = newest(visitor, prefix)
    base = f"{prefix}/privacyverklaring"
    for address in (
        f"{base}/",
        f"{base}/versies/",
        f"{base}/{FIRST}/",
        f"{base}/{version}/",
        f"{base}/verschil/{FIRST}/{version}/",
    ):
        visitor.goto(address)
        expect(visitor.get_by_role("heading", level=1)).to_have_count(1)
        expect_no_violations(visitor)
        expect_to_fit(visitor)


@pytest.mark.promise("P40")
def test_a_visitor_finds_every_version_and_what_changed_from_any_page(visitor: Page):
    visitor.goto("/contact/")
    visitor.locator("footer a[href='/privacyverklaring/']").last.click()
    visitor.get_by_role("link", name="Alle versies").click()
    entries = visitor.locator(".versions > li")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("Geldt nu")
    entries.first.locator("a[href*='/verschil/']").click()
    expect(visitor.locator(".difference ins").first).to_be_visible()
    expect(visitor.locator(".difference del").first).to_be_visible()
    visitor.go_back()
    entries.last.get_by_role("link").first.click()
    expect(visitor.locator("main .alert")).to_be_visible()
    expect(visitor.locator("main")).to_contain_text("16 mei 2018")


@pytest.mark.promise("P29")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_statement_names_whom_to_ask_and_where_to_complain(visitor: Page, prefix: str):
    for version in ("", f"{FIRST}/"):
        visitor.goto(f"{prefix}/privacyverklaring/{version}")
        expect(visitor.locator("main")).to_contain_text("Autoriteit Persoonsgegevens")
        expect(visitor.locator("main .statement")).to_contain_text("@pluc.")


def test_the_contents_lead_to_the_sections(visitor: Page):
    for address in ("", f"{FIRST}/"):
        visitor.goto(f"/privacyverklaring/{address}")
        links = visitor.locator("nav.contents a")
        assert links.count() >= 5
        for link in links.all():
            anchor = (link.get_attribute("href") or "").removeprefix("#")
            target = visitor.locator(f'[id="{anchor}"]')
            expect(target).to_have_count(1)
            assert target.inner_text().strip() == link.inner_text().strip()


def test_no_page_of_the_statement_uses_an_id_twice(visitor: Page):
    version = newest(visitor)
    for address in ("", "versies/", f"{FIRST}/", f"verschil/{FIRST}/{version}/"):
        visitor.goto(f"/privacyverklaring/{address}")
        ids = visitor.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids)), address
