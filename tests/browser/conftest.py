"""A real browser at the real server. Every test in this folder is marked `browser`."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    StorageState,
    expect,
    sync_playwright,
)

from pluc.translations import compile_messages
from tests.browser.google import COLLECT, SCRIPT, Google, serving
from tests.browser.visits import OTHER_PAGES, TEMPLATES, Answer, fetch, sitemap_of
from tests.databases import one_at_a_time
from tests.live_site import LiveSite, chromium_path, start
from tests.run import ROOT

PASSWORD = "mijn-pluc-demo"
PICTURES = ROOT / "var" / "test-results"
PATIENCE = 30_000  # milliseconds: the machine may be busy
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


# What runs for the tests of this folder. They come first, and a process whose last one is done goes
# on for minutes with others: sites and a browser that wait for nothing would take their share.
RUNNING = ExitStack()


@pytest.hookimpl(trylast=True)  # once the test's own pages are closed
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    if nextitem and Path(__file__).parent not in nextitem.path.parents:
        RUNNING.close()


def pytest_sessionfinish() -> None:
    RUNNING.close()


@pytest.fixture(scope="session")
def messages() -> None:
    """Texts as `pluc.preparation` compiles them, which finds its work done here."""
    with one_at_a_time("messages"):
        compile_messages(settings.ROOT / "locale")


@pytest.fixture(scope="session")
def live_site(messages: None) -> LiveSite:
    """The demo's site, running for as long as the browser tests of this process do."""
    site = start()
    RUNNING.callback(site.stop)
    return site


@pytest.fixture(scope="session")
def two_host_site(messages: None) -> LiveSite:
    """The same, with the portal and the staff screens on a host of their own."""
    site = start("two-hosts", two_hosts=True)
    RUNNING.callback(site.stop)
    return site


@pytest.fixture(params=["one host", "two hosts"])
def doors(request: pytest.FixtureRequest) -> LiveSite:
    """Both ways in which the doors stand, one after the other."""
    name = "live_site" if request.param == "one host" else "two_host_site"
    site: LiveSite = request.getfixturevalue(name)
    return site


# A page's process is made when it is asked for and none in store, and what draws works within the
# browser's own: less work for each new page, and the same engine. A script runs here for less time
# than it takes to compile it into something faster, which is a quarter of the browser's work.
LESS_WORK = [
    "--renderer-process-limit=1",
    "--in-process-gpu",
    "--js-flags=--single-threaded --no-opt --no-maglev",
]


