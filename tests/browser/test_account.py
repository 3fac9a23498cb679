"""One's own account, from registering to a new password, on one host and on two."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.member import (
    NEW_PASSWORD,
    Member,
    code,
    give_device,
    make_account,
    new_address,
)
from tests.live_site import LiveSite

BROKEN = "Deze link werkt niet meer"
# Coming in depends on hosts: the mail's link, the cookies, the site that a passkey is for. What one
# does once one is in, is done where hosts can go wrong: with the portal on its own.
on_its_own_host = pytest.mark.parametrize("doors", ["two hosts"], indirect=True)


@pytest.fixture
def new_page(
    doors: LiveSite, new_context, page_in: Callable[[BrowserContext], Page], declined_at
) -> Callable[[], Page]:
    """Another browser of somebody who answered the cookie bar."""
    return lambda: page_in(new_context(site=doors, storage_state=declined_at(doors)))


@pytest.fixture
def stranger(new_page: Callable[[], Page], doors: LiveSite) -> Member:
    """Somebody without an account."""
    return Member(new_page(), doors, new_address())


@pytest.fixture
def member(stranger: Member) -> Member:
    """Somebody with an account, not signed in."""
    make_account(stranger.site, stranger.email)
    return stranger


# --- Coming in -----------------------------------------------------------------------------------


@pytest.mark.promise("P01")
def test_somebody_registers_proves_the_address_and_comes_in(stranger: Member):
    page = stranger.page
    page.goto(stranger.site.portal("/inloggen/"))
    page.get_by_role("link", name="Registreren", exact=True).click()
    stranger.fill("Voornaam", "Puck")
    stranger.fill("Achternaam", "Peer")
    stranger.fill("E-mailadres", stranger.email)
    stranger.fill("Wachtwoord", stranger.password)
    for choice in page.get_by_role("checkbox").all():
        expect(choice).not_to_be_checked()
    stranger.press("Registreren")
    expect(stranger.heading).to_have_text("Kijk in je mailbox")

    address = stranger.open_link("Bevestig je e-mailadres")
    assert address.startswith(stranger.site.portal("/bevestigen/"))
    stranger.prove_address()  # in the browser that registered, which is signed in by it
    expect(stranger.heading).to_have_text("Dag Puck")
    stranger.sign_out()
    page.goto(address)
    expect(stranger.heading).to_have_text(BROKEN)
    page.goto(stranger.site.portal("/account/"))
    assert "/inloggen/" in page.url


def test_a_browser_that_blocks_cookies_is_told_so(member: Member):
    page = member.page
    page.goto(member.site.portal("/inloggen/"))
    member.fill("E-mailadres", member.email)
    member.fill("Wachtwoord", member.password)
    page.context.clear_cookies()
    member.press("Inloggen")
    expect(member.heading).to_have_text("Je browser houdt onze cookie tegen")
    page.locator("main").get_by_role("link", name="Zo sta je cookies toe").click()
    expect(page.locator("#blokkeren, main")).to_contain_text("Cookies blokkeren in je browser")


# --- A second step -------------------------------------------------------------------------------


def test_a_passkey_is_added_and_signs_in_alone(member: Member):
    page = member.page
    give_device(page)
    member.sign_in()
    member.add_passkey("Telefoon")
    member.mailbox.take("passkey")
    member.open("/account/tweede-stap/sleutels/")
    expect(page.get_by_role("heading", name="Telefoon")).to_be_visible()
    member.sign_out()

    member.press("Inloggen met een passkey")
    member.is_at("/")
    expect(member.heading).to_have_text("Dag Puck")


@on_its_own_host
def test_an_app_asks_for_its_code_and_a_recovery_code_replaces_it_once(member: Member):
    page = member.page
    member.sign_in()
    member.open("/account/tweede-stap/app/")
    secret = page.locator(".totp-secret").inner_text().replace(" ", "")
    member.fill("Code", "000000")
    member.press("Aanzetten")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator(".totp-secret").inner_text().replace(" ", "") == secret
    member.fill("Code", code(secret))
    member.press("Aanzetten")
    expect(page.locator("#codes li")).to_have_count(10)
    codes = page.locator("#codes li").all_inner_texts()
    page.reload()
    expect(page.locator("#codes")).to_have_count(0)
    member.sign_out()

    for right in (code(secret, steps=1), codes[0]):
        member.give_password()
        expect(member.heading).to_have_text("Nog één stap")
        member.fill("Code", right)
        member.press("Inloggen")
        member.is_at("/")
        member.sign_out()
    member.give_password()
    member.fill("Code", codes[0])
    member.press("Inloggen")
    expect(page.get_by_role("alert")).to_be_visible()


# --- Changing things -----------------------------------------------------------------------------


@on_its_own_host
@pytest.mark.promise("P25")
def test_a_new_address_counts_once_proven_and_the_old_one_is_told(member: Member):
    page, old, new = member.page, member.mailbox, new_address("nieuw")
    member.sign_in()
    member.open("/account/adres/")
    member.fill("E-mailadres", new)
    member.press("Dit adres gebruiken")
    member.confirm()
    expect(page.get_by_role("region", name="Wacht op jouw bevestiging")).to_contain_text(new)

    member.email, member.mailbox = new, type(old)(member.site, new)
    member.open_link("Bevestig je nieuwe e-mailadres")
    member.prove_address()
    told = old.take("Je e-mailadres is gewijzigd").get_body(["plain"]).get_content()
    assert new not in told
    member.open("/account/beveiliging/")
    expect(page.locator("main")).to_contain_text(new)
    member.sign_out()
    member.sign_in()


@on_its_own_host
def test_another_session_is_ended_from_here(member: Member, new_page: Callable[[], Page]):
    elsewhere = Member(new_page(), member.site, member.email)
    elsewhere.sign_in()
    member.sign_in()
    member.open("/account/sessies/")
    expect(member.page.locator("main .session")).to_have_count(2)
    member.press("Daar uitloggen")
    expect(member.told).to_contain_text("uitgelogd")
    expect(member.page.locator("main .session")).to_have_count(1)
    elsewhere.page.goto(member.site.portal("/account/"))
    assert "/inloggen/" in elsewhere.page.url
    member.open("/account/")
    member.is_at("/account/")


@on_its_own_host
def test_a_forgotten_password_is_replaced_and_every_session_ends(
    member: Member, new_page: Callable[[], Page]
):
    elsewhere = Member(new_page(), member.site, member.email)
    elsewhere.sign_in()
    member.page.goto(member.site.portal("/inloggen/"))
    member.follow("Wachtwoord vergeten?")
    member.fill("E-mailadres", member.email)
    member.press("Stuur me de link")
    expect(member.heading).to_have_text("Kijk in je mailbox")
    address = member.open_link("Kies een nieuw wachtwoord")
    member.fill("Nieuw wachtwoord", NEW_PASSWORD)
    member.press("Nieuw wachtwoord opslaan")
    expect(member.heading).to_have_text("Je wachtwoord is gewijzigd")
    elsewhere.page.goto(member.site.portal("/account/"))
    assert "/inloggen/" in elsewhere.page.url

    member.give_password()
    expect(member.page.get_by_role("alert")).to_be_visible()
    member.password = NEW_PASSWORD
    member.sign_in()
    member.sign_out()
    member.page.goto(address)
    expect(member.heading).to_have_text(BROKEN)


@on_its_own_host
@pytest.mark.parametrize("whose", ["expired", "foreign", "unknown"])
def test_a_link_for_a_new_password_that_is_not_right_is_refused_with_a_way_on(
    member: Member, whose: str
):
    member.page.goto(member.site.portal(f"/account/wachtwoord/nieuw/{link_of(member, whose)}/"))
    expect(member.heading).to_have_text(BROKEN)
    member.follow("Nieuwe link aanvragen")
    member.is_at("/account/wachtwoord/vergeten/")


def link_of(member: Member, whose: str) -> str:
    """A link from two days ago, one made for somebody else, or one that never was."""
    if whose == "unknown":
        return "zz-abc-def"
    other = new_address("ander")
    make_account(member.site, other)
    moment = "timezone.now() - timedelta(days=2)" if whose == "expired" else "timezone.now()"
    key_of = member.email if whose == "expired" else other
    return member.site.run(
        "import time_machine\n"
        "from datetime import timedelta\n"
        "from allauth.account.forms import default_token_generator\n"
        "from allauth.account.utils import user_pk_to_url_str\n"
        "from django.utils import timezone\n"
        "from portal.accounts.models import User\n"
        f"with time_machine.travel({moment}):\n"
        f"    key = default_token_generator.make_token(User.objects.get(email={key_of!r}))\n"
        f"print(user_pk_to_url_str(User.objects.get(email={member.email!r})), key, sep='-', end='')"
    )


@on_its_own_host
@pytest.mark.promise("P13")
def test_a_guests_record_at_ones_address_is_taken(member: Member):
    member.site.run(
        "from tests.factories import PersonFactory\n"
        f"PersonFactory(first_name='P.', last_name='Peer', email={member.email!r},"
        " source='supplied', supplied_by='Bureau Bramen')"
    )
    member.sign_in()
    member.follow("Gevonden bij jouw adres")
    expect(member.page.get_by_role("article")).to_contain_text("Bureau Bramen")
    member.press("Dit ben ik")
    expect(member.told).to_be_visible()
    expect(member.page.locator("main")).to_contain_text("Hier wacht niets op je")
    assert urlsplit(member.page.url).path.endswith("/account/gevonden/")
