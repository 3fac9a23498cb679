"""What else the staff screens do: review, uploads, the notice, the menu, redirects."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import come_in
from tests.browser.desk import MOMENT, Desk, page_id
from tests.browser.mailbox import Mailbox
from tests.browser.visits import fetch
from tests.live_site import LiveSite

WRITER = "schrijver@pluc.example"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture
def desk(editor_at_work: Page, live_site: LiveSite) -> Desk:
    return Desk(editor_at_work, live_site)


@pytest.fixture(scope="module")
def writer(live_site: LiveSite) -> str:
    """The address of a colleague who writes what editors publish."""
    live_site.run(
        "from django.conf import settings; from django.contrib.auth.models import Group\n"
        "from home.roles import WRITERS; from tests.factories import PersonFactory, UserFactory\n"
        f"person = PersonFactory(first_name='Sem', last_name='Smit', email='{WRITER}')\n"
        "user = UserFactory(person=person, password=settings.DEMO_PASSWORD, is_staff=True)\n"
        "user.groups.add(Group.objects.get(name=WRITERS))",
    )
    return WRITER


def test_a_writer_submits_and_an_editor_approves(
    desk: Desk,
    writer: str,
    live_site: LiveSite,
    new_context,
    page_in: Callable[[BrowserContext], Page],
):
    draft = Desk(page_in(new_context()), live_site)
    come_in(draft.page, writer)
    draft.start_post("Een post ter beoordeling", "Van een schrijver.")
    draft.write_text("Kijk jij even mee?")
    draft.save()
    draft.page.get_by_role("button", name="Meer acties").click()
    publish = draft.page.locator("footer").get_by_role("button", name="Publiceren", exact=True)
    expect(publish).to_have_count(0)
    draft.page.locator("[name=action-submit]").click()
    expect(draft.messages).to_contain_text("Een post ter beoordeling")
    assert fetch(live_site, "/blog/een-post-ter-beoordeling/").status == 404
    Mailbox(live_site, "redactie@pluc.example").take("Een post ter beoordeling")

    post = page_id(live_site, "/home/blog/een-post-ter-beoordeling/")
    desk.page.goto("/beheer/")
    expect(desk.page.locator("main")).to_contain_text("Een post ter beoordeling")
    desk.page.goto(f"/beheer/pages/{post}/edit/")
    desk.page.get_by_role("button", name="Meer acties").click()
    desk.page.locator("footer [data-workflow-action-name=approve]").first.click()
    expect(desk.messages).to_contain_text("Een post ter beoordeling")
    assert fetch(live_site, "/blog/een-post-ter-beoordeling/").status == 200
    Mailbox(live_site, writer).take("Een post ter beoordeling")


def plain_png(width: int, height: int) -> bytes:
    data = BytesIO()
    Image.new("L", (width, height)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tekening.svg", lambda: SVG, "Geen ondersteund afbeeldingsformaat"),
        (
            "brief.png",
            lambda: b"Beste mensen, dit is geen plaatje.",
            "geen of een beschadigde afbeelding",
        ),
        (
            "zwaar.png",
            lambda: plain_png(40, 40) + b"\0" * 11 * 1024 * 1024,
            "te groot. Maximale bestandsgrootte 10,0 MB",
        ),
        ("reusachtig.png", lambda: plain_png(8000, 6000), "te veel pixels"),
    ],
    ids=["svg", "text", "bytes", "pixels"],
)
def test_what_is_no_fitting_picture_is_refused_with_the_reason(
    desk: Desk, tmp_path: Path, name: str, content: Callable[[], bytes], reason: str
):
    file = tmp_path / name
    file.write_bytes(content())
    desk.page.goto("/beheer/images/multiple/add/")
    desk.page.locator("#fileupload").set_input_files(file)
    told = desk.page.locator("#upload-list li")
    expect(told).to_contain_text(reason)
    expect(told).to_have_class(re.compile("upload-failure"))
    desk.page.goto("/beheer/images/")
    expect(desk.page.locator("main")).not_to_contain_text(file.stem)


def test_a_notice_is_shown_from_its_start_until_its_end(desk: Desk, live_site: LiveSite):
    now = timezone.localtime()
    page = desk.page
    page.goto("/beheer/snippets/content/notice/add/?locale=nl")
    page.locator("#id_text").fill("Morgen zijn we een dag weg.")
    page.locator("#id_starts_at").fill((now + timedelta(days=1)).strftime(MOMENT))
    page.locator("#id_ends_at").fill(now.strftime(MOMENT))
    save = page.locator("footer button[type=submit]").first
    save.click()
    expect(page.locator("[id$=ends_at-errors]")).not_to_be_empty()
    expect(page.locator("#id_text")).to_have_value("Morgen zijn we een dag weg.")
    page.locator("#id_ends_at").fill((now + timedelta(days=2)).strftime(MOMENT))
    save.click()
    expect(desk.messages).to_contain_text("Morgen zijn we een dag weg.")
    notice = b"Morgen zijn we een dag weg."
    assert notice not in fetch(live_site, "/").body

    page.goto("/beheer/snippets/content/notice/")
    page.get_by_role("link", name="Morgen zijn we een dag weg.").first.click()
    page.locator("#id_starts_at").fill((now - timedelta(minutes=5)).strftime(MOMENT))
    page.locator("footer button[type=submit]").first.click()
    expect(desk.messages).to_be_visible()
    assert notice in fetch(live_site, "/").body
    assert notice not in fetch(live_site, "/en/").body

    page.goto("/beheer/snippets/content/notice/")
    page.get_by_role("link", name="Morgen zijn we een dag weg.").first.click()
    page.locator("#id_ends_at").fill((now - timedelta(minutes=1)).strftime(MOMENT))
    page.locator("footer button[type=submit]").first.click()
    expect(desk.messages).to_be_visible()
    assert notice not in fetch(live_site, "/").body


def test_a_changed_menu_is_on_every_page_at_once(desk: Desk, live_site: LiveSite):
    page = desk.page

    def relabel(label: str) -> None:
        page.goto("/beheer/snippets/content/navigation/")
        page.get_by_role("row").filter(has_text="Nederlands").get_by_role("link").first.click()
        page.locator("[name=menu-0-value-label]").fill(label)
        page.locator("footer button[type=submit]").first.click()
        expect(desk.messages).to_be_visible()

    relabel("Ons aanbod")
    for path in ("/", "/contact/", "/nergens/", "/cookies/"):
        menu = fetch(live_site, path).soup.find(id="menu")
        assert menu.find("a", string="Ons aanbod")["href"] == "/bijeenkomsten/"
    relabel("")
    assert fetch(live_site, "/").soup.find(id="menu").find("a", string="Bijeenkomsten")


def test_a_redirect_leads_an_old_address_on(desk: Desk, live_site: LiveSite):
    page = desk.page
    assert fetch(live_site, "/oude-cursus/").status == 404
    page.goto("/beheer/redirects/add/")
    page.locator("#id_old_path").fill("/oude-cursus/")
    page.get_by_role("button", name="Kies een pagina").click()
    page.get_by_role("link", name="Bekijk", exact=True).first.click()
    page.locator(".modal-body a.choose-page").filter(has_text="Bijeenkomsten").click()
    expect(page.locator(".modal-body")).to_have_count(0)
    page.locator("form button[type=submit]").last.click()
    expect(desk.messages).to_be_visible()
    answer = fetch(live_site, "/oude-cursus/")
    assert answer.status == 301
    assert answer.headers["Location"].endswith("/bijeenkomsten/")
    assert "Set-Cookie" not in answer.headers
