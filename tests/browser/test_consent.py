"""Visitors decide about measurement, with and without JavaScript (STANDARDS 1, 5.5; P35 to P38)."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.google import COLLECT, ID, Google, visit_and_be_counted
from tests.browser.test_accessibility import expect_no_violations, expect_to_fit
from tests.live_site import LiveSite

LONGEST_COOKIE = 33_696_000  # seconds: 390 days
CHOICE = "pluc_consent"
PAGES = ["/", "/blog/", "/blog/laat-eens-zien/", "/contact/", "/cookies/", "/privacyverklaring/"]
PAGES += ["/privacyverklaring/versies/", "/en/", "/en/cookies/", "/zoeken/?q=controle", "/nergens/"]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visitor(
    request: pytest.FixtureRequest,
    new_context: Callable[..., BrowserContext],
    page_in: Callable[[BrowserContext], Page],
    google: Google,
) -> Page:
    """Somebody's first visit, with and without JavaScript."""
    if request.param:
        page: Page = request.getfixturevalue("newcomer")
    else:
        page = page_in(new_context(java_script_enabled=False))
    google.over(page.context)
    return page


@pytest.fixture
def scripted(newcomer: Page, google: Google) -> Page:
    """Somebody's first visit, with JavaScript."""
    google.over(newcomer.context)
    return newcomer


def bar(page: Page):
    return page.locator(".cookie-bar")


def press(page: Page, value: str) -> None:
    bar(page).locator(f"button[value={value}]").click()
    expect(bar(page)).to_have_count(0)


def cookies_of(page: Page) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}


def visit(page: Page, address: str) -> None:
    """Opens a page, and waits for all that it loads: Google's script too, where it is asked for."""
    page.goto(address, wait_until="load")


def accept_and_be_counted(page: Page) -> None:
    with page.expect_response(COLLECT):
        press(page, "accept")


# --- First visit ---------------------------------------------------------------------------------


@pytest.mark.promise("P35")
def test_a_first_visit_sets_no_cookie_and_asks_nobody_else(visitor: Page, google: Google):
    for address in [*PAGES, "/over-pluc/", "/bijeenkomsten/", "/mijn/inloggen/"]:
        visit(visitor, address)
        expect(bar(visitor)).to_have_count(1)
        allowed = {"csrftoken"} if "/mijn/" in address else set()
        assert set(cookies_of(visitor)) <= allowed, address
    assert not google.was_asked
    # `page_in` sees to it that no other host was asked either.


def test_scrolling_and_leaving_are_no_answer(scripted: Page, google: Google):
    visit(scripted, "/")
    scripted.mouse.wheel(0, 20_000)
    scripted.keyboard.press("Escape")
    scripted.locator("main").click(position={"x": 2, "y": 2})
    visit(scripted, "/blog/")
    expect(bar(scripted)).to_be_visible()
    assert cookies_of(scripted) == {}
    assert not google.was_asked


# --- The three ways ------------------------------------------------------------------------------


@pytest.mark.promise("P36")
def test_who_declines_is_left_in_peace(visitor: Page, google: Google):
    visit(visitor, "/blog/")
    press(visitor, "decline")
    expect(visitor).to_have_url(re.compile("/blog/$"))
    for address in PAGES:
        visit(visitor, address)
        expect(bar(visitor)).to_have_count(0)
    assert set(cookies_of(visitor)) == {CHOICE}
    assert not google.was_asked


@pytest.mark.promise("P37")
def test_who_accepts_is_measured_from_then_on(scripted: Page, google: Google):
    visit(scripted, "/blog/")
    assert not google.was_asked
    accept_and_be_counted(scripted)
    expect(scripted).to_have_url(re.compile("/blog/$"))
    assert len(google.collected) == 1
    for number, address in enumerate(PAGES, start=2):
        visit_and_be_counted(scripted, address)
        assert len(google.scripts) == len(google.collected) == number, address
    assert set(google.scripts) == {f"https://www.googletagmanager.com/gtag/js?id={ID}"}


