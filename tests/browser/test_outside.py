"""A visitor meets no other party and gets no cookie (STANDARDS 1.1); files are small and kept."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.visits import TEMPLATES, Answer, fetch
from tests.live_site import LiveSite

YEAR = 31_536_000


@pytest.mark.promise("P35")
def test_no_page_sets_a_cookie_or_asks_another_host(page: Page):
    for address in TEMPLATES.values():
        page.goto(address)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    storage = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert storage == [0, 0]
    # `page` sees to it that no other host was asked.


@pytest.mark.promise("P35")
def test_no_answer_of_the_public_site_sets_a_cookie(public_pages: dict[str, Answer]):
    signing_in = {"/mijn/inloggen/", "/en/mijn/inloggen/"}
    setting = {path for path, answer in public_pages.items() if "Set-Cookie" in answer.headers}
    assert setting <= signing_in


def test_no_page_names_google_before_anyone_agreed(public_pages: dict[str, Answer]):
    """STANDARDS 1.2: neither the code nor its host, in what is sent or in the policy."""
    for path, answer in public_pages.items():
        loaded = answer.soup.find_all(["script", "link", "img", "iframe"])
        assert "google" not in str(loaded), path
        assert b"googletagmanager.com" not in answer.body, path
        assert b"G-PLUCDEMO" not in answer.body, path
        assert not answer.soup.find("link", rel=["preconnect", "dns-prefetch"]), path
        policy = answer.headers["Content-Security-Policy"]
        assert "google" not in policy, path
        assert "unsafe" not in policy, path


def test_every_picture_is_a_small_webp_that_browsers_may_keep(
    live_site: LiveSite, public_pages: dict[str, Answer]
):
    pictures = {
        candidate.split()[0]
        for answer in public_pages.values()
        # Not those of a sent issue, which stays as mail programs got it.
        for image in answer.soup.select("img:not(.issue img)")
        for candidate in [image["src"], *filter(None, image.get("srcset", "").split(","))]
    }
    assert len(pictures) > 20
    for path in sorted(pictures):
        answer = fetch(live_site, path)
        assert answer.status == 200, path
        assert answer.headers["Content-Type"] == "image/webp", path
        assert answer.headers["Cache-Control"] == f"public, max-age={YEAR}, immutable", path
        assert answer.body[:4] == b"RIFF", path
        assert len(answer.body) < 300_000, path


def test_styles_and_fonts_are_named_by_their_content_and_kept(
    live_site: LiveSite, public_pages: dict[str, Answer]
):
    soup = public_pages["/"].soup
    links = soup.find_all("link", rel=["stylesheet", "preload", "icon", "apple-touch-icon"])
    assert links
    for link in links:
        answer = fetch(live_site, link["href"])
        assert answer.status == 200, link
        assert re.search(r"\.[0-9a-f]{12}\.", link["href"]), link
        assert "immutable" in answer.headers["Cache-Control"], link


def test_a_page_compressed_weighs_little(live_site: LiveSite, page: Page):
    """A first visit of the home page on a phone, everything in it: under 500 kB."""
    page.set_viewport_size({"width": 360, "height": 800})
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/", wait_until="networkidle")
    assert sum(sizes) < 500_000
