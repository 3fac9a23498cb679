"""An issue of the newsletter: composed from articles and the offer, looked at, approved by somebody
else and planned; its mail is right HTML, accessible, and readable on a phone (P08)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import come_in
from tests.browser.desk import MOMENT, Desk, asked
from tests.browser.equal_access import equal_access_faults
from tests.browser.test_accessibility import (
    NARROW,
    OPTIONS,
    SCHEMES,
    WIDE,
    bring_axe,
    change_scheme,
    expect_no_violations,
    expect_to_fit,
    violations,
)
from tests.browser.test_markup import found_by_checker
from tests.live_site import LiveSite
from tests.planning import in_days

DRAFT = "Vier ogen die niets zagen"
# A mail is shown within a mail program, whose landmarks those of a mail would double; and the mark
# of every mail is drawn by a table.
RULES = OPTIONS | {
    "rules": {
        "target-size": {"enabled": True},
        "landmark-one-main": {"enabled": False},
        "region": {"enabled": False},
    }
}
NO_SITE = ("aria_content_in_landmark", "skip_main_exists", 'aria-label="PLUC!" role="img"')
# What Outlook needs and browsers do not: the checker knows no namespace and no styles of Office's.
OUTLOOKS = (
    "xmlns:o",
    "Element “meta” is missing",
    "The “bgcolor” attribute",
    "The “border” attribute",
    "The “cellpadding” attribute",
    "The “cellspacing” attribute",
    "The “align” attribute",
    "The “valign” attribute",
    "The “width” attribute",
    "CSS: ",
)


@pytest.mark.promise("P08")
def test_an_issue_is_composed_seen_approved_by_somebody_else_and_planned(
    editor_at_work: Page,
    live_site: LiveSite,
    new_context,
    page_in: Callable[[BrowserContext], Page],
    tmp_path: Path,
):
    live_site.run("from tests.issues import SubscriptionFactory; SubscriptionFactory()")
    desk, page = Desk(editor_at_work, live_site), editor_at_work
    page.goto("/beheer/nieuwsbrief/")
    page.get_by_role("link", name=DRAFT).click()
    page.get_by_role("link", name="Verder schrijven").click()
    number = desk.add_block("Blogartikelen")
    desk.block(number).get_by_role("button", name="Kies een pagina").first.click()
    page.locator(".modal-body [name=q]").fill("Laat eens zien")
    page.locator(".modal-body").get_by_role("link", name="Laat eens zien").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)
    desk.add_block("Komende cursussen")
    desk.save()
    page.get_by_role("link", name="Nakijken en versturen").last.click()
    expect(page.locator("main")).to_contain_text("niets staat in de weg")
    shown = page.frame_locator(".staff-mail-phone").first
    expect(shown.get_by_role("link", name="Laat eens zien")).to_be_visible()
    expect_no_violations(page)
    page.get_by_role("link", name="Ter goedkeuring indienen").click()
    page.get_by_role("button", name="Ter goedkeuring indienen").click()
    expect(desk.messages).to_contain_text("Ingediend")

    office = page_in(new_context())
    come_in(office, "backoffice@pluc.example")
    office.goto("/beheer/nieuwsbrief/")
    office.get_by_role("link", name=DRAFT).click()
    office.get_by_role("link", name="Goedkeuren en versturen").click()
    office.locator("[name=starts_at]").fill(f"{in_days(3):{MOMENT[:8]}} 09:00")
    office.get_by_role("button", name="Goedkeuren en versturen").press("Enter")
    expect(office.locator("main")).to_contain_text("goedgekeurd en gepland")
    expect_no_violations(office)

    query = "SELECT page_ptr_id FROM newsletter_issuepage WHERE subject = ?"
    mail = f"/beheer/nieuwsbrief/{asked(live_site, query, DRAFT)}/als/"
    for scheme in SCHEMES:
        office.goto(f"{mail}{scheme}/")
        expect(office.get_by_role("heading", level=1)).to_have_text(DRAFT)
        change_scheme(office, scheme)
        bring_axe(office)
        for width in (WIDE, NARROW):
            office.set_viewport_size({"width": width, "height": 800})
            assert violations(office, RULES) == []
        expect_to_fit(office)
    assert equal_access_faults(office, known=NO_SITE) == []
    html = office.request.get(f"{live_site.url}{mail}light/").body()
    found = found_by_checker({"mail": html}, tmp_path)
    assert [line for line in found if not any(known in line for known in OUTLOOKS)] == []