def test_who_accepts_without_script_is_not_measured(new_context, page_in, google: Google):
    context = new_context(java_script_enabled=False)
    google.over(context)
    page = page_in(context)
    visit(page, "/blog/")
    press(page, "accept")
    visit(page, "/contact/")
    assert set(cookies_of(page)) == {CHOICE}
    assert not google.was_asked


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_who_chooses_comes_back_to_where_they_were(visitor: Page, google: Google, answer: str):
    visit(visitor, "/blog/?pagina=2")
    bar(visitor).get_by_role("button").nth(2).click()
    expect(visitor).to_have_url(re.compile("/cookies/"))
    expect(visitor.locator("main input[type=radio]:checked")).to_have_count(0)
    visitor.locator(f"#analytics-{answer}").check()
    visitor.locator("main form button").click()
    expect(visitor).to_have_url(re.compile(r"/blog/\?pagina=2$"))
    expect(bar(visitor)).to_have_count(0)
    visit(visitor, "/cookies/")
    expect(visitor.locator(f"#analytics-{answer}")).to_be_checked()
    assert bool(google.was_asked) is (answer == "accept" and bool(google.scripts))
    if answer == "decline":
        assert not google.was_asked


def test_who_saves_no_choice_is_told_so(visitor: Page):
    visit(visitor, "/cookies/")
    visitor.locator("main form button").click()
    expect(visitor.get_by_role("alert")).to_be_visible()
    assert cookies_of(visitor) == {}


@pytest.mark.promise("P36")
@pytest.mark.parametrize("address", ["/", "/en/cookies/", "/zoeken/?q=controle", "/nergens/"])
def test_a_mind_is_changed_from_any_page_in_one_click(visitor: Page, address: str):
    visit(visitor, "/")
    press(visitor, "accept")
    visit(visitor, address)
    visitor.locator("footer form button[value=decline]").click()
    expect(visitor.locator("footer form button[value=decline]")).to_have_count(0)
    assert visitor.url.endswith(f"{address}#not-measured")  # where it says that it worked
    assert "analytics=-1" in cookies_of(visitor)[CHOICE]


def test_a_mind_is_changed_back_on_the_settings_page(scripted: Page, google: Google):
    visit(scripted, "/")
    press(scripted, "decline")
    scripted.locator("footer a[href='/cookies/']").click()
    scripted.locator("#analytics-accept").check()
    scripted.locator("main form button").click()
    expect(scripted.get_by_role("status")).to_be_visible()
    visit(scripted, "/blog/")
    assert google.was_asked


# --- What Google is told -------------------------------------------------------------------------

DATA_LAYER = "() => window.dataLayer.map(order => Array.from(order))"


@pytest.mark.promise("P37")
def test_the_orders_stand_in_the_order_of_the_standard(scripted: Page):
    visit(scripted, "/blog/")
    press(scripted, "accept")
    visit(scripted, "/zoeken/?q=puck@pluc.example#main")
    orders = scripted.evaluate(DATA_LAYER)
    default, update, start, config = orders
    storages = ("ad_storage", "ad_user_data", "ad_personalization", "analytics_storage")
    assert default == ["consent", "default", dict.fromkeys(storages, "denied")]
    assert update == ["consent", "update", {"analytics_storage": "granted"}]
    assert start[0] == "js"
    assert config[:2] == ["config", ID]
    fields = config[2]
    assert set(fields) == {
        *("cookie_expires", "cookie_update", "allow_google_signals", "page_location"),
        *("allow_ad_personalization_signals", "page_referrer", "page_title"),
    }
    assert 0 < fields["cookie_expires"] <= LONGEST_COOKIE
    assert fields["cookie_update"] is False
    assert fields["allow_google_signals"] is False
    assert fields["allow_ad_personalization_signals"] is False


