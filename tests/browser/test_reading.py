"""Visitors read, search, change language, and are helped where nothing is."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Response, expect

POST = "/blog/laat-eens-zien/"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    '"onbeëindigd AND (NOT * NEAR/2',
    "%00 \u202e \U0001f351",
    "{{ 7 }} {% debug %}",
    "x" * 5_000,
]


@pytest.fixture
def page(newcomer: Page) -> Page:
    return newcomer


def heading(page: Page, level: int = 1):
    return page.get_by_role("heading", level=level)


def test_a_visitor_reads_from_home_to_blog_to_post_to_a_related_post(page: Page):
    page.goto("/")
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Blog").click()
    expect(heading(page)).to_have_text("Blog")
    title = "Nee zeggen zonder ruzie"
    page.locator("main .posts").get_by_role("link", name=title).click()
    expect(heading(page)).to_have_text(title)
    expect(page.locator("main .prose")).to_be_visible()
    expect(page.locator("main time").first).to_be_visible()
    related = page.get_by_role("region", name="Lees verder").locator("h3 a").first
    title = related.inner_text()
    related.click()
    expect(heading(page)).to_have_text(title)
    page.get_by_role("navigation", name="Je bent hier").get_by_role("link", name="Blog").click()
    expect(page).to_have_url(re.compile(r"/blog/$"))


def test_a_visitor_reads_on_by_page_and_by_topic(page: Page):
    page.goto("/blog/")
    first = page.locator("main .posts h3").all_inner_texts()
    page.get_by_role("link", name="Volgende pagina").click()
    expect(page).to_have_url(re.compile(r"pagina=2$"))
    expect(page.get_by_role("link", name="Vorige pagina")).to_be_visible()
    assert not set(first) & set(page.locator("main .posts h3").all_inner_texts())
    page.get_by_role("link", name="Vorige pagina").click()
    expect(page).to_have_url(re.compile(r"/blog/\??$"))
    page.get_by_role("navigation", name="Onderwerpen").get_by_role("link", name="Controle").click()
    expect(heading(page, 2).filter(has_text="Controle")).to_be_visible()
    assert page.locator("main .posts h3").count() < len(first)


def test_a_visitor_finds_a_post_by_a_word_in_it(page: Page):
    page.goto("/")
    page.get_by_role("link", name="Zoeken").click()
    page.get_by_role("searchbox").fill("bloembollen")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("searchbox")).to_have_value("bloembollen")
    page.get_by_role("link", name="Laat eens zien").click()
    expect(heading(page)).to_have_text("Laat eens zien")


def test_a_search_without_results_helps_on(page: Page):
    page.goto("/zoeken/?q=xylofoonkwartet")
    expect(page.locator("main")).to_contain_text("xylofoonkwartet")
    ways_on = page.locator("main .results h3 a")
    assert ways_on.count() >= 3
    ways_on.first.click()
    expect(heading(page)).to_be_visible()
    expect(page).not_to_have_url(re.compile("zoeken"))


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_search_is_only_text(page: Page, query: str):
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    response = page.goto(f"/zoeken/?q={quote(query)}")
    assert isinstance(response, Response)
    assert response.status == 200
    expect(heading(page)).to_have_text("Zoeken")
    assert page.locator("main script, main img").count() == 0


@pytest.mark.parametrize("path", ["/", "/over-pluc/", "/blog/", POST, "/contact/", "/cookies/"])
def test_a_visitor_changes_language_and_comes_back(page: Page, path: str):
    page.goto(path)
    title = heading(page).inner_text()
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile("/en/"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(heading(page)).to_be_visible()
    page.get_by_role("link", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page).to_have_url(re.compile(f"{path}$"))
    expect(heading(page)).to_have_text(title)


def test_a_page_in_english_has_no_dutch_around_it(page: Page):
    page.goto("/en/blog/show-me/")
    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()
    expect(page.get_by_role("region", name="Read on")).to_be_visible()
    expect(page.get_by_role("link", name="Cookie settings")).to_be_visible()
    expect(page.get_by_role("contentinfo")).not_to_contain_text("Beroepsorganisaties")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/nergens/", "nl"),
        ("/en/nowhere/", "en"),
        ("/blog/geen-bericht/", "nl"),
        ("/blog/?pagina=99", "nl"),
        ("/blog/?onderwerp=hengelsport", "nl"),
        ("/fr/", "nl"),
        ("/privacyverklaring/1999-01-01/", "nl"),
        ("/blog/%00%ff/", "nl"),
    ],
)
def test_an_address_without_a_page_helps_on(page: Page, path: str, language: str):
    response = page.goto(path)
    assert isinstance(response, Response)
    assert response.status == 404
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.locator("main .ways a").count() >= 3
    page.get_by_role("searchbox").fill("audit")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("main .results h3").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_everything_can_be_read_without_script(new_context, page_in):
    page = page_in(new_context(java_script_enabled=False))
    page.goto("/")
    page.locator("main summary").first.click()
    expect(page.locator("main details[open] .questions-answer")).to_be_visible()
    page.goto("/blog/")
    page.locator("main .posts h3 a").first.click()
    expect(page.locator("main .prose")).to_be_visible()
