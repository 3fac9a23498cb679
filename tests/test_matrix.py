"""Asks every address as every role, on one host and on two (STANDARDS 6.14, `tests.matrix`)."""

import copy
import re
import uuid
from collections.abc import Callable, Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django import shortcuts
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils.safestring import SafeString
from wagtail.contrib.redirects import middleware as redirects

from portal.accounts.models import User
from portal.certificates.views import mine
from portal.desk.views import lists
from tests.houses import House, browser_at
from tests.matrix import (
    ANYWHERE,
    COOKIES,
    LISTED_HERE,
    OUTSIDERS,
    PLAIN_FILES,
    PORTAL,
    PUBLIC,
    ROLES,
    STAFF_SCREENS,
    Outcome,
    Row,
)
from tests.named import named_objects, names_of_a_day

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache", "plain_answers"),
    pytest.mark.thorough,
]
OUR_ROOMS = ("headless", "home", "legal", "pluc", "portal", "search")
# By URL conf: our rows, and what stands before those of the portal.
CONFS = {
    "pluc.urls.one_host": [*PUBLIC, *PORTAL, *STAFF_SCREENS],
    "pluc.urls.portal": [*ANYWHERE, *COOKIES, *PORTAL, *STAFF_SCREENS],
    "pluc.urls.public": PUBLIC,
}
MEANINGS = {
    205: Outcome.SEES,  # to be fetched anew
    200: Outcome.SEES,
    400: Outcome.BROKEN,
    401: Outcome.NO_SESSION,
    403: Outcome.FORBIDDEN,
    404: Outcome.NOTHING,
    405: Outcome.WRONG_WAY,
    422: Outcome.FAULTS,
}
PASSWORD = "acht abrikozen op een rij"
NOT_ASKED = {"readyz"}  # says how the machine is, to whoever asks; see `test_health`


def views_in(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address of a URL conf, as it is written there, with its view."""
    for one in patterns:
        address = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from views_in(one.url_patterns, address)
        elif isinstance(one, URLPattern):
            yield address.removeprefix("mijn/"), one.callback


def is_wagtails(address: str, view: Callable[..., Any]) -> bool:
    """Whether an address is one of Wagtail's own screens, which the rule below covers."""
    made_by = getattr(view, "view_class", view).__module__
    is_ours = made_by.startswith(OUR_ROOMS) or address.startswith(LISTED_HERE)
    return address.startswith("beheer/") and not is_ours


@pytest.mark.parametrize("conf", CONFS)
def test_every_address_of_ours_is_in_the_table(conf: str):
    views = list(views_in(import_module(conf).urlpatterns))
    ours = {address for address, view in views if not is_wagtails(address, view)}
    assert ours - {row.pattern for row in CONFS[conf]} - NOT_ASKED == set()


@pytest.mark.parametrize("conf", CONFS)
def test_the_table_names_no_address_that_is_gone(conf: str):
    there = {address for address, _ in views_in(import_module(conf).urlpatterns)}
    assert {row.pattern for row in CONFS[conf]} - there == set()


# --- Asking --------------------------------------------------------------------------------------


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)


def unwritten(*_: object, **__: object) -> SafeString:
    return SafeString("")


