"""From finding a meeting to a place in it, and out of it again."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.desk import plan_cafe
from tests.browser.member import Member, make_account, new_address
from tests.browser.test_keyboard import FOCUS, press_until
from tests.live_site import LiveSite

DONE = "Dat is geregeld"
CAFE = "PE-café: de fraude die niemand zocht"
PARTNER = "Pruimen & Partners Opleidingen"
TIME = re.compile(r"\d\d\.\d\d uur")


@pytest.fixture
def somebody(
    new_context, page_in: Callable[[BrowserContext], Page], declined_at
) -> Callable[..., Member]:
    """Makes people with a browser and a mailbox, whom nobody knows yet."""

    def make(site: LiveSite, **options) -> Member:
        page = page_in(new_context(site=site, storage_state=declined_at(site), **options))
        return Member(page, site, new_address("guus"))

    return make


@pytest.fixture
def guest(somebody: Callable[..., Member], live_site: LiveSite) -> Member:
    return somebody(live_site)


def open_form(guest: Member, code: str) -> None:
    """By the button on the meeting's page."""
    guest.page.goto(f"/bijeenkomsten/pe-cafe-fraude/{code}/")
    way_in(guest).click()


def way_in(guest: Member) -> Locator:
    card = guest.page.get_by_role("region", name="Feiten")
    return card.get_by_role("link", name=re.compile("^Aanmelden"))


def fill_in(guest: Member) -> None:
    guest.fill("Voornaam", "Guus")
    guest.fill("Achternaam", "Gast")
    guest.fill("E-mailadres", guest.email)


def enrol(guest: Member, code: str) -> None:
    open_form(guest, code)
    fill_in(guest)
    guest.press("Aanmelden")
    expect(guest.heading).to_have_text(DONE)


def cancel(guest: Member) -> None:
    """On the page of one's place."""
    guest.page.locator("summary").get_by_text("Annuleren").click()
    guest.press("Ja, annuleer mijn plek")
    expect(guest.told).to_contain_text("Geannuleerd")


def calendar_in(letter: EmailMessage) -> str:
    (file,) = letter.iter_attachments()
    assert file.get_content_type() == "text/calendar"
    content = file.get_content()
    return content if isinstance(content, str) else content.decode()


def free_places(page: Page) -> int:
    """As the meeting's page tells."""
    page.reload()
    told = page.get_by_role("region", name="Feiten").get_by_text(re.compile(r"Nog \d+ plekken"))
    return int(told.inner_text().split()[1])


# --- As a guest ----------------------------------------------------------------------------------


def find_enrol_and_cancel(guest: Member) -> None:
    page = guest.page
    page.goto("/bijeenkomsten/")
    for choice in ("PE-café", "West"):
        filters = page.get_by_role("navigation", name="Zoek een bijeenkomst")
        filters.get_by_role("link", name=re.compile(f"^{choice} ")).click()
        expect(page.get_by_role("list", name="Gekozen")).to_contain_text(choice)
    row = page.locator("main .agenda-row")
    expect(row).to_have_count(1)
    row.get_by_role("link").click()
    expect(way_in(guest)).to_be_visible()
    meeting = page.url
    free = free_places(page)
    way_in(guest).click()

    expect(page.locator("main form [required]:visible")).to_have_count(3)
    expect(page.get_by_role("complementary", name="Samenvatting")).to_contain_text(TIME)
    expect(page.locator(".enrol-hold")).to_contain_text(TIME)
    fill_in(guest)
    guest.press("Aanmelden")
    expect(guest.heading).to_have_text(DONE)
    page.goto(meeting)
    assert free_places(page) == free - 1

    letter = guest.mailbox.take("Je hebt een plek")
    assert "METHOD:REQUEST" in calendar_in(letter)
    guest.open_link_in(letter)
    cancel(guest)
    assert "METHOD:CANCEL" in calendar_in(guest.mailbox.take("Geannuleerd"))
    page.goto(meeting)
    assert free_places(page) == free


@pytest.mark.promise("P02")
def test_a_visitor_finds_a_meeting_enrols_as_a_guest_and_cancels(
    somebody: Callable[..., Member], doors: LiveSite
):
    find_enrol_and_cancel(somebody(doors))


def test_all_of_that_needs_no_javascript(somebody: Callable[..., Member], live_site: LiveSite):
    find_enrol_and_cancel(somebody(live_site, java_script_enabled=False))


def test_a_guest_enrols_by_keyboard_alone(guest: Member):
    page = guest.page
    page.goto(f"/bijeenkomsten/pe-cafe-fraude/{plan_cafe(guest.site)}/")
    press_until(page, ".facts-card a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/aanmelden/")
    for name, text in (("first_name", "Guus"), ("last_name", "Gast"), ("email", guest.email)):
        press_until(page, f"[name={name}]")
        assert page.evaluate(FOCUS)["outlined"]
        page.keyboard.type(text)
    press_until(page, ".form-actions button")
    assert page.evaluate(FOCUS)["outlined"]
    page.keyboard.press("Enter")
    expect(guest.heading).to_have_text(DONE)


