"""Slides go from a speaker by the back office to a participant."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, StorageState, expect

from tests.browser.desk import meeting_id
from tests.browser.equal_access import equal_access_faults
from tests.browser.test_accessibility import expect_no_violations, expect_to_fit
from tests.live_site import LiveSite
from tests.material import a_pdf

CODE = "gesprek-utrecht-vandaag"
ROOM = f"/mijn/spreker/{CODE}/materiaal/"
TITLE = "Slides over luisteren"


def expect_accessible(page: Page) -> None:
    assert equal_access_faults(page) == []
    expect_no_violations(page)
    expect_to_fit(page)


def test_slides_go_from_speaker_to_participant(
    page_in: Callable[[BrowserContext], Page],
    new_context: Callable[..., BrowserContext],
    state_of: Callable[[str], StorageState],
    live_site: LiveSite,
    tmp_path: Path,
):
    def as_(email: str, **options: object) -> Page:
        return page_in(new_context(storage_state=state_of(f"{email}@pluc.example"), **options))

    good, bad = tmp_path / f"{TITLE}.pdf", tmp_path / "geen pdf.pdf"
    content = a_pdf(TITLE)
    good.write_bytes(content)
    bad.write_bytes(b"tekst")

    speaker = as_("spreker", viewport={"width": 360, "height": 740})
    speaker.goto(ROOM)
    expect_accessible(speaker)
    speaker.locator("[name=uploads]").set_input_files([good, bad])
    speaker.get_by_role("button", name="Toevoegen").click()
    expect(speaker.get_by_role("status").filter(has_text="Gelukt: 1.")).to_be_visible()
    expect(speaker.locator(".upload-failed")).to_contain_text("geen pdf-bestand")
    expect_accessible(speaker)
    speaker.reload()
    own = speaker.locator(".material").filter(has_text=TITLE)
    expect(own).to_contain_text("wacht tot de backoffice het vrijgeeft")

    office = as_("backoffice")
    office.goto("/beheer/materiaal/")
    office.get_by_role("link", name=TITLE).click()
    office.get_by_role("link", name="Wijzigen", exact=True).click()
    office.get_by_label("Vanaf wanneer").select_option(label="zodra ze een plek hebben")
    office.get_by_role("button", name="Opslaan").click()
    expect(office.get_by_text("Opgeslagen")).to_be_visible()
    office.get_by_role("link", name="Vrijgeven").click()
    expect(office.get_by_text(re.compile("11 deelnemers"))).to_be_visible()
    office.get_by_role("button", name="Vrijgeven").click()
    expect(office.get_by_text("Vrijgegeven.")).to_be_visible()

    office.goto(f"/beheer/materiaal/bijeenkomst/{meeting_id(live_site, CODE)}/")
    office.get_by_role("button", name="Link toevoegen").click()
    expect(office.get_by_text("Dit is een verplicht veld.").first).to_be_visible()
    expect_no_violations(office)

    participant = as_("deelnemer")
    participant.goto(f"/mijn/bijeenkomsten/{CODE}/")
    with participant.expect_download() as started:
        participant.get_by_role("link", name=TITLE).click()
    assert started.value.suggested_filename == good.name
    assert Path(started.value.path()).read_bytes() == content
    participant.reload()
    expect(participant.locator(".material").filter(has_text=TITLE)).to_contain_text("je hebt het")
    expect_accessible(participant)
