"""What one came for stands in the first screen, with the cookie bar open and a notice above."""

import pytest
from playwright.sync_api import Locator, Page, expect


def in_sight(found: Locator) -> bool:
    """Whether it lies within the window and above the cookie bar, as a whole."""
    found.page.wait_for_load_state()  # the bar stands at the end of the page, which may be half
    return bool(
        found.evaluate("""element => {
            const box = element.getBoundingClientRect();
            const bar = document.querySelector(".cookie-bar").getBoundingClientRect();
            return box.height > 0 && box.top >= 0 && box.bottom <= bar.top + 1;
        }""")
    )


def check_bar(page: Page) -> None:
    """It takes a fifth of the window at most, shows all it says, and its three ways are equal."""
    share = page.locator(".cookie-bar").evaluate(
        "bar => bar.getBoundingClientRect().height / innerHeight"
    )
    assert share <= 0.2
    text = page.locator(".cookie-bar-text")
    assert text.evaluate("text => text.scrollHeight <= text.clientHeight + 1")
    sizes = page.locator(".cookie-bar .button").evaluate_all(
        "ways => ways.map(way => [way.offsetWidth, way.offsetHeight].join())"
    )
    assert len(sizes) == 3
    if page.viewport_size and page.viewport_size["width"] < 400:
        assert len(set(sizes)) == 1


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)], ids=["desk", "phone"])
def test_what_one_came_for_is_in_the_first_screen(page: Page, width: int, height: int):
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/en/")
    check_bar(page)
    page.goto("/")
    expect(page.locator(".notice")).to_be_visible()
    check_bar(page)
    assert in_sight(page.locator("h1"))
    assert in_sight(page.locator(".hero-text"))
    assert in_sight(page.locator(".agenda-row").first)

    page.goto("/bijeenkomsten/")
    expect(page.locator(".agenda-row").first).to_be_visible()
    assert in_sight(page.locator(".agenda-row").first)
    assert in_sight(page.locator(".agenda-row h3").nth(1))
    if width < 400:
        page.get_by_role("button", name="Zoek op plaats").click()
    page.locator(".filters a", has_text="PE-café").click()
    expect(page).to_have_url("/bijeenkomsten/?format=cafe")
    expect(page.locator(".chosen a").first).to_contain_text("PE-café")
    assert in_sight(page.locator(".chosen a").first)
    assert in_sight(page.locator(".agenda-row").first)

    page.locator(".agenda-row a").first.click()
    card = page.locator(".facts-card" if width > 400 else ".meeting-bar")
    expect(card).to_contain_text("Gratis")
    for told in (page.locator("h1"), card.get_by_text("Zwolle"), card.get_by_text("Gratis")):
        assert in_sight(told), told
    way_in = card.get_by_role("link", name="Aanmelden")
    assert in_sight(way_in)
    page.evaluate("scrollTo({top: 500, behavior: 'instant'})")
    assert in_sight(way_in)

    way_in.click()
    facts = page.locator(".in-short")
    expect(facts).to_contain_text("Gratis")
    assert in_sight(facts)
    assert in_sight(page.get_by_role("textbox").first)
