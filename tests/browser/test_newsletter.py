"""Subscribing, leaving, undoing: from the mail, and on the account (P09)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.mailbox import Mailbox
from tests.browser.member import Member, make_account, new_address
from tests.browser.test_portal_accessibility import expect_all_well
from tests.live_site import LiveSite
from tests.mails import links_in


@pytest.fixture
def reader(page_in: Callable[[BrowserContext], Page], new_context, live_site, declined) -> Member:
    page = page_in(new_context(storage_state=declined))
    return Member(page, live_site, new_address("lezer"))


@pytest.mark.promise("P09")
def test_somebody_subscribes_leaves_comes_back_and_has_an_account(
    reader: Member, live_site: LiveSite
):
    page, mailbox = reader.page, Mailbox(live_site, reader.email)
    page.goto(f"{live_site.url}/nieuwsbrief/bevestigen/oud/")
    expect_all_well(reader, "Deze link werkt niet meer")
    reader.fill("Je e-mailadres", reader.email)
    with page.expect_response("**/nieuwsbrief/"):
        reader.press("Aanmelden")
    live_site.run(
        "from portal.newsletter.services import subscribing\n"
        f"subscribing.store(email={reader.email!r}, language='nl')"
    )
    page.goto(links_in(mailbox.take("Bevestig dat je finance updates wilt"))[0])
    expect_all_well(reader, "Wil je finance updates ontvangen?")
    reader.press("Ja, meld me aan")
    expect(reader.heading).to_have_text("Je bent aangemeld")
    page.get_by_role("link", name="Afmelden, of de taal wijzigen").click()
    page.get_by_text("Een andere taal, of wat we van je hebben").click()
    expect_all_well(reader, "Geen finance updates meer?")
    reader.press("Afmelden")
    expect_all_well(reader, "Je bent afgemeld")
    reader.press("Ongedaan maken: blijf hem sturen")
    expect(reader.heading).to_have_text("Fijn dat je er weer bent")
    page.get_by_text("Een andere taal, of wat we van je hebben").click()
    reader.press("Mail me een link")
    page.goto(links_in(mailbox.take("Wat we over je aanmelding bewaren"))[0])
    expect(page.get_by_text("Meteen teruggekomen")).to_be_visible()
    expect_all_well(reader, "Wat we over je aanmelding bewaren")

    make_account(live_site, reader.email)
    reader.sign_in()
    reader.open("/account/nieuwsbrief/")
    expect(page.get_by_role("heading", name="Je bent aangemeld")).to_be_visible()
    reader.press("Nieuwsbrief stoppen")
    expect(page.get_by_role("heading", name="Je bent niet aangemeld")).to_be_visible()
