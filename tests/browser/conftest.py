"""A real browser at the real server. Every test in this folder is marked `browser`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

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
def page(context: BrowserContext, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a new browser. Behind it nothing may go wrong; a failure leaves a picture."""
    page = context.new_page()
    failed_before = request.session.testsfailed
    yield page
    if request.session.testsfailed > failed_before:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{request.node.name[:120]}.png".replace("/", "-"))
    assert watch.errors == []
    assert watch.foreign == []


@pytest.fixture
def sign_in_as(page: Page) -> Callable[[str], Page]:
    """Signs a demo account in, by hand, and leaves the browser where that leads."""

    def sign_in(email: str) -> Page:
        page.goto("/mijn/inloggen/?next=/beheer/")
        page.locator('input[name="login"]').fill(email)
        page.locator('input[name="password"]').fill(PASSWORD)
        page.locator('input[name="password"]').press("Enter")
        page.wait_for_url("**/beheer/")
        return page

    return sign_in
