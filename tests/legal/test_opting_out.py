"""Signing in copies an account's opt-out to the browser (P38, STANDARDS 1.12)."""

import pytest
from django.conf import settings
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
