"""Our own screens in Wagtail: axe-core finds nothing, nor does the Nu HTML checker; nothing is too
wide (STANDARDS 5.1). For axe-core, nothing of Wagtail's own around them is left out."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from tests.browser.desk import asked, meeting_id
from tests.browser.equal_access import equal_access_faults
from tests.browser.test_accessibility import expect_no_violations, expect_to_fit, made_ready
from tests.browser.test_markup import found_by_checker
from tests.live_site import LiveSite

# A code in <> stands for the number of that meeting; "place" and "person" for somebody's.
SCREENS = {
    "overview": "",
    "planning": "bijeenkomsten/",
    "planning, nothing found": "bijeenkomsten/?q=xylofoonkwartet",
    "calendar": "bijeenkomsten/kalender/",
    "meeting, full": "bijeenkomsten/<btw-utrecht-1>/",
    "meeting, empty": "bijeenkomsten/<gesprek-groningen-1>/",
    "meeting, cancelled": "bijeenkomsten/<pensioen-zwolle-1>/",
    "meeting, held": "bijeenkomsten/<steekproef-utrecht-0>/",
    "lists": "presentie/<steekproef-utrecht-0>/lijsten/",
    "new meeting": "bijeenkomsten/nieuw/",
    "changed meeting": "bijeenkomsten/<data-rotterdam-1>/wijzigen/",
    "copy": "bijeenkomsten/<btw-utrecht-1>/kopie/",
    "cancel": "bijeenkomsten/<btw-utrecht-1>/annuleren/",
    "written to": "bijeenkomsten/<btw-utrecht-1>/schrijven/",
    "by hand": "bijeenkomsten/<btw-utrecht-1>/inschrijven/",
    "phone, found": "aanmelden/?q=gast",
    "phone, somebody new": "aanmelden/nieuw/",
    "enrolments": "inschrijvingen/",
    "enrolments, nobody found": "inschrijvingen/?q=xylofoon",
    "enrolment": "inschrijvingen/<place>/",
    "attendance": "presentie/",
    "attendance, today": "presentie/<gesprek-utrecht-vandaag>/",
    "attendance, waiting": "presentie/<steekproef-utrecht-0>/",
    "attendance, in the way": "presentie/<steekproef-utrecht-0>/definitief/",
    "attendance, preview": "presentie/<cafe-eindhoven-0>/definitief/",
    "attendance, opened again": "presentie/<latent-rotterdam-0>/heropenen/",
    "attendance, a person": "presentie/<latent-rotterdam-0>/persoon/<was_there>/",
    "walk-in, a place": "presentie/<gesprek-utrecht-vandaag>/inloper/<walk_in>/plek/",
    "rules for hours": "pe-regels/",
    "billing": "facturatie/",
    "material": "materiaal/",
    "material of a meeting": "materiaal/bijeenkomst/<steekproef-utrecht-0>/",
    "material, one": "materiaal/<material>/",
    "people": "mensen/",
    "person": "mensen/edit/<person>/",
    "person's file": "mensen/inspect/<person>/",
    "organisations": "organisaties/",
    "contacts": "contactpersonen/",
    "courses": "opleidingen/",
    "course": "opleidingen/edit/1/",
    "speaker, kept": "sprekers/delete/1/",
    "venues": "locaties/",
}
# What the Nu HTML checker says of Wagtail's own templates, and of nothing of ours.
WAGTAILS = (
    # shared/dropdown: the "filters" and "more" buttons of its own lists
    "Element “div” not allowed as child of element “button” in this context.",
    "Attribute “type” not allowed on element “div” at this point.",
    # shared/side_panels: the grip that makes them wider
    "Element “div” not allowed as child of element “label” in this context.",
    # shared/panel, where a row of fields has no heading. No error, but advice.
    "Section lacks heading.",
    # shared/keyboard_shortcuts_dialog, on each of its pages
    "A table row was 1 columns wide, which is less than the column count established by the first",
    # Its components end their inputs as XHTML does. No error, but advice.
    "Trailing slash on void elements has no effect",
)
SOMEBODY = {
    "place": "SELECT id FROM enrolments_enrolment WHERE email = ? LIMIT 1",
    "person": "SELECT id FROM accounts_person WHERE email = ?",
    "was_there": "SELECT e.id FROM enrolments_enrolment e JOIN meetings_meeting m"
    " ON m.id = e.meeting_id WHERE m.code = 'latent-rotterdam-0' AND e.email = ?",
    "walk_in": "SELECT w.id FROM attendance_walkin w JOIN meetings_meeting m"
    " ON m.id = w.meeting_id WHERE m.code = 'gesprek-utrecht-vandaag' AND ? <> ''"
    " ORDER BY w.added_at LIMIT 1",
    "material": "SELECT v.material_id FROM materials_handedout h JOIN materials_version v"
    " ON v.id = h.version_id JOIN accounts_person p ON p.id = h.person_id WHERE p.email = ?"
    " ORDER BY h.id LIMIT 1",
}
FORMS = {
    "attendance, opened again": "Presentie heropenen",
    "new meeting": "Opslaan",
    "copy": "Plan deze data",
    "cancel": "Bijeenkomst annuleren",
    "phone, somebody new": "Aanmelden",
}


# What sticks out of the window where nothing scrolls: Wagtail cuts it off. Its own side panels, and
# its list of a form's parts, wait there on purpose until they are asked for or there is room.
CUT_OFF = """() => {
  const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const inScroller = element => {
    while ((element = element.parentElement) && element.matches("main *")) {
      if (scrolls(element)) return true;
    }
  };
  return [...document.querySelectorAll("main :is(a, button, dd, h2, input, label, p, select)")]
    .filter(one => !one.closest(".w-minimap, .form-side"))
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !inScroller(one))
    .map(one => one.outerHTML);
}"""


def expect_to_fit_whole(page: Page) -> None:
    expect_to_fit(page)
    assert page.evaluate(CUT_OFF) == []


def address_of(site: LiveSite, screen: str) -> str:
    def key_of(match: re.Match[str]) -> str:
        if match[1] in SOMEBODY:
            return str(UUID(asked(site, SOMEBODY[match[1]], "deelnemer@pluc.example")))
        return meeting_id(site, match[1])

    return "/beheer/" + re.sub("<(.+?)>", key_of, SCREENS[screen])


def open_screen(page: Page, site: LiveSite, screen: str) -> None:
    answer = made_ready(page).goto(address_of(site, screen))
    assert answer
    assert answer.status == 200
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_staff_screen_is_accessible_and_fits(planner: Page, live_site: LiveSite, screen: str):
    open_screen(planner, live_site, screen)
    assert equal_access_faults(planner, known=('class="skiplink button"',)) == []  # Wagtail's own
    expect_no_violations(planner)
    expect_to_fit_whole(planner)


@pytest.mark.parametrize("screen", FORMS)
def test_a_staff_form_is_accessible_and_fits_with_errors(
    planner: Page, live_site: LiveSite, screen: str
):
    open_screen(planner, live_site, screen)
    planner.get_by_role("button", name=FORMS[screen], exact=True).click()
    expect(planner.locator(".w-field__errors:not(:empty)").first).to_be_visible()
    expect_no_violations(planner)
    expect_to_fit_whole(planner)


def test_choosing_nobody_is_told_accessibly(planner: Page, live_site: LiveSite):
    open_screen(planner, live_site, "meeting, full")
    planner.get_by_role("button", name="Uitvoeren").click()
    expect(planner.get_by_role("alert").first).to_be_visible()
    expect_no_violations(planner)


def test_the_nu_html_checker_finds_nothing_on_staff_screens(
    new_context: Callable[..., BrowserContext],
    state_of: Callable[[str], StorageState],
    live_site: LiveSite,
    tmp_path: Path,
):
    staff = new_context(storage_state=state_of("backoffice@pluc.example"))
    documents = {
        screen: staff.request.get(address_of(live_site, screen)).body() for screen in SCREENS
    }
    found = found_by_checker(documents, tmp_path)
    assert [line for line in found if not any(known in line for known in WAGTAILS)] == []
