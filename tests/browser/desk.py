"""The editor's desk: what an editor does in the staff screens, by the names that she sees."""

import json
import re
import sqlite3
import uuid
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.live_site import LiveSite

MOMENT = "%Y-%m-%d %H:%M"  # as Wagtail's fields take it
IS_WATCHED = """() => {
  const form = document.querySelector('[data-controller~="w-unsaved"]');
  const { app } = window.wagtail;
  return app.getControllerForElementAndIdentifier(form, "w-unsaved")?.initialFormData;
}"""


def asked(site: LiveSite, query: str, *values: str) -> str:
    """One value in the site's database."""
    with sqlite3.connect(site.folder / "pluc.sqlite3") as database:
        return str(database.execute(query, values).fetchone()[0])


def page_id(site: LiveSite, url_path: str) -> int:
    """The id of a page by its place in the tree, as in `/home/blog/`."""
    return int(asked(site, "SELECT id FROM wagtailcore_page WHERE url_path = ?", url_path))


def meeting_id(site: LiveSite, code: str) -> str:
    return asked(site, "SELECT id FROM meetings_meeting WHERE code = ?", code)


def run_task_at(site: LiveSite, task: str, moment: datetime) -> None:
    """Runs a task of the worker as if it were `moment`."""
    site.run(
        "import time_machine; from django.utils.module_loading import import_string\n"
        f"with time_machine.travel({moment.isoformat()!r}): import_string({task!r})()",
    )


def plan_cafe(site: LiveSite, *, capacity: int = 12, people: list[str] | None = None) -> str:
    """Another run of a PE-café that has its page, with people by their addresses; its code."""
    code = f"cafe-{uuid.uuid4().hex[:8]}"
    site.run(
        "from portal.meetings.models import Course, Meeting, Policy, Venue\n"
        "from tests.enrolling import attendee, enrol\n"
        "from tests.planning import MeetingFactory, in_days\n"
        f"meeting = MeetingFactory(code={code!r}, capacity={capacity}, format='cafe',"
        "  day=in_days(90 + Meeting.objects.count()),"
        "  course=Course.objects.get(slug='pe-cafe-fraude'),"
        "  venue=Venue.objects.get(name='De Perengaard'),"
        "  policy=Policy.objects.get(name='PE-café'))\n"
        f"for number, email in enumerate({people or []}, start=1):\n"
        "    enrol(meeting, attendee(number, email=email))"
    )
    return code


class Desk:
    """A browser with somebody signed in, in the staff screens."""

    def __init__(self, page: Page, site: LiveSite) -> None:
        self.page = page
        self.site = site

    def start_post(self, title: str, intro: str) -> None:
        blog = page_id(self.site, "/home/blog/")
        self.page.goto(f"/beheer/pages/add/home/blogpostpage/{blog}/")
        self.page.locator("#id_title").fill(title)
        self.page.locator("#id_intro").fill(intro)
        expect(self.page.locator("#id_slug")).not_to_have_value("")  # follows the title

    def wait_until_watched(self) -> None:
        """Waits until the editor notices what is typed: not in its first two seconds, in which it
        saves nothing by itself, nor draws a new preview."""
        self.page.wait_for_function(IS_WATCHED)

    def upload_lead_picture(self, file: Path, description: str) -> None:
        self.page.locator("#id_picture-chooser").get_by_role("button").first.click()
        self.page.get_by_role("tab", name="Uploaden").click()
        title = self.page.locator("#id_image-chooser-upload-title")
        self.page.locator("#id_image-chooser-upload-file").set_input_files(file)
        expect(title).to_have_value(file.stem)
        self.page.locator("#id_image-chooser-upload-description").fill(description)
        self.page.locator(".modal-body").get_by_role("button", name="Uploaden").click()
        expect(self.page.locator(".modal-body")).to_have_count(0)

    def add_block(self, name: str) -> int:
        """Adds a block at the end of the body; returns its number."""
        number = int(self.page.locator("#body-count, input[name=body-count]").input_value())
        self.page.locator(".c-sf-add-button:visible").last.click()
        self.page.get_by_role("option", name=name, exact=True).click()
        expect(self.page.locator("input[name=body-count]")).to_have_value(str(number + 1))
        return number

    def write_heading(self, text: str, level: str = "2") -> int:
        number = self.add_block("Kop")
        self.page.locator(f"[name=body-{number}-value-level]").select_option(level)
        self.page.locator(f"[name=body-{number}-value-text]").fill(text)
        return number

    def write_text(self, text: str) -> int:
        number = self.add_block("Tekst")
        editor = self.block(number).locator("[contenteditable=true]")
        editor.click()
        editor.press_sequentially(text)
        expect(self.page.locator(f"[name=body-{number}-value]")).to_have_value(
            re.compile(re.escape(json.dumps(text)))
        )
        return number

    def block(self, number: int):
        """The element that a block of the body is edited in."""
        return self.page.locator(f"[data-contentpath]:has([name^=body-{number}-value])").last

    def save(self) -> None:
        self.page.get_by_role("button", name="Bewaar concept").click()
        expect(self.page).to_have_url(re.compile(r"/pages/\d+/edit/"))  # also when it was new
        expect(self.page.locator(".messages")).to_be_visible()
        self.page.wait_for_load_state()  # editors that are not there yet would miss in a preview

    def do(self, action: str | re.Pattern[str]) -> None:
        """Chooses one of the other actions below a page."""
        self.page.get_by_role("button", name="Meer acties").click()
        self.page.locator("footer").get_by_role("button", name=action).click()

    def publish(self) -> None:
        self.do("Publiceren")
        expect(self.page.locator(".messages")).to_contain_text("gepubliceerd")

    @property
    def messages(self):
        return self.page.locator(".messages")
