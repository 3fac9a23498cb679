"""Public site and portal, on one host and on two (DESIGN, "What it is"; P36, P38)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.google import ID, Google, visit_and_be_counted
from tests.browser.member import Member, make_account, new_address
from tests.browser.visits import fetch
from tests.live_site import LiveSite


@pytest.fixture
def visitor(doors: LiveSite, new_context, page_in: Callable[[BrowserContext], Page]) -> Page:
    """Somebody's first visit."""
    return page_in(new_context(site=doors))


@pytest.mark.promise("P38")
def test_who_opts_out_in_the_account_is_measured_at_neither_door(
    visitor: Page, doors: LiveSite, google: Google, page_in: Callable[[BrowserContext], Page]
):
    google.over(visitor.context)
    open_elsewhere = page_in(visitor.context)
    member = Member(visitor, doors, new_address())
    make_account(doors, member.email)
    both = (doors.url + "/", doors.portal("/"))
    visitor.goto("/blog/")
    visitor.locator(".cookie-bar button[value=accept]").click()
    expect(visitor.locator(".cookie-bar")).to_have_count(0)
    member.sign_in()
    for address in (*both, doors.portal("/account/metingen/")):
        visit_and_be_counted(visitor, address)
    public = [sent for sent in google.collected if sent["dl"] == doors.url + "/"]
    assert public
    assert not any("uid" in sent for sent in public)  # the public door knows no one
    assert member.email not in str(google.collected)

    visit_and_be_counted(open_elsewhere, doors.url + "/")
    counted = len(google.collected)
    member.press("Mij niet meten")
    expect(visitor.get_by_role("heading", name="Meten staat uit")).to_be_visible()
    open_elsewhere.wait_for_function(f"window['ga-disable-{ID}']")
    open_elsewhere.evaluate("stubCount()")
    kept = {cookie["name"] for cookie in visitor.context.cookies()}
    assert not {name for name in kept if name.startswith("_ga")}
    for address in both:
        visitor.goto(address, wait_until="load")
        expect(visitor.locator("script[data-measurement]")).to_have_count(0)
        assert "googletagmanager" not in visitor.content()
    assert len(google.collected) == counted


@pytest.mark.promise("P36")
def test_a_cookie_choice_at_one_door_counts_at_the_other(visitor: Page, doors: LiveSite):
    visitor.goto(doors.portal("/inloggen/"))
    visitor.locator(".cookie-bar button[value=decline]").click()
    expect(visitor.locator(".cookie-bar")).to_have_count(0)
    assert visitor.url == doors.portal("/inloggen/")
    visitor.goto("/blog/")
    expect(visitor.locator(".cookie-bar")).to_have_count(0)


def test_a_session_at_the_portal_is_unknown_at_the_public_door(visitor: Page, doors: LiveSite):
    member = Member(visitor, doors, "deelnemer@pluc.example", PASSWORD)
    member.sign_in()
    visitor.goto("/")
    expect(visitor.get_by_role("link", name="Mijn PLUC!").first).to_be_visible()
    visitor.get_by_role("link", name="Mijn PLUC!").first.click()
    member.is_at("/")
    sessions = [one for one in visitor.context.cookies() if one["name"].endswith("sessionid")]
    (session,) = sessions
    assert f"//{session['domain']}" in doors.portal_url
    assert session["httpOnly"]


def test_links_lead_across(visitor: Page, doors: LiveSite):
    member = Member(visitor, doors, "deelnemer@pluc.example", PASSWORD)
    member.sign_in()
    visitor.get_by_role("contentinfo").get_by_role("link", name="Privacyverklaring").last.click()
    expect(visitor).to_have_url(re.compile(re.escape(doors.url + "/privacyverklaring/")))
    visitor.go_back()
    visitor.get_by_role("link", name="Naar pluc.nl").click()
    expect(visitor).to_have_url(doors.url + "/")


def test_addresses_of_the_portal_and_the_staff_are_found_at_the_public_host(
    two_host_site: LiveSite,
):
    for path, target in {
        "/mijn/account/?a=b": two_host_site.portal("/account/?a=b"),
        "/en/mijn/inloggen/": two_host_site.portal("/en/inloggen/"),
        "/beheer/": two_host_site.portal("/beheer/"),
    }.items():
        answer = fetch(two_host_site, path)
        assert (answer.status, answer.headers["Location"]) == (302, target)
        assert "Set-Cookie" not in answer.headers


def test_a_colleague_comes_into_the_staff_screens(visitor: Page, doors: LiveSite):
    member = Member(visitor, doors, "redactie@pluc.example", PASSWORD)
    member.give_password()
    expect(visitor).to_have_url(doors.origin_of_portal + "/beheer/")
    expect(visitor.locator("nav").first).to_be_visible()
    visitor.evaluate("localStorage.setItem('mark:x:1', '{}')")
    visitor.locator(".sidebar-footer__account").click()
    visitor.locator("form[action$='/logout/'] button").click()
    question = visitor.get_by_role("dialog", name="Nu al uitloggen?")
    expect(question).to_contain_text("Nog niet verzonden: 1")
    question.get_by_role("button", name="Ingelogd blijven").click()
    expect(question).to_be_hidden()
    assert visitor.evaluate("localStorage.getItem('mark:x:1')") == "{}"


def test_who_is_no_colleague_finds_no_staff_screens(visitor: Page, doors: LiveSite):
    Member(visitor, doors, "deelnemer@pluc.example", PASSWORD).sign_in()
    response = visitor.goto(doors.origin_of_portal + "/beheer/")
    assert response
    assert response.status == 404
