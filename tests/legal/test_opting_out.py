"""Signing in copies an account's opt-out to the browser (P38, STANDARDS 1.12)."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from legal.consent.services import opt_out
from portal.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "rijp-fruit-plukken"


@pytest.fixture
def user() -> User:
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(user: User) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert settings.SESSION_COOKIE_NAME in browser.cookies
    return browser


@pytest.mark.promise("P38")
def test_signing_in_copies_an_opt_out_to_the_browser(user: User):
    opt_out(user.pk)
    cookie = sign_in(user).cookies[settings.OPT_OUT_COOKIE_NAME]
    assert cookie.value == "1"
    assert cookie["httponly"]


@pytest.mark.promise("P38")
def test_signing_in_without_an_opt_out_leaves_the_browser_alone(user: User):
    assert settings.OPT_OUT_COOKIE_NAME not in sign_in(user).cookies


# --- Google's cookies go with any no (STANDARDS 1.7) ---------------------------------------------

MEASURED = {"_ga": "GA1.1.111.222", "_ga_TEST1234": "GS1.1.333"}


def expired_in(response: HttpResponse) -> set[str]:
    return {cookie.key for cookie in response.cookies.values() if cookie["max-age"] == "0"}


def measured(browser: Client) -> Client:
    for name, value in MEASURED.items():
        browser.cookies[name] = value
    return browser


@pytest.mark.promise("P38")
def test_the_switch_in_the_account_takes_googles_cookies_away(user: User):
    browser = measured(sign_in(user))
    answer = browser.post(reverse("account_measurement"), {"measured": "off"})
    assert set(MEASURED) <= expired_in(answer)


@pytest.mark.promise("P38")
def test_signing_in_with_an_opt_out_takes_them_away(user: User):
    opt_out(user.pk)
    typed = {"login": user.email, "password": PASSWORD}
    answer = measured(Client()).post(reverse("account_login"), typed)
    assert set(MEASURED) <= expired_in(answer)


@pytest.mark.promise("P36")
def test_any_page_takes_away_what_was_left_behind_after_a_no(chooser):
    answer = measured(chooser(all="decline")).get("/cookies/")
    assert set(MEASURED) <= expired_in(answer)
    assert "not_measured" in answer.text, "tells the pages that are still open"
    answer = measured(chooser(all="accept")).get("/cookies/")
    assert expired_in(answer) == set()
    assert "not_measured" not in answer.text
