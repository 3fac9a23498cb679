"""The paper round trip in a browser: a list is printed, its signed page photographed askew and
uploaded, and gone through beside the picture (P05)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import asked, meeting_id
from tests.browser.test_accessibility import WIDE, expect_no_violations, expect_to_fit
from tests.live_site import LiveSite
from tests.portal.attendance.papers import photograph

COUNT = "SELECT count(*) FROM attendance_mark WHERE source = 'paper'"


@pytest.mark.promise("P05")
def test_a_list_is_printed_photographed_and_gone_through(
    planner: Page, live_site: LiveSite, tmp_path: Path
) -> None:
    page = planner
    before = int(asked(live_site, COUNT))
    page.goto(f"/beheer/bijeenkomsten/{meeting_id(live_site, 'steekproef-utrecht-0')}/")
    page.get_by_role("link", name="Lijsten", exact=True).click()
    row = page.get_by_role("row", name=re.compile("^Intekenlijst"))
    with page.expect_download() as download:
        row.get_by_role("button", name="PDF").click()
    picture = tmp_path / "pagina.jpg"
    picture.write_bytes(photograph(download.value.path().read_bytes(), turned=97))

    page.get_by_label("Foto’s of scans").set_input_files([picture])
    page.get_by_role("button", name="Uploaden").click()
    expect(page.get_by_text("1 pagina hoort nu bij zijn lijst.")).to_be_visible()
    expect(row).to_contain_text("1 van 1 pagina gefotografeerd")
    look_at(page)

    page.get_by_role("link", name=re.compile("^Pagina 1 van de intekenlijst")).click()
    shown = page.get_by_role("img", name="De pagina zoals die op de foto staat")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalHeight > image.naturalWidth"), "it is upright"
    page.get_by_role("button", name="Groter").click()
    page.get_by_role("button", name="Draaien").click()
    expect(shown).to_have_attribute("style", re.compile(r"rotate\(90deg\)"))
    look_at(page)

    ticks = page.get_by_role("checkbox")
    people = ticks.count()
    ticks.first.uncheck()
    page.get_by_label(re.compile("^achternaam, regel")).first.fill("Inloper")
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    expect(page.get_by_text("Er is nog niets gebeurd.")).to_be_visible()
    expect_no_violations(page)
    page.get_by_role("button", name="Pagina bevestigen").click()
    expect(page.get_by_text(f"{people} mensen zijn genoteerd.")).to_be_visible()
    assert int(asked(live_site, COUNT)) - before == people


def look_at(page: Page) -> None:
    """Nothing that axe-core finds, wide and narrow, and nothing too wide for a phone."""
    expect_no_violations(page)
    expect_to_fit(page)
    page.set_viewport_size({"width": WIDE, "height": 900})
