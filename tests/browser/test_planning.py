"""The back office plans, and everybody is told."""

import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, meeting_id, plan_cafe
from tests.browser.mailbox import Mailbox
from tests.browser.member import new_address
from tests.live_site import LiveSite
from tests.mails import text_of
from tests.planning import in_days

BECAUSE = "De spreker heeft de griep."


class Planner(Desk):
    """Somebody of the back office."""

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def choose(self, name: str, label: str) -> None:
        self.page.locator(f"select[name={name}]").select_option(label=label)

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()  # with the scripts that the next button needs

    def mail_them(self, number: int) -> None:
        """Has read who would be mailed what, and goes on."""
        whom = "1 persoon" if number == 1 else f"{number} mensen"
        self.press(f"Doen en {whom} mailen")
        expect(self.messages).to_be_visible()

    def follow(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def add(self, kind: str, **fields: str) -> None:
        """What meetings are made of, on Wagtail's own screens."""
        self.page.goto(f"/beheer/{kind}/new/")
        self.fill(**fields)

    def save_part(self) -> None:
        self.page.locator("footer button[type=submit]").first.click()
        expect(self.page).not_to_have_url(re.compile("/new/$"))

    def open(self, code: str) -> None:
        self.page.goto(f"/beheer/bijeenkomsten/{meeting_id(self.site, code)}/")

    def enrol(self, first_name: str, email: str, *, waits: bool = False) -> None:
        self.follow("Iemand inschrijven")
        self.page.get_by_text("Iemand die we nog niet kennen").click()
        self.fill(first_name=first_name, last_name="Gast", email=email)
        self.press("Aanmelden")
        if waits:
            self.page.get_by_label("Op de wachtlijst").check()
            self.press("Aanmelden")
        self.mail_them(1)

    def do_with(self, *names: str, deed: str) -> None:
        """One thing for many people."""
        for name in names:
            self.page.get_by_role("checkbox", name=name).check()
        self.choose("do", deed)

    def people(self, group: str):
        return self.page.get_by_role("region", name=re.compile(f"^{group}")).locator("tbody tr")

    def is_now(self, state: str) -> None:
        expect(self.page.locator("main [aria-current=step]")).to_have_text(state)


@pytest.fixture
def desk(planner: Page, live_site: LiveSite) -> Planner:
    return Planner(planner, live_site)


def plan_from_nothing(desk: Planner, code: str) -> None:
    """A course, a venue and a speaker that were not there before, and the meeting."""
    desk.add("opleidingen", title=f"Opleiding {code}", title_en="Course", slug=code)
    desk.choose("subject", "Verslaggeving")
    desk.save_part()
    venue = {"street": "Perenlaan 1", "postal_code": "3511 AB", "city": "Utrecht"}
    desk.add("locaties", name=f"Zaal {code}", **venue)
    desk.choose("region", "Midden")
    desk.save_part()
    desk.add("sprekers", name=f"Spreker {code}")
    desk.save_part()

    desk.page.goto("/beheer/bijeenkomsten/")
    desk.follow("Bijeenkomst plannen")
    desk.choose("course", f"Opleiding {code}")
    desk.choose("venue", f"Zaal {code}, Utrecht")
    desk.choose("policy", "Open bijeenkomst")
    desk.page.get_by_label(f"Spreker {code}").check()
    day = in_days(40).isoformat()
    for number, (start, end) in enumerate([("09:30", "12:30"), ("13:30", "17:00")]):
        if number:
            desk.press("Dagdeel toevoegen")
        for name, time in (("starts_at", start), ("ends_at", end)):
            desk.fill(**{f"sessions-{number}-{name}_0": day, f"sessions-{number}-{name}_1": time})
    desk.choose("accreditations-0-scheme", "NBA")
    desk.fill(**{"accreditations-0-hours": "6", "accreditations-0-granted_on": day})
    desk.fill(code=code, capacity="1", price="0")
    desk.press("Opslaan")


def test_a_meeting_is_planned_from_nothing_copied_and_cancelled_and_everyone_is_told(desk: Planner):
    code, first, second = f"nieuw-{uuid.uuid4().hex[:8]}", new_address("eva"), new_address("wout")
    plan_from_nothing(desk, code)
    desk.is_now("Te starten")
    desk.press("Op “definitief” zetten")
    desk.is_now("Definitief")
    for session in ("09.30 tot 12.30 uur", "13.30 tot 17.00 uur"):
        expect(desk.page.locator("main")).to_contain_text(session)

    desk.enrol("Eva", first)
    desk.enrol("Wout", second, waits=True)
    expect(desk.people("Ingeschreven")).to_contain_text(["Eva Gast"])
    expect(desk.people("Op de wachtlijst")).to_contain_text(["Wout Gast"])
    Mailbox(desk.site, first).take("Je hebt een plek")
    Mailbox(desk.site, second).take("Op de wachtlijst")

    desk.follow("Kopiëren")
    desk.fill(first_day=in_days(80).isoformat())
    desk.press("Plan deze data")
    desk.is_now("Te starten")
    for session in ("09.30 tot 12.30 uur", "13.30 tot 17.00 uur"):
        expect(desk.page.locator("main")).to_contain_text(session)
    expect(desk.people("Ingeschreven")).to_have_count(0)

    desk.open(code)
    desk.follow("Bijeenkomst annuleren")
    desk.fill(because=BECAUSE)
    desk.press("Bijeenkomst annuleren")
    desk.mail_them(2)
    desk.is_now("Geannuleerd")
    expect(desk.page.locator("main")).to_contain_text(BECAUSE)
    for address in (first, second):
        assert BECAUSE in text_of(Mailbox(desk.site, address).take("Gaat niet door"))


def test_what_is_wrong_with_a_meeting_is_told_and_nothing_is_lost(desk: Planner):
    desk.page.goto("/beheer/bijeenkomsten/nieuw/")
    desk.choose("format", "in company")
    desk.fill(code="zonder-klant", practical="Neem je laptop mee.")
    desk.press("Opslaan")
    expect(desk.messages).to_contain_text("nog niets bewaard")
    expect(desk.page.locator("[name=practical]")).to_have_value("Neem je laptop mee.")
    expect(desk.page.locator(".w-field__errors:not(:empty)").first).to_be_visible()


def test_a_changed_time_is_told_to_who_has_a_place(desk: Planner):
    address = new_address("eva")
    code = plan_cafe(desk.site, people=[address])
    desk.open(code)
    desk.follow("Wijzigen")
    desk.fill(**{"sessions-0-starts_at_1": "14:15"})
    desk.press("Opslaan")
    desk.mail_them(1)
    assert "14.15 tot 17.00 uur" in text_of(Mailbox(desk.site, address).take("Gewijzigd"))


def test_two_people_who_did_not_come_are_marked_at_once(desk: Planner):
    code = plan_cafe(desk.site, people=[new_address() for _ in range(3)])
    begin(desk.site, code)
    desk.open(code)
    desk.do_with("Guus Gast 1", "Guus Gast 3", deed="niet gekomen")
    desk.press("Uitvoeren")
    expect(desk.messages).to_contain_text("2")
    absent = desk.people("Ingeschreven").filter(has_text="niet gekomen")
    expect(absent).to_contain_text(["Guus Gast 1", "Guus Gast 3"])


def begin(site: LiveSite, code: str) -> None:
    """As if it had begun an hour ago."""
    hour = timedelta(hours=1)
    site.run(
        "from datetime import timedelta; from django.utils import timezone\n"
        "from portal.meetings.models import Meeting\n"
        f"hour, now = timedelta(seconds={hour.seconds}), timezone.now()\n"
        f"Meeting.objects.filter(code={code!r}).update(starts_at=now - hour, ends_at=now + hour)"
    )


def test_one_of_two_moves_to_another_date_and_is_told(desk: Planner):
    address, stays = new_address("eva"), new_address("wout")
    code, other = plan_cafe(desk.site, people=[address, stays]), plan_cafe(desk.site)
    desk.open(code)
    desk.do_with("Guus Gast 1", deed="verplaatsen naar")
    choice = desk.page.locator("select[name=to] option").filter(has_text=other)
    desk.page.locator("select[name=to]").select_option(value=choice.get_attribute("value"))
    desk.press("Uitvoeren")
    desk.mail_them(1)
    expect(desk.people("Ingeschreven")).to_contain_text(["Guus Gast 2"])
    Mailbox(desk.site, address).take("Je nieuwe datum")
    desk.open(other)
    expect(desk.people("Ingeschreven")).to_contain_text(["Guus Gast 1"])
