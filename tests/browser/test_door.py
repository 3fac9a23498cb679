"""A speaker takes attendance on a phone, with the connection cut half-way."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pluc.folding import plain
from tests.browser.desk import asked
from tests.browser.door import CHECKED_IN, NAMES, Cable, plan_door
from tests.browser.member import Member, make_account, new_address
from tests.live_site import LiveSite

WRITTEN = [*NAMES, "  Straße -  Łódź ", "ﬁjn\u200b & co", "AÆ\u0301 Þór", "d’Ancona‐Smit"]


@pytest.fixture
def cable(live_site: LiveSite) -> Iterator[Cable]:
    line = Cable(live_site)
    yield line
    line.cut()


@pytest.fixture
def phone(page_in: Callable[[BrowserContext], Page], new_context, cable: Cable, declined) -> Page:
    size = {"width": 360, "height": 740}
    return page_in(new_context(cable.site, storage_state=declined, viewport=size, has_touch=True))


def marks_of(site: LiveSite, code: str) -> list[str]:
    """What is stored, in order: who, and what."""
    query = (
        "SELECT json_group_array(what) FROM (SELECT e.last_name || ' ' || m.kind AS what"
        " FROM attendance_mark m JOIN enrolments_enrolment e ON e.id = m.enrolment_id"
        " JOIN meetings_meeting t ON t.id = e.meeting_id"
        " WHERE t.code = ? AND m.source = 'door' ORDER BY m.rowid)"
    )
    return list(json.loads(asked(site, query, code)))


@pytest.mark.promise("P14")
def test_marks_wait_for_a_connection_and_arrive_once(
    phone: Page, cable: Cable, live_site: LiveSite
) -> None:
    member = Member(phone, cable.site, new_address("deur"))
    make_account(live_site, member.email)
    code = plan_door(live_site, member.email)
    member.sign_in()
    member.open(f"/bijeenkomsten/{code}/dag/")
    own_code = phone.locator(".own-code").bounding_box()
    assert own_code
    assert own_code["y"] + own_code["height"] < 740 * 0.8  # the cookie bar takes a fifth at most
    member.open(f"/deur/{code}/")
    number, unsent = phone.locator("#door-number"), phone.locator("#door-unsent")
    expect(phone.locator("[data-kept]")).to_be_visible()  # it opens without a connection from now
    assert phone.evaluate("texts => texts.map(plain)", WRITTEN) == [plain(one) for one in WRITTEN]

    search = phone.get_by_role("searchbox")
    search.fill("hof er")
    expect(phone.locator(".door-line:visible")).to_have_count(1)
    phone.get_by_role("button", name="In: Éric van ’t Hof").tap()
    expect(phone.locator("#door-toast")).to_contain_text("Éric van ’t Hof is binnen.")
    expect(search).to_have_value("")
    expect(number).to_have_text("1")
    expect(unsent).to_be_hidden()

    cable.cut()
    phone.get_by_role("button", name="In: Saar de Vries").tap()
    phone.get_by_role("button", name="In: Coën O’Brien").tap()
    phone.get_by_role("button", name="Ongedaan maken").tap()
    expect(unsent).to_have_text("3 nog niet verzonden")
    expect(number).to_have_text("2")
    phone.reload()
    expect(unsent).to_have_text("3 nog niet verzonden")
    expect(number).to_have_text("2")
    expect(phone.get_by_role("button", name="Uit: Saar de Vries")).to_be_visible()
    sign_out(phone)
    question = phone.get_by_role("dialog", name="Nu al uitloggen?")
    expect(question).to_contain_text("Nog niet verzonden: 3")
    expect(question).not_to_contain_text("Saar")
    question.get_by_role("button", name="Ingelogd blijven").tap()
    assert marks_of(live_site, code) == ["van ’t Hof in"]

    cable.mend()
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(unsent).to_be_hidden()
    arrived = ["van ’t Hof in", "de Vries in", "O’Brien in", "O’Brien void"]
    assert marks_of(live_site, code) == arrived

    phone.context.clear_cookies(name="sessionid")
    phone.get_by_role("button", name="In: Søren Ĳsbrands").tap()
    expect(phone.locator("#door-signed-out")).to_be_visible()
    expect(unsent).to_have_text("1 nog niet verzonden")
    phone.get_by_role("link", name="Log weer in").tap()
    member.fill("E-mailadres", member.email)
    member.fill("Wachtwoord", member.password)
    member.press("Inloggen")
    expect(number).to_have_text("3")
    expect(unsent).to_be_hidden()
    assert marks_of(live_site, code) == [*arrived, "Ĳsbrands in"]
    row = phone.locator(".door-line", has_text=CHECKED_IN)
    came = row.get_attribute("data-own-time")
    expect(row.get_by_role("button", name=f"Klopt niet: {CHECKED_IN}")).to_be_visible()
    phone.get_by_role("button", name=f"Bevestigen: {CHECKED_IN}").tap()
    expect(row.locator(".door-said")).to_have_text(f"binnen sinds {came}")
    expect(row.get_by_role("button", name=f"Klopt niet: {CHECKED_IN}")).to_be_hidden()
    expect(unsent).to_be_hidden()
    sign_out(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Inloggen")
    kept = "async () => [await caches.keys(), Object.keys(localStorage)]"
    assert phone.evaluate(kept) == [[], []]


def sign_out(phone: Page) -> None:
    phone.get_by_role("button", name="Menu").tap()
    phone.get_by_role("button", name="Uitloggen").tap()
