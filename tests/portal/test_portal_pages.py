"""Every page of the portal that can be asked for: its frame, its words, its forms."""

import itertools
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib import messages
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from home.models import HomePage
from portal.accounts.models import User
from portal.accounts.templatetags.account_tags import in_fours
from tests.houses import House

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

PASSWORD = "acht abrikozen op een rij"
AT_THE_DOOR = [
    "/inloggen/",
    "/registreren/",
    "/bevestigen/",
    "/bevestigen/zomaar/",
    "/account/wachtwoord/vergeten/",
    "/account/wachtwoord/verstuurd/",
    "/account/wachtwoord/nieuw/1-abc/",
    "/account/wachtwoord/gewijzigd/",
]
INSIDE = [
    "/",
    "/uitloggen/",
    "/account/",
    "/account/metingen/",
    "/account/nieuwsbrief/",
    "/account/beveiliging/",
    "/account/adres/",
    "/account/wachtwoord/wijzigen/",
    "/account/sessies/",
    "/account/gevonden/",
    "/account/opnieuw-inloggen/",
    "/account/tweede-stap/",
    "/account/tweede-stap/app/",
    "/account/tweede-stap/sleutels/",
    "/account/tweede-stap/sleutels/toevoegen/",
]


class Page(HTMLParser):
    """What a page is made of, as far as the rules for every page go."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.scripts: list[dict[str, str | None]] = []
        self.attributes: list[str] = []
        self.ids: list[str] = []
        self.fields: list[str] = []
        self.labelled: set[str] = set()
        self.current: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.attributes += given
        self.ids += [given["id"] or ""] if "id" in given else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "script":
            self.scripts.append(given)
        if tag == "label":
            self.labelled.add(given.get("for") or "")
        is_hidden = given.get("type") == "hidden"
        if tag in {"input", "select", "textarea"} and not is_hidden:
            self.fields.append(given.get("id") or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
            self.current += [given["href"] or ""] if "aria-current" in given else []


@pytest.fixture
def dirk(participant: User) -> User:
    participant.set_password(PASSWORD)
    participant.save()
    return participant


@pytest.fixture
def come_in(dirk: User) -> Callable[[House], Client]:
    """A browser in which Dirk has just given his password."""

    def browser_of(house: House) -> Client:
        browser = house.guest()
        again = {"password": PASSWORD}
        browser.post(house.portal_path("/inloggen/"), again | {"login": dirk.email})
        browser.post(house.portal_path("/account/opnieuw-inloggen/"), again)
        return browser

    return browser_of


def in_english(house: House, path: str) -> str:
    return "/en" + house.portal_path(path)


def shown(browser: Client, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return response.text


def follows_the_rules(text: str) -> Page:
    page = Page(text)
    assert page.headings.count(1) == 1
    # The cookie question comes first, with a heading of its own.
    steps = itertools.pairwise(page.headings[1:])
    assert all(below <= above + 1 for above, below in steps), page.headings
    assert not {"style", "onclick", "onsubmit"} & set(page.attributes)
    assert all("src" in s or s.get("type") == "application/json" for s in page.scripts)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.fields) <= page.labelled
    assert any("/privacyverklaring/" in link for link in page.links)
    assert any("/cookies/" in link for link in page.links)
    assert '<meta name="robots" content="noindex">' in text
    return page


# --- The frame -----------------------------------------------------------------------------------


@pytest.mark.promise("P40")
@pytest.mark.parametrize("path", AT_THE_DOOR)
def test_a_page_at_the_door_has_a_way_back_and_no_menu(house: House, path: str, settings):
    page = follows_the_rules(shown(house.guest(), house.portal_path(path)))
    assert ("/" if house.one_host else f"{settings.SITE_URL}/") in page.links
    assert house.portal_path("/account/") not in page.links


@pytest.mark.promise("P40")
@pytest.mark.parametrize("path", INSIDE)
def test_a_page_inside_has_the_portals_menu(house: House, come_in, path: str):
    text = shown(come_in(house), house.portal_path(path))
    page = follows_the_rules(text)
    for way in ("/", "/gegevens/", "/account/"):
        assert house.portal_path(way) in page.links
    assert f'<form method="post" action="{house.portal_path("/uitloggen/")}" ' in text


@pytest.mark.parametrize("path", [*AT_THE_DOOR, *INSIDE])
def test_every_page_is_there_in_english(house: House, come_in, path: str):
    browser = house.guest() if path in AT_THE_DOOR else come_in(house)
    text = shown(browser, in_english(house, path))
    assert '<html lang="en">' in text
    assert house.portal_path(path) in Page(text).links


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["/"]),
        ("/account/metingen/", ["/account/", "/account/metingen/"]),
        ("/account/sessies/", ["/account/", "/account/beveiliging/"]),
    ],
)
def test_the_menus_say_where_one_is(house: House, come_in, path: str, current: list[str]):
    page = Page(shown(come_in(house), house.portal_path(path)))
    assert set(page.current) == {house.portal_path(way) for way in current}


def test_the_public_site_leads_to_the_portal(house: House, home: HomePage, settings):
    base = "" if house.one_host else settings.PORTAL_URL
    for language in ("", "/en"):
        links = Page(shown(house.visitor(), f"{language}/")).links
        assert base + language + house.portal_path("/") in links


@pytest.mark.parametrize(
    ("level", "looks"),
    [
        (messages.SUCCESS, 'class="alert alert-good" role="status"'),
        (messages.INFO, 'class="alert" role="status"'),
        (messages.WARNING, 'class="alert" role="status"'),
        (messages.ERROR, 'class="alert alert-wrong" role="alert"'),
    ],
)
def test_what_happened_is_told_in_the_page_and_aloud(level: int, looks: str):
    message = messages.storage.base.Message(level, "<b>Gelukt</b>")
    text = render_to_string("components/messages.html", {"messages": [message]})
    assert looks in text
    assert "&lt;b&gt;Gelukt" in text


# --- When it goes wrong --------------------------------------------------------------------------


@pytest.mark.promise("P36")
def test_a_browser_that_blocks_cookies_hears_what_to_do(house: House, dirk: User):
    browser = house.guest()
    browser.handler.enforce_csrf_checks = True
    form = {"login": dirk.email, "password": PASSWORD}
    response = browser.post(in_english(house, "/inloggen/"), form)
    assert response.status_code == 403
    assert "Your browser blocks our cookie" in response.text
    assert reverse("cookies") in follows_the_rules(response.text).links


def test_a_form_that_stood_open_too_long_leads_back_to_itself(house: House, dirk: User):
    browser = house.guest()
    browser.handler.enforce_csrf_checks = True
    path = in_english(house, "/inloggen/")
    browser.get(path)
    response = browser.post(path, {"csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403
    assert "open for too long" in response.text
    assert path in follows_the_rules(response.text).links


def test_who_tries_too_often_is_told_to_wait(house: House, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    browser = house.guest()
    path = in_english(house, "/inloggen/")
    for _ in range(2):
        response = browser.post(path, {"login": "a@pluc.example", "password": "x"})
    assert response.status_code == 429
    assert "A moment, please" in response.text
    follows_the_rules(response.text)


@pytest.mark.parametrize("path", ["/inloggen/", "/registreren/"])
def test_a_form_with_mistakes_follows_the_rules_too(house: House, path: str):
    response = house.guest().post(house.portal_path(path), {"email": "geen adres"})
    assert "alert-wrong" in response.text
    follows_the_rules(response.text)


# --- Signing in and registering ------------------------------------------------------------------


def test_password_managers_and_passkeys_are_welcome(house: House):
    text = shown(house.guest(), house.portal_path("/inloggen/"))
    assert 'autocomplete="username webauthn"' in text
    assert 'autocomplete="current-password"' in text
    assert f'data-source="{house.portal_path("/account/tweede-stap/sleutels/inloggen/")}"' in text
    assert "<noscript>" in text


@pytest.mark.promise("P38")
def test_no_choice_at_registration_is_made_for_anybody(house: House):
    text = shown(house.guest(), house.portal_path("/registreren/"))
    assert 'name="newsletter"' in text
    assert 'name="not_measured"' in text
    assert "checked" not in text


# --- Security ------------------------------------------------------------------------------------


def test_codes_are_shown_once_and_can_be_kept(house: House, come_in, dirk: User):
    codes = RecoveryCodes.activate(dirk).generate_codes()
    browser = come_in(house)
    path = house.portal_path("/account/tweede-stap/codes/")
    Authenticator.objects.filter(user=dirk).update(type=Authenticator.Type.RECOVERY_CODES)
    first, second = shown(browser, path), shown(browser, path)
    kept = re.search(r'href="data:text/plain;charset=utf-8,([^"]+)"', first)
    assert kept
    assert all(f"<li>{code}</li>" in first and code in kept[1] for code in codes)
    assert not any(code in second for code in codes)
    follows_the_rules(first)


def test_the_app_is_told_by_picture_link_and_text(house: House, come_in):
    response = come_in(house).get(house.portal_path("/account/tweede-stap/app/"))
    secret = response.context["form"].secret
    assert "<svg" in response.text
    assert 'href="otpauth://totp/' in response.text
    assert in_fours(secret) in response.text


@pytest.mark.parametrize("number", [1, 3])
def test_security_shows_what_stands_in_a_fixed_number_of_queries(
    sign_in, dirk: User, number: int, django_assert_num_queries
):
    browser, *_ = [sign_in(dirk) for _ in range(number)]
    path = "/mijn/account/beveiliging/"
    follows_the_rules(shown(browser, path))
    with django_assert_num_queries(7):
        browser.get(path)


def test_a_session_is_told_in_plain_words(house: House, come_in):
    browser = come_in(house)
    text = shown(browser, in_english(house, "/account/sessies/"))
    assert "A device that does not say what it is" in text
    assert "this device" in text
    assert "You are signed in nowhere else." in text
