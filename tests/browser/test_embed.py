"""Our agenda in a partner's page: another site, a strict policy there (docs/decisions/0052)."""

import re
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from docs.examples.embed import serve
from tests.browser.conftest import Watch
from tests.browser.test_accessibility import (
    SCHEMES,
    bring_axe,
    change_scheme,
    expect_to_fit,
    violations,
)
from tests.live_site import LiveSite

OFFER = "**/api/offer/meetings/**"
# The demo's meeting with this partner.
MEETING = "/bijeenkomsten/begroten-zonder-bingo/begroten-partner-1/?partner=pruimen-en-partners"


@pytest.fixture
def partners_page(live_site: LiveSite, watch: Watch) -> Iterator[str]:
    """The address of the example's page, which a server of its own serves (docs/examples/embed)."""
    server = serve.server(live_site.url)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://partner.localhost:{server.server_port}/"
    watch.stubbed.append(re.compile(re.escape(address)))
    yield address
    server.shutdown()
    server.server_close()


def expect_no_faults(page: Page) -> None:
    """axe-core finds nothing, wide and narrow, light and dark."""
    bring_axe(page)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            change_scheme(page, scheme)
            assert violations(page) == []
    expect_to_fit(page)


@pytest.mark.promise("P35")
def test_the_agenda_stands_in_a_partners_page(
    new_context: Callable[..., BrowserContext],
    page: Page,
    partners_page: str,
    live_site: LiveSite,
    watch: Watch,
):
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(partners_page)
    agenda = page.locator("pluc-agenda")
    status, lines = agenda.get_by_role("status"), agenda.locator("ol > li")
    own_link = agenda.get_by_role("link", name="Bekijk de bijeenkomsten op pluc.nl")

    def set_to(**attributes: str) -> None:
        for name, value in attributes.items():
            agenda.evaluate("(one, [name, value]) => one.setAttribute(name, value)", [name, value])

    # What it shows.
    expect(status).to_have_text("1 bijeenkomst")
    link = agenda.get_by_role("link", name="Begroten zonder bingo")
    expect(link).to_have_attribute("href", live_site.url + MEETING)
    expect(agenda.get_by_role("heading", level=2)).to_have_text("Bijeenkomsten")
    expect(agenda.get_by_role("heading", level=3)).to_have_text("Begroten zonder bingo")
    expect(lines).to_contain_text("Eindhoven")
    assert sum("/api/offer/meetings/" in one.url for one in asked) == 1, "asked once"
    expect(own_link).to_be_visible()
    expect_no_faults(page)

    # The next ones come by a button, and the focus goes on at them.
    agenda.evaluate("one => one.removeAttribute('partner')")
    set_to(limit="2")
    expect(status).to_have_text(re.compile(r"^2 van \d+ bijeenkomsten$"))
    agenda.get_by_role("button", name="Meer bijeenkomsten").press("Enter")
    expect(lines).to_have_count(4)
    expect(lines.nth(2).get_by_role("link")).to_be_focused()
    assert len(set(lines.get_by_role("link").all_inner_texts())) == 4
    motion = "one => getComputedStyle(one).transitionDuration"
    assert agenda.get_by_role("button").evaluate(motion) == "0s", "less motion was asked for"

    # It says in words that it is under way, that it failed, and that there is none.
    held: list[Route] = []
    page.route(OFFER, lambda route: held.append(route))
    set_to(locale="en")
    expect(status).to_have_text("Fetching the meetings…")
    held[0].abort()
    expect(status).to_have_text("The meetings could not be fetched.")
    expect(own_link).to_be_visible()
    assert violations(page) == []
    page.unroute(OFFER)
    agenda.get_by_role("button", name="Try again").press("Enter")
    expect(status).to_have_text(re.compile(r"^2 of \d+ meetings$"))
    expect(lines.first.get_by_role("link")).to_be_focused()
    set_to(month="2031-01")
    expect(status).to_have_text(re.compile("^No meetings are planned"))
    expect(lines).to_have_count(0)

    # It keeps nothing, and tells nobody whose page this is.
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    ours = [one for one in asked if one.url.startswith(live_site.url)]
    assert {urlsplit(one.url).path for one in ours} == {"/embed/agenda.js", "/api/offer/meetings/"}
    told = [one.all_headers() for one in ours[1:]]
    assert [one for one in told if one.get("cookie") or one.get("referer")] == []

    # Without JavaScript the link is there. (`page` sees to it that the policy had no complaint.)
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(partners_page)
    expect(plain.get_by_role("link", name="Bekijk de bijeenkomsten op pluc.nl")).to_be_visible()
