"""An editor writes a post with a picture, previews, plans, publishes and translates it."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.desk import MOMENT, Desk, asked, page_id, run_task_at
from tests.browser.visits import fetch
from tests.factories import image_file
from tests.live_site import LiveSite

ALT = "Een mand met abrikozen op een houten tafel"


@pytest.fixture
def desk(editor_at_work: Page, live_site: LiveSite) -> Desk:
    return Desk(editor_at_work, live_site)


@pytest.fixture
def visitor_page(page_in: Callable[[BrowserContext], Page], new_context, declined) -> Page:
    return page_in(new_context(storage_state=declined))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "abrikozen.png"
    # Of its own colour: of a picture that is there already, Wagtail asks whether one means that.
    path.write_bytes(image_file(colour=f"#{uuid.uuid4().hex[:6]}").read())
    return path


def test_an_editor_writes_a_post_with_a_picture_and_publishes_it(
    desk: Desk, visitor_page: Page, picture: Path
):
    desk.start_post("Een post met een mand", "Waarom een mand meer zegt dan een tabel.")
    desk.upload_lead_picture(picture, ALT)
    desk.page.locator("#id_picture_alt").fill(ALT)
    desk.write_heading("De mand")
    desk.write_text("Wie telt, ziet meer.")
    desk.save()
    expect(desk.messages).not_to_contain_text("Dit moet nog")
    assert fetch(desk.site, "/blog/een-post-met-een-mand/").status == 404

    desk.page.get_by_role("button", name="Toon/verberg voorvertoning").click()
    preview = desk.page.frame_locator("iframe[title]").first
    expect(preview.get_by_role("heading", level=1)).to_have_text("Een post met een mand")
    expect(preview.get_by_role("img", name=ALT)).to_be_visible()
    expect(preview.get_by_text("Wie telt, ziet meer.")).to_be_visible()

    desk.publish()
    visitor_page.goto("/blog/")
    visitor_page.get_by_role("link", name="Een post met een mand").click()
    expect(visitor_page.get_by_role("img", name=ALT)).to_be_visible()
    expect(visitor_page.get_by_role("heading", name="De mand")).to_be_visible()
    expect(visitor_page.get_by_text("Wie telt, ziet meer.")).to_be_visible()


def test_a_save_while_an_autosave_is_under_way_makes_the_page_once(desk: Desk):
    """The autosave has made the page, and the editor does not know that yet."""
    title = f"Een post van {uuid.uuid4().hex[:8]}"

    def answer_late(route: Route) -> None:
        answer = route.fetch()
        if answer.ok and answer.json()["success"]:
            desk.page.evaluate("document.title = 'made'")
            desk.page.wait_for_timeout(1000)
        route.fulfill(response=answer)

    def route_save(route: Route) -> None:
        is_autosave = "json" in route.request.headers.get("accept", "")
        (answer_late if is_autosave else Route.continue_)(route)

    desk.page.route(re.compile("/beheer/pages/add/.*"), route_save)
    desk.start_post(title, "Waarom een mand?")
    for _ in range(5):  # what was typed while the editor started saves nothing by itself
        desk.page.locator("#id_intro").press_sequentially("!")
        desk.page.wait_for_timeout(2000)
        if desk.page.title() == "made":
            break
    expect(desk.page).to_have_title("made")
    desk.save()
    expect(desk.page).to_have_url(re.compile(r"/pages/\d+/edit/"))
    assert asked(desk.site, "SELECT COUNT(*) FROM wagtailcore_page WHERE title = ?", title) == "1"


def test_the_checks_count_texts_that_say_nothing(desk: Desk, picture: Path):
    """axe-core runs in the preview, and tells the panel beside it."""
    desk.start_post("Een post die niets zegt", "Over beelden en links.")
    desk.upload_lead_picture(picture, ALT)
    alt, checks = desk.page.locator("#id_picture_alt"), desk.page.locator("[data-checks-panel]")
    desk.wait_until_watched()
    alt.fill("Klik hier")
    desk.page.get_by_role("button", name="Toon/verberg controles").click()
    expect(checks).to_contain_text("De tekst bij een beeld zegt niets")
    expect(desk.page.locator("h2 [data-content-checker-count]")).to_have_text("1")
    alt.fill(ALT)
    expect(checks).not_to_contain_text("De tekst bij een beeld zegt niets")


def test_a_planned_post_is_published_by_the_worker_and_taken_down_again(
    desk: Desk, live_site: LiveSite
):
    moment = timezone.localtime() + timedelta(days=2)
    desk.start_post("Een post voor overmorgen", "Geduld.")
    desk.write_text("Tot overmorgen.")
    desk.save()
    desk.page.get_by_role("button", name="Toon/verberg status").click()
    desk.page.get_by_role("button", name="Stel schema in").click()
    schedule = desk.page.get_by_role("dialog")
    schedule.locator("[name=go_live_at]").fill(moment.strftime(MOMENT))
    schedule.locator("[name=expire_at]").fill((moment + timedelta(days=1)).strftime(MOMENT))
    schedule.get_by_role("button", name="Schema opslaan").press("Enter")
    expect(desk.messages).to_be_visible()
    desk.do(re.compile("lannen"))
    expect(desk.messages).to_contain_text("Een post voor overmorgen")
    desk.page.goto("/beheer/")
    expect(desk.page.locator("main")).to_contain_text("Een post voor overmorgen")

    address, task = "/blog/een-post-voor-overmorgen/", "pluc.content.tasks.publish_due"
    assert fetch(live_site, address).status == 404
    run_task_at(live_site, task, moment + timedelta(minutes=1))
    assert fetch(live_site, address).status == 200
    assert b"Een post voor overmorgen" in fetch(live_site, "/blog/").body
    run_task_at(live_site, task, moment + timedelta(days=2))
    assert fetch(live_site, address).status == 404
    assert b"Een post voor overmorgen" not in fetch(live_site, "/blog/").body


def test_an_editor_translates_a_post_and_both_sites_show_it(desk: Desk, visitor_page: Page):
    submit_for_translation(desk, "Een post in twee talen", "Over vertalen.")
    translate(desk.page, "Een post in twee talen", "A post in two languages")
    translate(desk.page, "Over vertalen.", "About translating.")
    translate(desk.page, "Dit staat er in het Nederlands.", "This is what it says in English.")
    desk.page.locator("button[name=action][value=publish]").click()
    expect(desk.messages).to_contain_text("gepubliceerd")
    visitor_page.goto("/blog/een-post-in-twee-talen/")
    expect(visitor_page.get_by_text("Dit staat er in het Nederlands.")).to_be_visible()
    visitor_page.get_by_role("link", name="English").click()
    expect(visitor_page.get_by_role("heading", level=1)).to_have_text("A post in two languages")
    expect(visitor_page.get_by_text("This is what it says in English.")).to_be_visible()
    visitor_page.goto("/en/blog/")
    expect(visitor_page.get_by_role("link", name="A post in two languages")).to_be_visible()


def test_a_translation_is_not_public_before_it_is_published(desk: Desk):
    submit_for_translation(desk, "Een post nog zonder Engels", "Half vertaald is niet vertaald.")
    assert fetch(desk.site, "/blog/een-post-nog-zonder-engels/").status == 200
    assert fetch(desk.site, "/en/blog/een-post-nog-zonder-engels/").status == 404


def submit_for_translation(desk: Desk, title: str, intro: str) -> None:
    """Publishes a post in Dutch, and opens its English half."""
    desk.start_post(title, intro)
    desk.write_text("Dit staat er in het Nederlands.")
    desk.publish()
    post = page_id(desk.site, f"/home/blog/{slugify(title)}/")
    desk.page.goto(f"/beheer/localize/submit/page/{post}/")
    desk.page.get_by_label("Engels").check()
    desk.page.get_by_role("button", name="Verzenden").click()
    expect(desk.messages).to_contain_text(title)


def translate(page: Page, dutch: str, english: str) -> None:
    """Fills in one piece of wagtail-localize's editor."""
    segment = page.locator("li.incomplete").filter(has_text=dutch)
    segment.get_by_role("button", name="Vertaal").click()
    field = page.locator("li textarea, li [contenteditable=true]")
    field.fill(english)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.locator("li.complete").filter(has_text=english)).to_be_visible()