@pytest.mark.promise("P37")
def test_nothing_that_is_sent_names_a_person(scripted: Page, google: Google, live_site: LiveSite):
    visit(scripted, "/blog/")
    accept_and_be_counted(scripted)
    visit_and_be_counted(scripted, "/zoeken/?q=puck@pluc.example&token=geheim#puck")
    sent = google.collected[-1]
    assert sent["dl"] == f"{live_site.url}/zoeken/"
    assert set(sent) <= {"v", "tid", "en", "dl", "dt", "dr"}
    assert re.fullmatch(r"[a-z_ -]+", sent["dt"])
    with scripted.expect_response(COLLECT):
        scripted.locator("footer a[href='/privacyverklaring/']").click()
    assert google.collected[-1]["dr"] == f"{live_site.url}/"
    assert "puck" not in str(google.collected)
    assert "geheim" not in str(google.collected)


# --- What beats consent --------------------------------------------------------------------------


@pytest.mark.promise("P38")
def test_a_browser_that_opted_out_is_not_measured(
    scripted: Page, google: Google, live_site: LiveSite
):
    scripted.context.add_cookies([{"name": "pluc_optout", "value": "1", "url": live_site.url}])
    visit(scripted, "/blog/")
    press(scripted, "accept")
    for address in PAGES:
        visit(scripted, address)
    assert not google.was_asked


def test_an_answer_that_does_not_arrive_measures_nothing(scripted: Page, google: Google):
    """STANDARDS 1.11."""

    def fail(route: Route) -> None:
        route.fulfill(status=502, body="-") if route.request.method == "POST" else route.continue_()

    scripted.route("**/cookies/", fail)
    visit(scripted, "/blog/")
    bar(scripted).locator("button[value=accept]").click()
    expect(bar(scripted)).to_have_count(0)  # the browser shows the empty answer
    visit(scripted, "/contact/")
    expect(bar(scripted)).to_be_visible()
    assert not google.was_asked


@pytest.mark.promise("P36")
def test_withdrawing_takes_googles_cookies_away(scripted: Page, google: Google):
    visit(scripted, "/blog/")
    accept_and_be_counted(scripted)
    visit_and_be_counted(scripted, "/contact/")
    assert {"_ga", "_ga_PLUCDEMO01"} <= set(cookies_of(scripted))
    assert all(
        cookie["httpOnly"] and cookie["sameSite"] == "Lax"
        for cookie in scripted.context.cookies()
        if cookie["name"] == CHOICE
    )
    count = len(google.collected)
    scripted.locator("footer form button[value=decline]").click()
    expect(scripted.locator("footer form button[value=decline]")).to_have_count(0)
    told = scripted.locator("footer [role=status]")
    expect(told).to_have_text("We tellen je bezoek niet mee.")
    expect(told).to_be_in_viewport()
    visit(scripted, "/blog/")
    assert set(cookies_of(scripted)) == {CHOICE}
    assert len(google.collected) == count


@pytest.mark.parametrize("where", ["footer", "settings"])
def test_withdrawing_stops_the_page_that_is_open(scripted: Page, where: str):
    visit(scripted, "/")
    press(scripted, "accept")
    visit(scripted, "/cookies/")
    scripted.evaluate("addEventListener('submit', event => event.preventDefault())")
    assert scripted.evaluate(f"window['ga-disable-{ID}']") is False
    if where == "footer":
        scripted.locator("footer form button[value=decline]").click()
    else:
        scripted.locator("#analytics-accept").check()
        scripted.locator("main form button").click()
        assert scripted.evaluate(f"window['ga-disable-{ID}']") is False
        scripted.locator("#analytics-decline").check()
        scripted.locator("main form button").click()
    assert scripted.evaluate(f"window['ga-disable-{ID}']") is True


