"""A real browser at the real server. Every test in this folder is marked `browser`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Route,
    StorageState,
    expect,
    sync_playwright,
)

from pluc.translations import compile_messages
from tests.browser.visits import OTHER_PAGES, TEMPLATES, Answer, fetch, manage_at, sitemap_of
from tests.databases import one_at_a_time
from tests.live_site import CHROMIUM_ARGUMENTS, LiveSite, chromium_path, start
from tests.run import ROOT

PASSWORD = "mijn-pluc-demo"
PICTURES = ROOT / "var" / "test-results"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def live_site() -> Iterator[LiveSite]:
    """The demo's site, running for as long as the tests of this process do."""
    with one_at_a_time("messages"):  # as `pluc.preparation` does, which finds its work done here
        compile_messages(settings.ROOT / "locale")
    site = start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What went wrong behind a page: script errors, breaches of the policy, other hosts asked."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext, site: LiveSite) -> None:
        def refuse(route: Route) -> None:
            self.foreign.append(route.request.url)
            route.abort()

        context.route(lambda url: not url.startswith((site.url, "data:", "blob:")), refuse)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on(
            "console",
            lambda message: (
                self.errors.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )


@pytest.fixture
def watch() -> Watch:
    """What went wrong so far. A test that expects something clears it."""
    return Watch()


@pytest.fixture
def new_context(
    browser: Browser, live_site: LiveSite, watch: Watch
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers without cookies, as in `new_context(color_scheme="dark")`."""
    contexts = []

    def make(**options) -> BrowserContext:
        defaults = {
            "base_url": live_site.url,
            "locale": "nl-NL",
            "viewport": {"width": 1280, "height": 800},
        }
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(15_000)
        watch.over(context, live_site)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def page_in(
    new_context: Callable[..., BrowserContext], watch: Watch, request: pytest.FixtureRequest
) -> Iterator[Callable[[BrowserContext], Page]]:
    """Opens pages behind which nothing may go wrong; a failure leaves a picture of each."""
    pages: list[Page] = []
    failed_before = request.session.testsfailed

    def open_page(context: BrowserContext) -> Page:
        pages.append(context.new_page())
        return pages[-1]

    yield open_page
    if request.session.testsfailed > failed_before:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages):
            name = f"{request.node.name[:120]}-{number}.png".replace("/", "-")
            page.screenshot(path=PICTURES / name)
    assert watch.errors == []
    assert watch.foreign == []


@pytest.fixture
def page(page_in: Callable[[BrowserContext], Page], context: BrowserContext) -> Page:
    """A page of a new browser."""
    return page_in(context)


def come_in(page: Page, email: str) -> None:
    page.goto("/mijn/inloggen/?next=/beheer/")
    page.locator('input[name="login"]').fill(email)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('input[name="password"]').press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == "/beheer/")


@pytest.fixture
def sign_in_as(page: Page) -> Callable[[str], Page]:
    """Signs a demo account in, by hand, and leaves the browser where that leads."""

    def sign_in(email: str) -> Page:
        come_in(page, email)
        return page

    return sign_in


# --- The whole site, asked once ------------------------------------------------------------------


@pytest.fixture(scope="session")
def error_page(live_site: LiveSite) -> str:
    """The page that stands in when everything fails, as the live site would send it."""
    code = "from pluc.errors import server_error; print(server_error(None).content.decode())"
    return manage_at(live_site, "shell", "--no-imports", "--verbosity=0", "--command", code)


@pytest.fixture(scope="session")
def public_pages(live_site: LiveSite) -> dict[str, Answer]:
    """Every page of the sitemap, and one of each template, by path."""
    paths = dict.fromkeys([*sitemap_of(live_site), *TEMPLATES.values(), *OTHER_PAGES])
    return {path: fetch(live_site, path) for path in paths}


# --- Visitors ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def declined(browser: Browser, live_site: LiveSite) -> StorageState:
    """What a browser keeps after it was asked for consent and said no."""
    context = browser.new_context(base_url=live_site.url)
    page = context.new_page()
    page.goto("/cookies/")
    page.locator(".cookie-bar button[value=decline]").click()
    expect(page.locator(".cookie-bar")).to_have_count(0)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def editors_state(browser: Browser, live_site: LiveSite) -> StorageState:
    """What the demo's editor's browser keeps once she has signed in."""
    context = browser.new_context(base_url=live_site.url, locale="nl-NL")
    come_in(context.new_page(), "redactie@pluc.example")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def editor_at_work(page_in: Callable[[BrowserContext], Page], new_context, editors_state) -> Page:
    """The demo's editor, signed in, in the staff screens."""
    return page_in(new_context(storage_state=editors_state))
