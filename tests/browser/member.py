"""Somebody in the portal, who does things by the names that they see."""

import re
import time
import uuid
from email.message import EmailMessage

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Locator, Page, expect

from tests.browser.mailbox import Mailbox
from tests.live_site import LiveSite
from tests.mails import links_in

PASSWORD = "acht abrikozen op een rij"
NEW_PASSWORD = "negen pruimen in een mand"


def code(secret: str, *, steps: int = 0) -> str:
    """What an app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def new_address(name: str = "puck") -> str:
    """An address that nobody had before."""
    return f"{name}-{uuid.uuid4().hex[:8]}@klant.example"


def make_account(site: LiveSite, email: str, *, proven: bool = True) -> None:
    """An account as somebody has it who registered before, and proved the address or did not."""
    site.run(
        "from tests.factories import PersonFactory, UserFactory\n"
        f"person = PersonFactory(first_name='Puck', last_name='Peer', email={email!r})\n"
        f"UserFactory(person=person, password={PASSWORD!r}, proven={proven})"
    )


def give_device(page: Page) -> None:
    """A telephone that holds passkeys, and knows its owner's finger at once (WebAuthn in CDP)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


class Member:
    """A browser, and whose hands are at it."""

    def __init__(self, page: Page, site: LiveSite, email: str, password: str = PASSWORD) -> None:
        self.page = page
        self.site = site
        self.email = email
        self.password = password
        self.mailbox = Mailbox(site, email)

    # --- What one sees ---

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def told(self) -> Locator:
        """What the page says happened just now."""
        return self.page.locator(".messages")

    def is_at(self, path: str) -> None:
        expect(self.page).to_have_url(re.compile(re.escape(self.site.portal(path)) + "$"))

    # --- What one does ---

    def open(self, path: str) -> None:
        """Opens a portal page; shows who one is where it asks that first."""
        self.page.goto(self.site.portal(path))
        if "/opnieuw-inloggen/" in self.page.url:
            self.confirm()
            self.is_at(path)

    def fill(self, label: str, text: str) -> None:
        whole = re.compile(rf"^{re.escape(label)}( \(mag leeg blijven\))?$")
        self.page.get_by_label(whole).fill(text)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """Follows a link; returns when the whole of the next page is there.

        A click returns when its answer begins, so that whoever counts then may count half a page.
        """
        self.page.locator("main").get_by_role("link", name=name).click()
        self.page.wait_for_load_state()

    def confirm(self) -> None:
        """Answers "Ben jij het?" with the password."""
        expect(self.heading).to_have_text("Ben jij het?")
        self.fill("Wachtwoord", self.password)
        self.press("Verder")

    def give_password(self) -> None:
        self.page.goto(self.site.portal("/inloggen/"))
        self.fill("E-mailadres", self.email)
        self.fill("Wachtwoord", self.password)
        self.press("Inloggen")

    def sign_in(self) -> None:
        self.give_password()
        self.is_at("/")

    def sign_out(self) -> None:
        self.page.goto(self.site.portal("/uitloggen/"))
        self.page.locator("main").get_by_role("button", name="Uitloggen").click()
        self.is_at("/inloggen/")

    def add_passkey(self, name: str) -> None:
        """Adds one on a device that `give_device` gave; ends at the recovery codes."""
        self.open("/account/tweede-stap/sleutels/toevoegen/")
        self.fill("Naam", name)
        self.press("Deze passkey toevoegen")
        expect(self.page.locator("#codes li")).to_have_count(10)

    def prove_address(self) -> None:
        """Answers what a link in a mail asks: is this address yours?"""
        self.press("Ja, dit is mijn adres")
        expect(self.heading).not_to_have_text("Bevestig je adres")

    def open_link(self, about: str) -> str:
        """Opens the link in the mail about something; returns it."""
        return self.open_link_in(self.mailbox.take(about))

    def open_link_in(self, letter: EmailMessage) -> str:
        address = links_in(letter)[0]
        self.page.goto(address)
        return address
