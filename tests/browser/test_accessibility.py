"""axe-core finds nothing, and nothing is wider than the window (STANDARDS 5.1, 5.3, 5.4)."""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, Route, StorageState, expect

from tests.browser.engines import bring
from tests.browser.equal_access import equal_access_faults
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
Scheme: TypeAlias = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDE, NARROW = 1280, 360
HIGH = 1200  # so that menus beside a page are in the window whole
# From one scheme to the other, Wagtail's buttons change colour slowly.
END_TRANSITIONS = """() => {
  const running = document.getAnimations();
  running.filter(one => one instanceof CSSTransition).forEach(one => one.finish());
}"""
# What follows the width of the window, as a script does by its observers, is done by then.
A_FRAME_LATER = (
    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
)
# Measuring contrast is two thirds of axe's work, and depends on nothing but how a text looks: its
# colour, whether its letters count as large, and every background behind it. Of the texts that look
# alike one is measured, once for all pages. Where something may lie over or under a text, as it was
# lifted out of its place, its look is that of all that lies there, too; below the window, where
# nobody can tell, it is measured on each page. Texts that are read aloud alone are left out, as axe
# does. This keeps the elements to be measured in `window.fresh`, with what is in them, and returns
# the numbers (hashes) of the looks.
FRESH_LOOKS = """known => {
  const seen = new Set(known);
  const lifted = (window.liftedLooks ??= new WeakMap());
  const looks = new Map();
  const lookOf = element => {
    if (!element) return { text: "", isLifted: false };
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      const around = lookOf(element.parentElement);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      const behind = [style.backgroundColor, style.backgroundImage, style.opacity];
      const isLifted = around.isLifted || /absolute|fixed|sticky/.test(style.position)
        || (style.position === "relative" && style.zIndex !== "auto");
      const text = hash([style.color, style.textDecoration, large, ...behind, around.text].join());
      looks.set(element, { text, isLifted });
    }
    return looks.get(element);
  };
  const lookWithAllThatLiesThere = element => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const there = document.elementsFromPoint(x + width / 2, y + height / 2);
    return there.includes(element) && hash(there.map(one => lookOf(one).text).join());
  };
  const hash = text => {  // FNV-1a, twice 32 bits
    let [one, two] = [0x811c9dc5, 0x1000193];
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one ^ text.charCodeAt(at), 0x01000193);
      two = Math.imul(two ^ text.charCodeAt(at), 0x85ebca6b);
    }
    return `${one >>> 0}.${two >>> 0}`;
  };
  const showsText = one => one.matches("input, select, textarea")
    || [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const isSeen = one => {
    const { right, bottom, width, height } = one.getBoundingClientRect();
    return right + scrollX > 0 && bottom + scrollY > 0 && width * height > 1;
  };
  const fresh = [...document.body.querySelectorAll("*")].filter(one => {
    if (!showsText(one) || !one.checkVisibility() || !isSeen(one)) return false;
    const { text, isLifted } = lookOf(one);
    const look = isLifted ? lookWithAllThatLiesThere(one) : text;
    const isFresh = look ? !seen.has(look) : lifted.get(one) !== text;
    look ? seen.add(look) : lifted.set(one, text);
    return isFresh;
  });
  window.fresh = new Set(fresh.flatMap(one => [one, ...one.querySelectorAll("*")]));
  return { looks: [...seen], isAnyFresh: fresh.length > 0 };
}"""
# Lets the rules of colours look at nothing but `window.fresh`, if there is one: a call of axe for
# them alone would take up the whole page once more.
ONLY_FRESH = """rules => rules.forEach(id => {
  const rule = axe._audit.rules.find(one => one.id === id);
  const { matches } = rule;
  rule.matches = function (node, ...more) {
    return (window.fresh?.has(node) ?? true) && matches.call(this, node, ...more);
  };
})"""
# The looks that were measured, and had no fault.
KNOWN_LOOKS: set[str] = set()