def unfinished_post(site: LiveSite) -> int:
    """The id of a draft with three faults: a heading, a picture and a link that leads nowhere."""
    code = (
        "import json; from tests.factories import PostFactory, PictureFactory\n"
        "post = PostFactory(title='Een post met fouten', slug='fouten', live=False,"
        " picture=PictureFactory(), body=json.dumps(["
        "{'type': 'heading', 'value': {'level': '2', 'text': 'Goed'}},"
        "{'type': 'text', 'value': '<p><a linktype=\"page\" id=\"99999\">Verdwenen</a> pad</p>'},"
        "]))\n"
        "post.save_revision(); print(post.pk)"
    )
    return int(site.run(code))


def test_faults_are_told_with_their_place_and_nothing_typed_is_lost(desk: Desk):
    page = desk.page
    page.goto(f"/beheer/pages/{unfinished_post(desk.site)}/edit/")
    page.locator("[name=body-0-value-level]").select_option("3")
    page.locator("[name=body-0-value-text]").fill("Een onderdeel zonder kop erboven")
    desk.save()
    expect(desk.messages).to_contain_text("Afbeelding bovenaan")
    expect(desk.messages).to_contain_text("Blok 1 (Kop)")
    expect(desk.messages).to_contain_text("Blok 2 (Tekst)")
    expect(desk.messages).to_contain_text("Verdwenen")

    page.locator("#id_intro").fill("Dit mag niet verloren gaan.")
    desk.do("Publiceren")
    expect(desk.messages).to_contain_text("kon niet worden")
    expect(page.locator("[id=body-0-value-level-errors]")).not_to_be_empty()
    expect(page.locator("[id=body-1-value-errors]")).to_contain_text("Verdwenen")
    expect(page.locator("[id$=picture_alt-errors]")).to_contain_text("decoratief")
    expect(page.locator("#id_intro")).to_have_value("Dit mag niet verloren gaan.")
    expect(page.locator("[name=body-0-value-text]")).to_have_value(
        "Een onderdeel zonder kop erboven"
    )
    assert fetch(desk.site, "/blog/fouten/").status == 404

    page.locator("#id_picture_is_decorative").check()
    page.locator("[name=body-0-value-level]").select_option("2")
    page.locator("[contenteditable=true]").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("Zonder link.")
    expect(page.locator("[name=body-1-value]")).to_have_value(re.compile('"entityMap":{}'))
    desk.publish()
    assert b"Dit mag niet verloren gaan." in fetch(desk.site, "/blog/fouten/").body
