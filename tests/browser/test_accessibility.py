"""axe-core finds nothing, and nothing is wider than the window (STANDARDS 5.1, 5.3, 5.4)."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Response, Route, StorageState, expect

from tests.browser.visits import TEMPLATES

AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # off by default
    "resultTypes": ["violations"],
}
# Between the schemes only colours differ.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
OF_COLOURS = {
    "runOnly": {"type": "rule", "values": COLOUR_RULES},
    "resultTypes": ["violations"],
}
ALL_BUT_COLOURS = OPTIONS | {
    "rules": {
        "target-size": {"enabled": True},
        **{rule: {"enabled": False} for rule in COLOUR_RULES},
    }
}
RULES: dict[Literal["light", "dark"], dict[str, Any]] = {"light": OPTIONS, "dark": OF_COLOURS}
WIDE, NARROW = 1280, 360
# From one scheme to the other, Wagtail's buttons change colour slowly.
END_TRANSITIONS = """() => {
  const running = document.getAnimations();
  running.filter(one => one instanceof CSSTransition).forEach(one => one.finish());
}"""
# Measuring contrast is two thirds of axe's work. An element that looks the same in both widths
# (its own colour, whether its letters count as large, and every background behind it) is measured
# once: this returns the elements that were not there, or looked otherwise, when last asked.
SEEN_ANEW = """scheme => {
  const looks = new Map();
  const lookOf = element => {
    if (!element) return "";
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      const behind = [style.backgroundColor, style.backgroundImage, style.opacity, style.position];
      const inherited = lookOf(element.parentElement);
      looks.set(element, [style.color, style.textDecoration, large, ...behind, inherited].join());
    }
    return looks.get(element);
  };
  const known = (window.knownLooks ??= {})[scheme] ?? new Map();
  const shown = [...document.body.querySelectorAll("*")].filter(one => one.checkVisibility());
  window.knownLooks[scheme] = new Map(shown.map(one => [one, lookOf(one)]));
  return shown.filter(one => known.get(one) !== lookOf(one));
}"""


def violations(page: Page, rules: dict[str, Any] = OPTIONS, context: str = "document") -> list[str]:
    """What axe finds in `context`, a JavaScript expression: a line for each element and rule."""
    found = page.evaluate(f"options => axe.run({context}, options)", rules)["violations"]
    return [
        f"{page.url}: {violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def change_scheme(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(END_TRANSITIONS)


def expect_no_violations(page: Page) -> None:
    """Looks at the page in both schemes, wide and narrow."""
    page.evaluate(AXE.axe_script)
    found = []
    page.set_viewport_size({"width": WIDE, "height": 800})
    for scheme, rules in RULES.items():
        change_scheme(page, scheme)
        page.evaluate(SEEN_ANEW, scheme)
        found += [f"{WIDE} {scheme} {line}" for line in violations(page, rules)]
    page.set_viewport_size({"width": NARROW, "height": 800})
    for scheme in RULES:
        change_scheme(page, scheme)
        found += [f"{NARROW} {scheme} {line}" for line in violations_seen_anew(page, scheme)]
    found += [f"{NARROW} {line}" for line in violations(page, ALL_BUT_COLOURS)]
    assert found == []


def violations_seen_anew(page: Page, scheme: str) -> list[str]:
    """Faults of colour in what looks otherwise than it did in the width before."""
    anew = f"window.seenAnew = ({SEEN_ANEW})({scheme!r})"
    if not page.evaluate(f"() => ({anew}).length"):
        return []
    return violations(page, OF_COLOURS, "{include: window.seenAnew}")


def expect_to_fit(page: Page) -> None:
    """The page is no wider than the narrowest window that WCAG 1.4.10 asks for."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, page.url


@pytest.fixture
def visitor_page(
    page_in: Callable[[BrowserContext], Page], new_context, declined: StorageState
) -> Page:
    """A page of a visitor who has answered the cookie bar, and is not asked any more."""
    return page_in(new_context(storage_state=declined))


# The statement's are in `test_statement`, in both languages; those under the bar in `test_consent`.
@pytest.mark.parametrize("template", [name for name in TEMPLATES if "statement" not in name])
def test_a_public_page_is_accessible_and_fits(visitor_page: Page, template: str):
    visitor_page.goto(TEMPLATES[template])
    expect(visitor_page.locator("h1")).to_have_count(1)
    expect(visitor_page.locator(".cookie-bar")).to_have_count(0)
    expect_no_violations(visitor_page)
    expect_to_fit(visitor_page)


def test_the_open_menu_of_a_phone_is_accessible(visitor_page: Page):
    visitor_page.set_viewport_size({"width": 360, "height": 800})
    visitor_page.goto("/blog/")
    visitor_page.get_by_role("button", name="Menu", exact=True).click()
    visitor_page.evaluate(AXE.axe_script)
    for scheme, rules in RULES.items():
        change_scheme(visitor_page, scheme)
        assert violations(visitor_page, rules) == []


def test_an_opened_answer_is_accessible_and_fits(visitor_page: Page):
    visitor_page.goto("/")
    for question in visitor_page.locator("summary").all():
        question.click()
    expect_no_violations(visitor_page)
    expect_to_fit(visitor_page)


def test_the_page_for_a_fault_of_ours_is_accessible_and_fits(page: Page, error_page: str):
    def answer(route: Route) -> None:
        route.fulfill(status=500, content_type="text/html; charset=utf-8", body=error_page)

    page.route("**/storing/", answer)
    response = page.goto("/storing/")
    assert isinstance(response, Response)
    assert response.status == 500
    expect(page.locator("h1")).to_be_visible()
    expect_no_violations(page)
    expect_to_fit(page)


def test_the_contact_form_is_accessible_and_fits_with_errors(visitor_page: Page):
    visitor_page.goto("/contact/")
    visitor_page.locator("main form button[type=submit]").click()
    expect(visitor_page.get_by_role("alert")).to_be_visible()
    expect_no_violations(visitor_page)
    expect_to_fit(visitor_page)


def test_every_component_is_accessible_and_fits(editor_at_work: Page):
    editor_at_work.goto("/beheer/componenten/")
    expect(editor_at_work.locator("section.sample").first).to_be_visible()
    expect_no_violations(editor_at_work)
    expect_to_fit(editor_at_work)