def violations(page: Page, rules: dict[str, Any] = OPTIONS) -> list[str]:
    """What axe finds: a line for each element and rule."""
    found = page.evaluate("options => axe.run(document, options)", rules)["violations"]
    return [
        f"{page.url}: {violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def change_scheme(page: Page, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(END_TRANSITIONS)


def bring_axe(page: Page) -> None:
    bring(page, "axe", AXE.axe_script)


def made_ready(tab: Page) -> Page:
    """A tab of `tab_with` as `expect_no_violations` wants it first. A page that is there already is
    laid out and drawn anew for that, which takes as long as looking at it."""
    tab.set_viewport_size({"width": WIDE, "height": HIGH})
    tab.emulate_media(reduced_motion="reduce")
    return tab


def expect_no_violations(page: Page) -> None:
    """Looks at the page wide and narrow, and at its colours in both schemes."""
    bring_axe(page)
    page.evaluate(ONLY_FRESH, COLOUR_RULES)
    found = []
    # The scheme that was looked at last comes first in the next window.
    for width, schemes in ((WIDE, SCHEMES), (NARROW, SCHEMES[::-1])):
        page.set_viewport_size({"width": width, "height": HIGH})
        page.evaluate(A_FRAME_LATER)
        for scheme in schemes:
            change_scheme(page, scheme)
            rules = OPTIONS if scheme == "light" else OF_COLOURS
            found += [f"{width} {scheme} {line}" for line in faults(page, rules)]
    assert found == []


def faults(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds by rules; of colours, in texts that look otherwise than all before."""
    fresh = page.evaluate(FRESH_LOOKS, list(KNOWN_LOOKS))
    if rules is OF_COLOURS and not fresh["isAnyFresh"]:
        return []
    found = violations(page, rules)
    if not found:
        KNOWN_LOOKS.update(fresh["looks"])
    return found


def expect_to_fit(page: Page) -> None:
    """The page is no wider than the narrowest window that WCAG 1.4.10 asks for."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, page.url


@pytest.fixture
def visitor_page(tab_with: Callable[[StorageState], Page], declined: StorageState) -> Page:
    """A page of a visitor who has answered the cookie bar, and is not asked any more."""
    return made_ready(tab_with(declined))


# The statement's are in `test_statement`, in both languages; those under the bar in `test_consent`.
@pytest.mark.parametrize("template", [name for name in TEMPLATES if "statement" not in name])
def test_a_public_page_is_accessible_and_fits(visitor_page: Page, template: str):
    visitor_page.goto(TEMPLATES[template])
    expect(visitor_page.locator("h1")).to_have_count(1)
    expect(visitor_page.locator(".cookie-bar")).to_have_count(0)
    assert equal_access_faults(visitor_page) == []
    expect_no_violations(visitor_page)
    expect_to_fit(visitor_page)


# IBM's engine asks about that only where it may be so.
@pytest.mark.parametrize(("asked", "found"), [("(orientation: portrait)", 1), ("(width)", 0)])
def test_a_page_that_turns_with_the_screen_is_found(page: Page, asked: str, found: int):
    turned = f"@media {asked} {{ p {{ transform: rotate(90deg) }} }}"
    page.set_content(f"<style>{turned}</style><main><h1>Pers</h1><p>Zo lees je scheef.</p></main>")
    faults = [line for line in equal_access_faults(page) if "orientation" in line]
    assert len(faults) == found


def test_the_open_menu_of_a_phone_is_accessible(visitor_page: Page):
    visitor_page.set_viewport_size({"width": 360, "height": 800})
    visitor_page.goto("/blog/")
    visitor_page.get_by_role("button", name="Menu", exact=True).click()
    bring_axe(visitor_page)
    assert violations(visitor_page) == []
    change_scheme(visitor_page, "dark")
    assert violations(visitor_page, OF_COLOURS) == []


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