@contextmanager
def room_for_other_loops() -> Iterator[None]:
    """Lets `asyncio.run` work beside Playwright, whose loop counts as running while it lives.

    pyHanko signs and validates by it, in tests that this process runs later; no thread of the
    product has a loop running.
    """

    def run(*args: Any, **kwargs: Any) -> Any:
        playwrights = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return original(*args, **kwargs)
        finally:
            asyncio._set_running_loop(playwrights)

    original = asyncio.run
    asyncio.run = run
    yield
    asyncio.run = original


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for each process."""
    with sync_playwright() as playwright, room_for_other_loops():
        arguments = RUNNING.enter_context(serving(tmp_path_factory.mktemp("google")))
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*arguments, *LESS_WORK]
        )
        RUNNING.callback(chromium.close)
        yield chromium
        RUNNING.close()  # unless other tests came later: Playwright stops next


@dataclass
class Watch:
    """What went wrong behind a page: script errors, breaches of the policy, other hosts asked."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    # Addresses elsewhere that the tests themselves answer.
    stubbed: list[re.Pattern[str]] = field(default_factory=list)

    def over(self, context: BrowserContext, site: LiveSite) -> Callable[[], None]:
        """Watches a browser at a site; returns what ends it."""
        own = (site.url, site.origin_of_portal, "data:", "blob:")

        def note(request: Request) -> None:
            stubbed = any(pattern.match(request.url) for pattern in self.stubbed)
            if not stubbed and not request.url.startswith(own):
                self.foreign.append(request.url)

        listeners: dict[Any, Callable[[Any], None]] = {
            "request": note,  # answered by `google.serving` alone
            "weberror": lambda error: self.errors.append(str(error.error)),
            "console": lambda message: (
                self.errors.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        }
        for event, listener in listeners.items():
            context.on(event, listener)

        def stop() -> None:
            for event, listener in listeners.items():
                context.remove_listener(event, listener)

        return stop


@contextmanager
def all_well(pages: list[Page], watch: Watch, request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing may go wrong behind these pages; if the test fails, it leaves a picture of each."""
    failed_before = request.session.testsfailed
    yield
    if request.session.testsfailed > failed_before:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages):
            name = f"{request.node.name[:120]}-{number}.png".replace("/", "-")
            page.screenshot(path=PICTURES / name)
    assert watch.errors == []
    assert watch.foreign == []


@pytest.fixture
def watch() -> Watch:
    """What went wrong so far. A test that expects something clears it."""
    return Watch()


@pytest.fixture
def google(watch: Watch) -> Iterator[Google]:
    """What Google is asked, by browsers that `google.over(context)` was said of."""
    watch.stubbed += [SCRIPT, COLLECT]
    google = Google()
    with google.listeners:
        yield google


@pytest.fixture
def new_context(
    browser: Browser, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers without cookies, as in `new_context(color_scheme="dark")`.

    They start at the public door of `site`: the demo's on one host, if no other is given.
    """
    contexts = []

    def make(site: LiveSite | None = None, **options) -> BrowserContext:
        site = site or request.getfixturevalue("live_site")
        defaults = {
            "base_url": site.url,
            "locale": "nl-NL",
            "viewport": {"width": 1280, "height": 800},
        }
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(PATIENCE)
        watch.over(context, site)
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

    def open_page(context: BrowserContext) -> Page:
        pages.append(context.new_page())
        return pages[-1]

    with all_well(pages, watch, request):
        yield open_page


@pytest.fixture(scope="module")
def one_tab(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    """A tab for all tests of a module that need no browser of their own: a new one takes as long as
    looking at some pages, and fetches and compiles what they load anew."""
    context = browser.new_context(base_url=live_site.url, locale="nl-NL")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def tab_with(
    one_tab: Page, live_site: LiveSite, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[Callable[[StorageState], Page]]:
    """Hands that tab over as a new one would be, wide and light, with the cookies of a browser.

    All that pages kept is gone, but for the files that may be cached.
    """
    context = one_tab.context
    for other in context.pages:
        if other is not one_tab:
            other.close()
    one_tab.unroute_all()
    one_tab.goto("about:blank")
    forget_all(one_tab, live_site)
    stop = watch.over(context, live_site)

    def take(state: StorageState) -> Page:
        context.add_cookies(state["cookies"])
        one_tab.set_viewport_size({"width": 1280, "height": 800})
        one_tab.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
        return one_tab

    with all_well([one_tab], watch, request):
        yield take
    stop()


KEPT_BY_PAGES = "local_storage,indexeddb,service_workers,cache_storage"


def forget_all(page: Page, site: LiveSite) -> None:
    """Deletes what the pages of a site, and its answers, keep in a browser to be read again."""
    page.context.clear_cookies()
    session = page.context.new_cdp_session(page)
    what = {"origin": site.url, "storageTypes": KEPT_BY_PAGES}
    session.send("Storage.clearDataForOrigin", what)
    session.detach()


@pytest.fixture
def newcomer(tab_with: Callable[[StorageState], Page]) -> Page:
    """Somebody's first visit."""
    return tab_with({"cookies": [], "origins": []})


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
    return live_site.run(code)


@pytest.fixture(scope="session")
def public_pages(live_site: LiveSite) -> dict[str, Answer]:
    """Every page of the sitemap, and one of each template, by path."""
    paths = dict.fromkeys([*sitemap_of(live_site), *TEMPLATES.values(), *OTHER_PAGES])
    return {path: fetch(live_site, path) for path in paths}


# --- Visitors ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def declined_at(browser: Browser) -> Callable[[LiveSite], StorageState]:
    """What a browser keeps after a site asked it for consent and it said no."""

    @cache
    def decline(site: LiveSite) -> StorageState:
        context = browser.new_context(base_url=site.url)
        page = context.new_page()
        page.goto("/cookies/")
        page.locator(".cookie-bar button[value=decline]").click()
        expect(page.locator(".cookie-bar")).to_have_count(0)
        state = context.storage_state()
        context.close()
        return state

    return decline


@pytest.fixture(scope="session")
def declined(declined_at: Callable[[LiveSite], StorageState], live_site: LiveSite) -> StorageState:
    return declined_at(live_site)


@pytest.fixture(scope="session")
def state_of(browser: Browser, live_site: LiveSite) -> Callable[[str], StorageState]:
    """What the browser of a demo's colleague keeps once they have signed in."""

    @cache
    def state(email: str) -> StorageState:
        context = browser.new_context(base_url=live_site.url, locale="nl-NL")
        come_in(context.new_page(), email)
        state = context.storage_state()
        context.close()
        return state

    return state


@pytest.fixture(scope="session")
def editors_state(state_of: Callable[[str], StorageState]) -> StorageState:
    return state_of("redactie@pluc.example")


@pytest.fixture
def planner(
    tab_with: Callable[[StorageState], Page], state_of: Callable[[str], StorageState]
) -> Page:
    """The demo's back office, signed in."""
    return tab_with(state_of("backoffice@pluc.example"))


@pytest.fixture
def editor_at_work(tab_with: Callable[[StorageState], Page], editors_state: StorageState) -> Page:
    """The demo's editor, signed in, in the staff screens."""
    return tab_with(editors_state)