def test_what_is_wrong_is_told_and_nothing_that_was_typed_is_lost(guest: Member):
    open_form(guest, plan_cafe(guest.site))
    guest.fill("Voornaam", "Guus")
    guest.fill("E-mailadres", "guus")
    guest.press("Aanmelden")
    alert = guest.page.get_by_role("alert")
    expect(alert).to_be_focused()
    assert guest.page.title().startswith("Fout:")
    expect(alert.get_by_role("link")).to_have_count(2)
    alert.get_by_role("link", name=re.compile("^Achternaam")).click()
    expect(guest.page.get_by_label("Achternaam")).to_be_focused()
    expect(guest.page.get_by_label("Voornaam")).to_have_value("Guus")
    fill_in(guest)
    guest.press("Nog iemand aanmelden")
    expect(guest.page.get_by_label("Voornaam van persoon 2")).to_be_focused()
    guest.press("Persoon 2 weglaten")
    guest.press("Aanmelden")
    expect(guest.heading).to_have_text(DONE)
    for _ in range(3):  # past every page that answered a form: none has to be sent again
        guest.page.go_back()
        expect(guest.page.locator("form.enrol-form")).to_contain_text("Deze aanmelding staat al")


def test_the_last_place_goes_to_the_next_in_line(
    somebody: Callable[..., Member], live_site: LiveSite
):
    first, second = somebody(live_site), somebody(live_site)
    code = plan_cafe(live_site, capacity=1)
    enrol(first, code)
    open_form(second, code)
    fill_in(second)
    second.press("Aanmelden voor de wachtlijst")
    expect(second.heading).to_have_text("Op de wachtlijst")
    second.mailbox.take("Op de wachtlijst")

    first.open_link("Je hebt een plek")
    cancel(first)
    second.open_link("Een plek voor jou")
    second.press("Plek aannemen")
    expect(second.told).to_contain_text("De plek is van jou")
    assert "METHOD:REQUEST" in calendar_in(second.mailbox.take("Je hebt een plek"))


# --- With an account -----------------------------------------------------------------------------


def register(guest: Member) -> None:
    """From the form for registering until the address is proven."""
    fill_in(guest)
    guest.fill("Wachtwoord", guest.password)
    guest.press("Registreren")
    guest.open_link("Bevestig je e-mailadres")
    guest.prove_address()


@pytest.mark.promise("P13")
def test_a_guest_registers_later_and_finds_the_meeting_with_all_that_the_day_needs(guest: Member):
    page = guest.page
    enrol(guest, plan_cafe(guest.site))
    page.goto(guest.site.portal("/registreren/"))
    register(guest)
    guest.follow("Gevonden bij jouw adres")
    guest.press("Dit ben ik")
    expect(guest.told).to_be_visible()

    guest.open("/bijeenkomsten/")
    guest.follow(CAFE)
    expect(guest.heading).to_have_text(CAFE)
    for need in ("Perzikpad 12", "langs de singel", "Guus Gast", "13.30 tot 17.00 uur"):
        expect(page.locator("main")).to_contain_text(need)
    with page.expect_download() as download:
        guest.follow("In je agenda zetten")
    assert "BEGIN:VEVENT" in download.value.path().read_text()


def test_who_registers_on_the_way_comes_back_into_the_form_as_they_left_it(guest: Member):
    code = plan_cafe(guest.site)
    open_form(guest, code)
    fill_in(guest)
    guest.fill("Organisatie", "Perenhof B.V.")
    guest.press("Eerst een account aanmaken")
    register(guest)
    guest.is_at(f"/bijeenkomsten/{code}/aanmelden/")
    expect(guest.page.locator("[name=organisation]")).to_have_value("Perenhof B.V.")
    guest.press("Aanmelden")
    expect(guest.heading).to_have_text(DONE)


def test_who_is_signed_in_enrols_with_one_click(guest: Member):
    make_account(guest.site, guest.email)
    guest.sign_in()
    open_form(guest, plan_cafe(guest.site))
    expect(guest.page.locator("main form")).to_contain_text(f"Puck Peer, {guest.email}")
    guest.press("Aanmelden")
    expect(guest.heading).to_have_text(DONE)
    guest.mailbox.take("Je hebt een plek")


# --- Through a partner ---------------------------------------------------------------------------


@pytest.mark.promise("P02")
def test_the_back_office_sees_through_which_partner_somebody_came(
    somebody: Callable[..., Member], doors: LiveSite
):
    guest, planner = somebody(doors), somebody(doors)
    guest.page.goto("/partners/pruimen-en-partners/")
    guest.page.locator("main .agenda-row").get_by_role("link").first.click()
    way_in(guest).click()
    summary = guest.page.get_by_role("complementary", name="Samenvatting")
    expect(summary).to_contain_text(PARTNER)
    fill_in(guest)
    for label, text in {
        "Factuur aan": "Perenhof B.V.",
        "Straat en huisnummer": "Perenlaan 1",
        "Postcode": "3511 AB",
        "Plaats": "Utrecht",
    }.items():
        guest.fill(label, text)
    guest.press("Aanmelden en betalen")
    expect(guest.heading).to_have_text(DONE)

    planner.email, planner.password = "backoffice@pluc.example", PASSWORD
    planner.give_password()
    planner.page.goto(f"{doors.origin_of_portal}/beheer/inschrijvingen/?q={guest.email}")
    planner.page.locator("main").get_by_role("link", name="Guus Gast").click()
    through = planner.page.locator("dl div").filter(has=planner.page.get_by_text("Via", exact=True))
    expect(through).to_contain_text(PARTNER)