@pytest.mark.promise("P36")
@pytest.mark.parametrize("where", ["settings", "a bar that stood there", "our other door"])
def test_withdrawing_reaches_every_page_that_is_open(
    scripted: Page, google: Google, page_in: Callable[[BrowserContext], Page], where: str
):
    """Not only the page that one withdraws on: another tab, and one that "back" restores."""
    stale = page_in(scripted.context)
    visit(stale, "/blog/")
    visit(scripted, "/")
    accept_and_be_counted(scripted)
    other = page_in(scripted.context)
    for page, address in ((other, "/contact/"), (scripted, "/over-pluc/")):
        visit_and_be_counted(page, address)
    if where == "settings":
        visit_and_be_counted(scripted, "/cookies/")
        scripted.locator("#analytics-decline").check()
        scripted.locator("main form button").click()
    elif where == "our other door":  # whose messages do not come here: the cookies are gone
        scripted.context.clear_cookies(name=re.compile("^_ga"))
    else:
        press(stale, "decline")
    other.wait_for_function(f"window['ga-disable-{ID}']")
    expect(other.locator("footer [role=status]")).to_have_text("We tellen je bezoek niet mee.")
    expect(other.locator("footer form button[value=decline]")).to_be_hidden()
    count = len(google.collected)
    other.evaluate("stubCount()")
    other.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    other.evaluate("stubCount()")
    assert len(google.collected) == count
    assert set(cookies_of(scripted)) == {CHOICE}


def test_going_back_after_withdrawing_counts_nothing(scripted: Page, google: Google):
    visit(scripted, "/blog/")
    accept_and_be_counted(scripted)
    visit_and_be_counted(scripted, "/contact/")
    scripted.locator("footer form button[value=decline]").click()
    expect(scripted.locator("footer form button[value=decline]")).to_have_count(0)
    count = len(google.collected)
    scripted.go_back(wait_until="load")
    assert len(google.collected) == count


# --- Form and access -----------------------------------------------------------------------------

LOOK = """button => {
  const style = getComputedStyle(button), box = button.getBoundingClientRect();
  const names = ["fontFamily", "fontSize", "fontWeight", "color", "backgroundColor", "opacity",
    "borderTopColor", "borderTopWidth", "borderTopStyle", "textTransform", "boxShadow", "outline"];
  return {
    look: names.map(name => style[name]).join("; "),
    width: Math.round(box.width), height: Math.round(box.height), top: Math.round(box.top),
  };
}"""


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_the_three_ways_are_equal(page: Page, address: str):
    page.goto(address)
    buttons = bar(page).get_by_role("button")
    expect(buttons).to_have_count(3)
    for width, scheme in product((320, 360, 768, 1280), ("light", "dark")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        looks = [button.evaluate(LOOK) for button in buttons.all()]
        assert looks[0] == looks[1] == looks[2], (width, scheme)
        assert looks[0]["height"] >= 24
        for button in buttons.all():
            expect(button).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("number", "says"), [(0, "accept"), (1, "decline")])
def test_the_bar_is_answered_by_keyboard(scripted: Page, number: int, says: str):
    visit(scripted, "/blog/")
    name = bar(scripted).get_by_role("heading").inner_text()
    expect(scripted.get_by_role("region", name=name)).to_be_visible()
    bar(scripted).get_by_role("link").focus()
    for _ in range(number + 1):
        scripted.keyboard.press("Tab")
    focused = bar(scripted).locator(f"button[value={says}]")
    expect(focused).to_be_focused()
    assert focused.evaluate("button => getComputedStyle(button).outlineStyle") != "none"
    scripted.keyboard.press("Enter")
    expect(bar(scripted)).to_have_count(0)
    expect(scripted).to_have_url(re.compile("/blog/$"))


def test_the_bar_is_no_trap(page: Page):
    page.goto("/blog/")
    bar(page).get_by_role("button").last.focus()
    page.keyboard.press("Tab")
    assert not bar(page).evaluate("bar => bar.contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    expect(bar(page).get_by_role("button").last).to_be_focused()


@pytest.mark.parametrize("address", ["/blog/", "/en/", "/cookies/", "/en/cookies/"])
def test_the_bar_is_accessible(page: Page, address: str):
    page.goto(address)
    expect(bar(page)).to_be_visible()
    expect_no_violations(page)
    expect_to_fit(page)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_settings_are_accessible_in_every_state(page: Page, google: Google, prefix: str):
    google.over(page.context)
    page.goto(f"{prefix}/cookies/")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect_no_violations(page)
    page.locator("#analytics-accept").check()
    page.locator("main form button").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("footer form button")).to_be_visible()
    expect_no_violations(page)
    expect_to_fit(page)
