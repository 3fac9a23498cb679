"""A bureau's list from its file to places, to whoever claims one, and back again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import come_in
from tests.browser.member import Member, make_account, new_address
from tests.live_site import LiveSite
from tests.tables import text


@pytest.mark.promise("P18")
def test_a_list_is_read_looked_at_enrolled_claimed_from_and_undone(
    live_site: LiveSite, new_context, page_in: Callable[[BrowserContext], Page]
):
    """The file stays chosen while the form asks about its columns."""
    puck = new_address()
    sent = text(f"Puck Peer;{puck}", f"Sem Boer;{new_address('sem')}", head="naam;e-mail")
    page = page_in(new_context())
    come_in(page, "partner@pluc.example")
    page.goto(live_site.portal("/organisatie/begroten-partner-1/aanleveren/"))
    file = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": sent}
    page.get_by_label("Bestand", exact=True).set_input_files(file)
    page.get_by_role("button", name="Bestand lezen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Saar de Vries", exact=True).check()
    page.get_by_role("button", name="Bestand lezen").click()
    expect(page.get_by_role("heading", name="Je lijst", level=1)).to_be_visible()
    expect(page.get_by_role("rowheader", name="Puck Peer")).to_be_visible()
    page.get_by_role("button", name="Deze mensen inschrijven").click()
    expect(page.get_by_text("hebben er nu 2 een plek")).to_be_visible()

    make_account(live_site, puck)
    member = Member(page_in(new_context()), live_site, puck)
    member.sign_in()
    member.open("/account/gevonden/")
    member.press("Dit ben ik")
    expect(member.told).to_be_visible()

    page.get_by_text("Deze lijst ongedaan maken").first.click()
    page.get_by_role("button", name="Deze lijst ongedaan maken").click()
    expect(page.get_by_text("hebben er nu 1 een plek")).to_be_visible()
    fate_of_puck = page.get_by_role("row").filter(has_text="Puck Peer")
    expect(fate_of_puck).to_contain_text("Gelaten zoals het is")
    expect(page.get_by_role("row").filter(has_text="Sem Boer")).to_contain_text("Ongedaan")
