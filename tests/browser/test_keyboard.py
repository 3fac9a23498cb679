"""By keyboard alone: focus is visible, and never under the cookie bar (STANDARDS 5.2)."""

import re

import pytest
from playwright.sync_api import Page, expect

# Where the focus is, whether it can be seen, and whether the cookie bar covers it (WCAG 2.4.7 and
# 2.4.11). What is taller than the room above the bar must show its first two lines.
FOCUS = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const bar = document.querySelector(".cookie-bar");
  const style = getComputedStyle(element);
  const room = bar && !bar.contains(element) ? bar.getBoundingClientRect().top : Infinity;
  const needed = box.height < room ? box.bottom : box.top + 48;
  return {
    name: element.outerHTML.slice(0, 120),
    place: element.closest("main, header, footer, section, body").nodeName,
    body: element === document.body,
    outlined: element.matches(":focus-visible")
      && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    covered: needed > room + 1,
  };
}"""
MOST = 200  # presses of Tab on one page


@pytest.fixture
def page(newcomer: Page) -> Page:
    return newcomer


def focus_all_the_way(page: Page) -> list[str]:
    """Presses Tab from the top of a page to its end; names what the focus met."""
    met: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["body"]:
            return met
        assert focus["outlined"], focus
        assert focus["inside"], focus
        assert not focus["covered"], focus
        met.append(focus["name"])
    raise AssertionError("The focus never came to the end of the page.")


@pytest.mark.parametrize(
    ("width", "height"), [(1280, 800), (360, 640), (320, 480)], ids=["desk", "phone", "small"]
)
@pytest.mark.parametrize("path", ["/", "/blog/", "/contact/"])
def test_the_focus_is_always_seen_also_with_the_cookie_bar(
    page: Page, path: str, width: int, height: int
):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path)
    expect(page.locator(".cookie-bar")).to_be_visible()
    met = focus_all_the_way(page)
    assert "skip-link" in met[0]
    assert len(met) > 10
    assert "/cookies/" in met[-1]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_end_of_a_page_can_be_seen_above_the_cookie_bar(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto("/")
    page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    last = page.get_by_role("contentinfo").get_by_role("link").last
    bottom = last.evaluate("link => link.getBoundingClientRect().bottom")
    assert bottom <= page.locator(".cookie-bar").evaluate("bar => bar.getBoundingClientRect().top")


def test_the_answers_of_the_cookie_bar_fit_their_buttons(page: Page):
    page.set_viewport_size({"width": 320, "height": 480})
    page.goto("/")
    for button in page.locator(".cookie-bar .button").all():
        assert button.evaluate("button => button.scrollWidth <= button.clientWidth")


def test_the_skip_link_leads_past_the_menu(page: Page):
    page.goto("/blog/")
    page.keyboard.press("Tab")
    skip_link = page.get_by_role("link", name="Naar de inhoud")
    expect(skip_link).to_be_focused()
    expect(skip_link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def press_until(page: Page, selector: str) -> None:
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The focus never came to {selector}.")


def test_the_menu_of_a_phone_opens_leads_on_and_closes_by_keyboard(page: Page):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/contact/")
    menu = page.locator("#menu")
    expect(menu).to_be_hidden()
    press_until(page, "[popovertarget=menu]")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(menu).to_be_visible()
    press_until(page, "#menu a[href='/blog/']")
    focus = page.evaluate(FOCUS)
    assert focus["outlined"], focus
    assert focus["inside"], focus
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/blog/$"))
    expect(menu).to_be_hidden()


def test_a_visitor_searches_and_reads_by_keyboard(page: Page):
    page.goto("/")
    press_until(page, "a.menu-search")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/")
    press_until(page, "input[type=search]")
    page.keyboard.type("bloembollen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=bloembollen")
    press_until(page, ".result a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Laat eens zien")


def test_a_question_opens_and_closes_by_keyboard(page: Page):
    page.goto("/")
    press_until(page, "summary")
    page.keyboard.press("Enter")
    answer = page.locator("details[open] .questions-answer")
    expect(answer).to_be_visible()
    page.keyboard.press("Space")
    expect(answer).to_have_count(0)
