"""The file that a bureau chose stays chosen while the form asks about its columns."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import come_in
from tests.live_site import LiveSite
from tests.tables import text

LIST = text("Saar de Vries;saar@pruimen.example", head="naam;e-mail")


@pytest.mark.promise("P18")
def test_a_bureau_says_how_names_are_written_without_choosing_the_file_again(
    live_site: LiveSite, new_context, page_in: Callable[[BrowserContext], Page]
):
    page = page_in(new_context())
    come_in(page, "partner@pluc.example")
    page.goto(live_site.portal("/organisatie/begroten-partner-1/aanleveren/"))
    file = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": LIST}
    page.get_by_label("Bestand", exact=True).set_input_files(file)
    page.get_by_role("button", name="Bestand lezen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Saar de Vries", exact=True).check()
    page.get_by_role("button", name="Bestand lezen").click()
    expect(page.get_by_role("heading", name="Je lijst", level=1)).to_be_visible()
    expect(page.get_by_role("rowheader", name="Saar de Vries")).to_be_visible()
