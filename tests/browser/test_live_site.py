"""That the tests' live site is what it says: the real server with the demo's content."""

import json
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.live_site import LiveSite


def test_the_live_site_is_ready_with_its_worker(live_site: LiveSite, page: Page):
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{live_site.url}/readyz") as answer:
                assert all(json.load(answer).values())
                return
        except urllib.error.HTTPError:
            page.wait_for_timeout(250)  # the first heartbeat is on its way
    pytest.fail(live_site.log())


@pytest.mark.promise("P35")
def test_a_first_visit_leaves_no_cookie_and_asks_no_other_host(page: Page):
    for address in ("/", "/blog/", "/contact/", "/en/", "/privacyverklaring/", "/onbekend/"):
        page.goto(address, wait_until="networkidle")
    assert page.context.cookies() == []
    # `page` sees to it that no other host was asked.


def test_an_editor_of_the_demo_comes_into_the_staff_screens(sign_in_as):
    page = sign_in_as("redactie@pluc.example")
    expect(page.locator("nav").first).to_be_visible()