@pytest.fixture
def plain_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads the pages and PDFs here, or is redirected from a 404 by an editor: most of the
    work of thousands of answers. `test_hostile` has all of them written."""
    # For `render` alone: what is imported meanwhile would keep another name for ever.
    monkeypatch.setattr(shortcuts, "loader", SimpleNamespace(render_to_string=unwritten))
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", property(unwritten))
    for conf in CONFS:
        monkeypatch.setattr(import_module(conf), "handler404", refused)
    monkeypatch.setattr(redirects, "get_redirect", lambda request, path: None)
    monkeypatch.setattr(mine, "render_pdf", lambda *_, **__: b"")
    monkeypatch.setattr(lists, "render_pdf", lambda *_, **__: b"")


@pytest.fixture
def names(participant: User, speaker: User, contact: User) -> dict[str, object]:
    """The objects that addresses are about. What belongs to somebody, is the participant's.

    One meeting, in two days, is the speaker's and the contact's too.
    """
    return named_objects(participant) | names_of_a_day(participant, speaker, contact)


def browser_of(role: str, request: pytest.FixtureRequest) -> Client:
    """A browser at the portal in which somebody of that role has just given their password."""
    if role == "anonymous":
        return browser_at(settings.PORTAL_URL)
    user: User = request.getfixturevalue(role)
    user.set_password(PASSWORD)
    user.save()
    browser: Client = request.getfixturevalue("sign_in")(user)
    again = request.getfixturevalue("house").portal_path("/account/opnieuw-inloggen/")
    browser.post(again, {"password": PASSWORD})
    return browser


def outcome_of(answer: HttpResponse) -> Outcome:
    """The outcome of an answer: shown, refused, not there, or sent to sign in."""
    if answer.status_code in {301, 302, 303}:
        path = urlsplit(answer["Location"]).path
        if path.endswith(("/inloggen/", "/beheer/login/")):
            return Outcome.SIGN_IN
        if path.endswith("/account/opnieuw-inloggen/"):
            return Outcome.AGAIN
        return Outcome.HOME if path == "/beheer/" else Outcome.DONE
    return MEANINGS[answer.status_code]


def ask(browser: Client, row: Row, path: str) -> Outcome:
    """The outcome of a row for a browser. Database, cache and session are put back afterwards."""
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        how = browser.post if row.method == "POST" else browser.get
        outcome = outcome_of(how(path, row.data, headers={"Sec-Fetch-Site": "same-origin"}))
        transaction.set_rollback(True)
    browser.cookies = cookies
    cache.clear()  # the rates at which one may try
    return outcome


def difference(
    role: str, browser: Client, rows: list[Row], prefix: str, names: dict[str, object]
) -> list[str]:
    """A sentence for each role whose outcome differs from the table."""
    wrong = []
    for row in rows:
        got = ask(browser, row, prefix + row.address.format(**names))
        if got != row.expected[role]:
            wrong.append(f"{row}: {role} {got}; the table says: {row.expected[role]}")
    return wrong


# Roles are told apart by rows that both databases hold alike; `test_hostile` asks every address of
# each of them.
@pytest.mark.either_database
@pytest.mark.promise("P13")
@pytest.mark.promise("P17")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_table_says(
    house: House, role: str, names: dict[str, object], request: pytest.FixtureRequest
):
    browser = browser_of(role, request)
    wrong = difference(role, browser, PORTAL, house.portal_path("/"), names)
    # Which host it is makes no difference to the screens: on their own, every fifth will do.
    screens = STAFF_SCREENS[:: 1 if house.one_host else 5]
    wrong += difference(role, browser, screens, "/", names)
    public = PUBLIC if house.one_host else [*ANYWHERE, *COOKIES]
    wrong += difference(role, browser, public, "/", names)
    assert not wrong, "\n".join(wrong)


@pytest.mark.either_database
def test_the_public_host_knows_no_one(two_hosts: House, names: dict[str, object]):
    visitor = two_hosts.visitor()
    wrong = difference("anonymous", visitor, PUBLIC, "/", names)
    assert not wrong, "\n".join(wrong)
    for row in [*PORTAL, *STAFF_SCREENS]:
        prefix = "/" if row in STAFF_SCREENS else "/mijn/"
        answer = visitor.get(prefix + row.address.format(**names))
        assert answer["Location"].startswith(f"{settings.PORTAL_URL}/"), row


# --- Wagtail's own screens -----------------------------------------------------------------------

EXAMPLES = {"int": "1", "str": "1", "slug": "x", "uuid": str(uuid.UUID(int=1))}


def wagtails_addresses() -> list[str]:
    """Addresses of Wagtail's own screens, with an example for each of their arguments."""
    views = views_in(import_module("pluc.urls.portal").urlpatterns)
    written = [address for address, view in views if is_wagtails(address, view)]
    simple = [address.replace("^", "") for address in written if not set("(*") & set(address)]
    return [
        re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES[found[1] or "str"], address)
        for address in [*simple, "beheer/nergens/"]
    ]


@pytest.mark.either_database
@pytest.mark.parametrize("role", ["anonymous", "participant", "speaker", "contact"])
def test_for_who_is_no_staff_there_are_no_staff_screens(
    house: House, role: str, request: pytest.FixtureRequest
):
    browser = browser_of(role, request)
    addresses = wagtails_addresses()[:: 1 if house.one_host else 10]
    allowed = {Outcome.NOTHING} if role in OUTSIDERS else {Outcome.NOTHING, Outcome.SIGN_IN}
    got = {address: outcome_of(browser.get(f"/{address}")) for address in addresses}
    seen = {address: outcome for address, outcome in got.items() if outcome not in allowed}
    assert seen.keys() <= ({*PLAIN_FILES} if role == "anonymous" else set())
