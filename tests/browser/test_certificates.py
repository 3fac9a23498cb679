"""Certificates from the back office to a stranger with a telephone: issued, mailed, fetched,
checked by the code that stands on them, revoked, replaced."""

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.mailbox import Mailbox
from tests.live_site import LiveSite
from tests.mails import links_in

PEOPLE, MEMBER = 16, "deelnemer@pluc.example"
# A meeting whose attendance is final; one of its people is the demo's participant.
MEETING = f"""
import json
from portal.accounts.models import User
from portal.enrolments.models import Enrolment
from tests.certificates import final_meeting
meeting = final_meeting(*(f"Gast {{n}}" for n in range({PEOPLE})))
places = list(Enrolment.objects.filter(meeting=meeting).order_by("queue_number"))
Enrolment.objects.filter(pk=places[0].pk).update(
    person=User.objects.get(email={MEMBER!r}).person, first_name="Dirk", last_name="Deelnemer"
)
print(json.dumps({{"key": meeting.pk, "course": str(meeting.course)}}))
"""


def address_in_code(pdf: Path) -> str:
    """Where the code on a certificate leads, as a telephone reads it from paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=2).to_pil()
    finally:
        document.close()
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def told(stranger: Page, address: str, heading: str) -> None:
    stranger.goto(address)
    expect(stranger.get_by_role("heading", name=heading, level=1)).to_be_visible()


def end(planner: Page, staff_page: str, deed: str) -> None:
    """Revokes or replaces a certificate, with a reason."""
    planner.goto(staff_page)
    planner.get_by_role("link", name=deed, exact=True).click()
    planner.get_by_label("Waarom").fill("De naam was verkeerd.")
    planner.get_by_role("button", name=f"Certificaat {deed.lower()}").click()
    expect(planner.locator(".messages")).to_be_visible()


def fetched(page: Page, letter_link: str, folder: Path) -> Path:
    """The PDF, by the link in the mail."""
    page.goto(letter_link)
    with page.expect_download() as download:
        page.get_by_role("link", name="Downloaden").first.click()
    path = folder / "certificaat.pdf"
    download.value.save_as(path)
    return path


@pytest.mark.promise("P03")
def test_a_certificate_from_issue_to_stranger_and_what_becomes_of_it(
    live_site: LiveSite,
    planner: Page,
    new_context: Callable[..., BrowserContext],
    page_in: Callable[[BrowserContext], Page],
    state_of: Callable[[str], object],
    tmp_path: Path,
):
    meeting = json.loads(live_site.run(MEETING))
    planner.goto(f"/beheer/certificaten/bijeenkomst/{meeting['key']}/")
    planner.get_by_role("link", name=f"{PEOPLE} certificaten uitgeven").click()
    expect(planner.get_by_role("rowheader")).to_have_count(PEOPLE)
    planner.get_by_role("button", name="Certificaten uitgeven").click()
    expect(planner.get_by_role("progressbar")).to_be_visible()
    expect(planner.get_by_text(f"{PEOPLE} van {PEOPLE} gemaakt")).to_be_visible(
        timeout=2 * PATIENCE
    )

    letter = Mailbox(live_site, MEMBER).take(f"Je certificaat van {meeting['course']}")
    (link,) = (one for one in links_in(letter) if "/certificaten/" in one)
    member = page_in(new_context(storage_state=state_of(MEMBER)))
    pdf = fetched(member, link, tmp_path)
    address = address_in_code(pdf)
    stranger = page_in(new_context(viewport={"width": 360, "height": 740}))
    told(stranger, address, "Dit certificaat is geldig")
    expect(stranger.get_by_text("Dirk Deelnemer")).to_be_visible()
    stranger.get_by_label("De pdf").set_input_files(pdf)
    stranger.get_by_role("button", name="Vergelijken").click()
    expect(stranger.get_by_text("Je bestand is precies dit certificaat")).to_be_visible()

    staff_page = f"/beheer/certificaten/{address.rstrip('/').rpartition('/')[2]}/"
    end(planner, staff_page, "Vervangen")
    expect(planner.get_by_text("1 van 1 gemaakt")).to_be_visible()
    told(stranger, address, "Dit certificaat is vervangen")
    stranger.get_by_role("link", name="Naar het nieuwe certificaat").click()
    expect(stranger.get_by_role("heading", name="Dit certificaat is geldig")).to_be_visible()
    newer = stranger.url
    end(planner, f"/beheer/certificaten/{newer.rstrip('/').rpartition('/')[2]}/", "Intrekken")
    told(stranger, newer, "Dit certificaat is ingetrokken")
