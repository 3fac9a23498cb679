"""Every page of the portal, in every state: axe-core finds nothing, and nothing is too wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.desk import plan_cafe
from tests.browser.door import plan_door
from tests.browser.equal_access import equal_access_faults
from tests.browser.member import Member, code, give_device, make_account, new_address
from tests.browser.test_accessibility import expect_no_violations, expect_to_fit, made_ready
from tests.live_site import LiveSite

CAFE = "PE-café: de fraude die niemand zocht"


def expect_all_well(member: Member, heading: str) -> None:
    """The page is the one that was meant, and accessible."""
    expect(member.heading).to_have_text(heading)
    assert equal_access_faults(member.page) == []
    expect_no_violations(member.page)
    expect_to_fit(member.page)


def expect_faults(member: Member, button: str) -> None:
    member.press(button)
    expect(member.page.get_by_role("alert")).to_be_visible()


# --- Before one is signed in ---------------------------------------------------------------------


@pytest.fixture
def stranger(
    tab_with: Callable[[StorageState], Page], live_site: LiveSite, declined: StorageState
) -> Member:
    return Member(made_ready(tab_with(declined)), live_site, new_address())


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/bevestigen/", "Kijk in je mailbox"),
        ("/bevestigen/verlopen/", "Deze link werkt niet meer"),
        ("/account/wachtwoord/verstuurd/", "Kijk in je mailbox"),
        ("/account/wachtwoord/nieuw/1-verlopen/", "Deze link werkt niet meer"),
        ("/account/wachtwoord/gewijzigd/", "Je wachtwoord is gewijzigd"),
        ("/en/inloggen/", "Sign in"),
    ],
)
def test_a_page_at_the_entrance_is_accessible(stranger: Member, path: str, heading: str):
    prefix = "/en" if path.startswith("/en/") else ""
    stranger.page.goto(f"{prefix}/mijn{path.removeprefix('/en')}")
    expect_all_well(stranger, heading)


@pytest.mark.parametrize(
    ("path", "heading", "button"),
    [
        ("/registreren/", "Registreren", "Registreren"),
        ("/inloggen/", "Inloggen", "Inloggen"),
        ("/account/wachtwoord/vergeten/", "Wachtwoord vergeten?", "Stuur me de link"),
    ],
)
def test_a_form_at_the_entrance_is_accessible_with_and_without_errors(
    stranger: Member, path: str, heading: str, button: str
):
    stranger.page.goto(stranger.site.portal(path))
    expect_all_well(stranger, heading)
    expect_faults(stranger, button)
    expect_all_well(stranger, heading)


def test_what_a_link_in_a_mail_opens_is_accessible(stranger: Member):
    make_account(stranger.site, stranger.email)
    stranger.page.goto(stranger.site.portal("/account/wachtwoord/vergeten/"))
    stranger.fill("E-mailadres", stranger.email)
    stranger.press("Stuur me de link")
    stranger.open_link("Kies een nieuw wachtwoord")
    expect_all_well(stranger, "Een nieuw wachtwoord")
    stranger.fill("Nieuw wachtwoord", "kort")
    expect_faults(stranger, "Nieuw wachtwoord opslaan")
    expect_all_well(stranger, "Een nieuw wachtwoord")


def test_proving_an_address_is_accessible_where_it_asks_for_the_password(stranger: Member):
    make_account(stranger.site, stranger.email, proven=False)
    stranger.give_password()
    expect(stranger.page.get_by_role("alert")).to_contain_text("bevestigd")
    stranger.open_link("Bevestig je e-mailadres")
    expect_all_well(stranger, "Bevestig je adres")
    expect_faults(stranger, "Ja, dit is mijn adres")
    expect_all_well(stranger, "Bevestig je adres")
    stranger.fill("Wachtwoord", stranger.password)
    stranger.prove_address()
    stranger.sign_in()


def test_being_told_that_cookies_are_blocked_is_accessible(stranger: Member):
    stranger.page.goto(stranger.site.portal("/inloggen/"))
    stranger.page.context.clear_cookies()
    stranger.press("Inloggen")
    expect_all_well(stranger, "Je browser houdt onze cookie tegen")


# --- Signed in -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def membership(browser: Browser, live_site: LiveSite, declined: StorageState) -> dict:
    """Somebody with an account, a record to claim, and a session here."""
    email = new_address()
    make_account(live_site, email)
    live_site.run(
        "from tests.factories import PersonFactory\n"
        f"PersonFactory(first_name='P.', last_name='Peer', email={email!r})"
    )
    context = browser.new_context(base_url=live_site.url, storage_state=declined, locale="nl-NL")
    member = Member(context.new_page(), live_site, email)
    member.sign_in()
    state = context.storage_state()
    context.close()
    return {"email": email, "state": state}


@pytest.fixture
def member(
    tab_with: Callable[[StorageState], Page], live_site: LiveSite, membership: dict
) -> Member:
    return Member(made_ready(tab_with(membership["state"])), live_site, membership["email"])


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Dag Puck"),
        ("/gegevens/", "Mijn gegevens"),
        ("/account/nieuwsbrief/", "Nieuwsbrief"),
        ("/account/beveiliging/", "Beveiliging"),
        ("/account/sessies/", "Waar je bent ingelogd"),
        ("/account/gevonden/", "Wat we bij jouw adres vonden"),
        ("/account/tweede-stap/", "Tweede stap"),
        ("/account/tweede-stap/sleutels/", "Passkeys"),
        ("/account/tweede-stap/sleutels/toevoegen/", "Passkey toevoegen"),
        ("/account/tweede-stap/codes/nieuw/", "Nieuwe herstelcodes"),
        ("/uitloggen/", "Uitloggen"),
    ],
)
def test_a_page_of_ones_own_is_accessible(member: Member, path: str, heading: str):
    member.open(path)
    expect_all_well(member, heading)


def test_ones_own_data_fits_a_phone(member: Member):
    """Under 6 000 px for somebody new, and on paper nothing is folded."""
    member.page.set_viewport_size({"width": 360, "height": 740})
    member.open("/gegevens/")
    expect(member.page.get_by_role("heading", name="Mijn gegevens")).to_be_visible()
    assert member.page.evaluate("document.documentElement.scrollHeight") < 6_000
    address = member.page.locator(".my-data-held dd").filter(has_text=member.email).last
    expect(address).to_be_hidden()
    member.page.emulate_media(media="print")
    expect(address).to_be_visible()


@pytest.mark.parametrize(
    ("path", "heading", "emptied", "button"),
    [
        ("/account/", "Profiel", "Voornaam", "Opslaan"),
        ("/account/adres/", "E-mailadres", "E-mailadres", "Dit adres gebruiken"),
        (
            "/account/wachtwoord/wijzigen/",
            "Wachtwoord wijzigen",
            "Nieuw wachtwoord",
            "Nieuw wachtwoord opslaan",
        ),
        ("/account/opnieuw-inloggen/", "Ben jij het?", "Wachtwoord", "Verder"),
        ("/account/tweede-stap/app/", "Authenticator-app aanzetten", "Code", "Aanzetten"),
    ],
)
def test_a_form_of_ones_own_is_accessible_with_and_without_errors(
    member: Member, path: str, heading: str, emptied: str, button: str
):
    if path == "/account/opnieuw-inloggen/":
        member.page.goto(member.site.portal(path))
    else:
        member.open(path)
    expect_all_well(member, heading)
    member.fill(emptied, "")
    expect_faults(member, button)
    expect_all_well(member, heading)


def test_measurement_on_and_off_is_accessible(member: Member):
    member.open("/account/metingen/")
    expect_all_well(member, "Metingen")
    member.press("Mij niet meten")
    expect(member.told).to_be_visible()
    expect_all_well(member, "Metingen")


def test_a_new_address_that_waits_is_accessible(stranger: Member):
    make_account(stranger.site, stranger.email)
    stranger.sign_in()
    stranger.open("/account/gevonden/")
    expect_all_well(stranger, "Wat we bij jouw adres vonden")  # where nothing was found
    stranger.open("/account/adres/")
    stranger.fill("E-mailadres", new_address())
    stranger.press("Dit adres gebruiken")
    stranger.confirm()
    expect(stranger.page.get_by_role("region", name="Wacht op jouw bevestiging")).to_be_visible()
    expect_all_well(stranger, "E-mailadres")


# --- Halfway through signing in ------------------------------------------------------------------


def test_the_second_step_and_the_codes_shown_once_are_accessible(stranger: Member):
    make_account(stranger.site, stranger.email)
    stranger.sign_in()
    stranger.open("/account/tweede-stap/app/")
    secret = stranger.page.locator(".totp-secret").inner_text().replace(" ", "")
    stranger.fill("Code", code(secret))
    stranger.press("Aanzetten")
    expect(stranger.page.locator("#codes")).to_be_visible()
    expect_all_well(stranger, "Herstelcodes")
    stranger.open("/account/tweede-stap/codes/")
    expect_all_well(stranger, "Herstelcodes")
    stranger.open("/account/tweede-stap/app/verwijderen/")
    expect_all_well(stranger, "Authenticator-app uitzetten")
    stranger.sign_out()
    stranger.give_password()
    expect_all_well(stranger, "Nog één stap")
    stranger.fill("Code", "onzin")
    expect_faults(stranger, "Inloggen")
    expect_all_well(stranger, "Nog één stap")


def test_everything_about_a_passkey_is_accessible(
    page_in: Callable[[BrowserContext], Page], new_context, live_site: LiveSite, declined
):
    page = page_in(new_context(storage_state=declined))  # its own: the device stays in the tab
    stranger = Member(page, live_site, new_address())
    make_account(stranger.site, stranger.email)
    give_device(stranger.page)
    stranger.sign_in()
    stranger.add_passkey("Telefoon")
    stranger.open("/account/tweede-stap/sleutels/")
    for way, heading in (
        ("Hernoemen", "Passkey hernoemen"),
        ("Verwijderen", "‘Telefoon’ verwijderen?"),
    ):
        stranger.follow(way)
        expect_all_well(stranger, heading)
        stranger.page.go_back()
    expect_all_well(stranger, "Passkeys")
    stranger.open("/account/beveiliging/")
    expect_all_well(stranger, "Beveiliging")
    for path in ("opnieuw/", "sleutels/opnieuw/"):
        stranger.page.goto(stranger.site.portal(f"/account/tweede-stap/{path}"))
        expect_all_well(stranger, "Ben jij het?")
    stranger.sign_out()
    stranger.give_password()
    expect_all_well(stranger, "Nog één stap")


# --- The door -------------------------------------------------------------------------------------


def test_the_door_and_its_codes_are_accessible(stranger: Member):
    """Of somebody who speaks at a meeting, and has a place in it too."""
    make_account(stranger.site, stranger.email)
    code = plan_door(stranger.site, stranger.email)
    title = stranger.site.run(
        "from portal.meetings.models import Meeting\n"
        f"print(Meeting.objects.get(code={code!r}).course, end='')"
    )
    stranger.sign_in()
    stranger.open(f"/deur/{code}/")
    expect(stranger.page.locator("[data-kept]")).to_be_visible()
    stranger.page.get_by_role("button", name="In: Saar de Vries").click()
    stranger.page.locator("summary", has_text="Staat iemand er niet bij?").click()
    expect_all_well(stranger, title)
    expect_faults(stranger, "Toevoegen en op In zetten")
    expect_all_well(stranger, title)
    stranger.follow("Code voor het scherm in de zaal")
    expect_all_well(stranger, "Ben je er?")
    person, room, old = addresses_at(stranger.site, code)
    for address, heading in ((person, "Saar de Vries"), (room, title), (old, "Niet ingecheckt")):
        stranger.page.goto(address)
        expect_all_well(stranger, heading)


def addresses_at(site: LiveSite, code: str) -> list[str]:
    """What the code of a person opens, that in the room, and one in the room of yesterday."""
    return site.run(
        "import datetime as dt; from django.utils import timezone\n"
        "from portal.attendance.links import check_in_link, door_link\n"
        "from portal.meetings.models import Meeting\n"
        "from tests.portal.attendance.doors import places, session_of\n"
        f"meeting, now = Meeting.objects.get(code={code!r}), timezone.now()\n"
        "place, session = places(meeting)[0], session_of(meeting).pk\n"
        "old = check_in_link(session, now - dt.timedelta(days=1))\n"
        "print(door_link(place), check_in_link(session, now), old)"
    ).split()


# --- Meetings ------------------------------------------------------------------------------------


def form_of(code: str) -> str:
    return f"/bijeenkomsten/{code}/aanmelden/"


def test_enrolling_is_accessible_in_every_state(stranger: Member):
    title = "Btw op één A4"
    stranger.open(form_of("btw-online-1"))  # with an invoice
    expect_all_well(stranger, title)
    stranger.press("Nog iemand aanmelden")
    expect(stranger.page.locator("fieldset.enrol-person")).to_have_count(3)
    expect_all_well(stranger, title)
    expect_faults(stranger, "Aanmelden en betalen")
    expect_all_well(stranger, title)


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("btw-utrecht-1", "Btw op één A4"),
        ("pensioen-zwolle-1", "Deze bijeenkomst is geannuleerd"),
        ("gesprek-utrecht-vandaag", "De inschrijving is gesloten"),
    ],
)
def test_what_is_full_cancelled_or_closed_is_accessible(stranger: Member, code: str, heading: str):
    stranger.open(form_of(code))
    expect_all_well(stranger, heading)


def test_a_place_and_what_one_can_do_with_it_is_accessible(stranger: Member):
    make_account(stranger.site, stranger.email)
    stranger.sign_in()
    stranger.open("/bijeenkomsten/")
    expect_all_well(stranger, "Mijn bijeenkomsten")  # where there are none
    code = plan_cafe(stranger.site)
    stranger.open(form_of(code))
    expect_all_well(stranger, CAFE)
    stranger.press("Aanmelden")
    expect_all_well(stranger, "Dat is geregeld")
    stranger.open("/bijeenkomsten/")
    expect_all_well(stranger, "Mijn bijeenkomsten")
    stranger.follow(CAFE)
    for summary in stranger.page.locator("main summary").all():
        summary.click()
    expect_all_well(stranger, CAFE)
    expect_faults(stranger, "Deze persoon laten komen")
    stranger.open_link("Je hebt een plek")
    expect_all_well(stranger, CAFE)


def test_an_order_is_accessible(stranger: Member):
    address = stranger.site.run(
        "from portal.enrolments.models import Enrolment\n"
        "from portal.enrolments.order_links import address_of\n"
        "place = Enrolment.objects.get(\n"
        "    meeting__code='latent-utrecht-1', email='deelnemer@pluc.example')\n"
        "print(address_of(place.booking), end='')"
    )
    stranger.page.goto(address)
    for summary in stranger.page.locator("main summary").all():
        summary.click()
    expect_all_well(stranger, "Je bestelling")
    expect_faults(stranger, "Deze persoon laten komen")
    expect_all_well(stranger, "Je bestelling")


# --- The rooms of speakers and organisations -----------------------------------------------------

ROOMS = {
    "spreker@pluc.example": {
        "/mijn/spreker/": "Bijeenkomsten die je geeft",
        "/mijn/spreker/gesprek-utrecht-vandaag/": "Het stevige gesprek",
    },
    "opdrachtgever@pluc.example": {
        "/mijn/organisatie/": "Bijeenkomsten van je organisatie",
        "/mijn/organisatie/gesprek-bessenberg-1/": "Het stevige gesprek",
    },
}


@pytest.mark.parametrize("email", ROOMS)
def test_a_room_with_data_of_others_is_accessible(
    page_in: Callable[[BrowserContext], Page],
    new_context: Callable[..., BrowserContext],
    state_of: Callable[[str], StorageState],
    live_site: LiveSite,
    email: str,
):
    member = Member(page_in(new_context(storage_state=state_of(email))), live_site, email)
    for path, heading in ROOMS[email].items():
        member.page.goto(path)
        expect_all_well(member, heading)


def test_the_day_and_the_hours_after_it_are_accessible(
    page_in: Callable[[BrowserContext], Page], new_context, live_site: LiveSite, state_of
):
    email = "deelnemer@pluc.example"
    member = Member(page_in(new_context(storage_state=state_of(email))), live_site, email)
    member.open("/bijeenkomsten/gesprek-utrecht-vandaag/dag/")
    expect_all_well(member, "Het stevige gesprek")
    member.open("/bijeenkomsten/latent-rotterdam-0/")
    expect(member.page.get_by_text("Je was er de hele tijd")).to_be_visible()
    expect_all_well(member, "Latente belastingen die je kunt uitleggen")
