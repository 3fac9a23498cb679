"""Tokens: made, seen and revoked by the back office; hashed, scoped, ending, logged without it."""

import datetime as dt
import logging
import re
from collections.abc import Callable

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import ModelLogEntry

from headless.answers import limits
from headless.answers.problems import Refusal
from headless.tokens import services
from headless.tokens.bearer import Bearer
from headless.tokens.digests import digest_of
from headless.tokens.models import ApiToken, Scope
from headless.tokens.queries import token_known_as
from pluc import counting
from portal.accounts.models import User
from tests.conftest import LimitTo
from tests.planning import OrganisationFactory, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
MEETINGS = "/api/offer/meetings/"
SCREEN = "/beheer/api/tokens/"


@pytest.fixture(autouse=True)
def nothing_taken() -> None:
    limits.forget()


def token(*scopes: Scope, days: int = 30) -> tuple[ApiToken, str]:
    return services.make_token(
        organisation=OrganisationFactory(),
        name="website",
        scopes=scopes or [Scope.READ],
        last_day=in_days(days),
        by=None,
    )


def shown(visitor: Client, text: str, scheme: str = "Bearer"):
    return visitor.get(
        MEETINGS, headers={"Authorization": f"{scheme} {text}".encode().decode("latin-1")}
    )


# --- Showing one ---------------------------------------------------------------------------------


def test_a_token_opens_until_it_ends_or_is_revoked(visitor: Client):
    row, text = token(days=0)
    assert re.fullmatch(r"pluc_[A-Za-z0-9_-]{43}", text)
    assert shown(visitor, text).status_code == 200
    with time_machine.travel(row.expires_at - dt.timedelta(seconds=1)):
        assert shown(visitor, text).status_code == 200
    with time_machine.travel(row.expires_at + dt.timedelta(seconds=1)):
        refused = shown(visitor, text)
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    ApiToken.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))
    services.revoke_token(token_id=row.pk, by=None)
    assert shown(visitor, text).status_code == 401
    with pytest.raises(services.AlreadyRevoked):
        services.revoke_token(token_id=row.pk, by=None)


@pytest.mark.either_database
def test_a_text_that_is_no_token_of_ours_is_refused(visitor: Client):
    _, text = token()
    strange = [
        "",
        " ",
        text[:-1],
        f"{text}x",
        text.upper(),
        "pluc_" + "x" * 43,
        "é" * 48,
        "9" * 9000,
    ]
    for wrong in strange:
        answer = shown(visitor, wrong)
        assert answer.status_code == 401, wrong
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Cache-Control"] == "no-store"
    assert shown(visitor, text, scheme="Basic").status_code == 401
    assert shown(visitor, text, scheme="bearer").status_code == 200


def test_a_token_does_what_it_is_for_and_nothing_else(visitor: Client):
    _, text = token(Scope.ENROL)
    assert shown(visitor, text).status_code == 403
    request = RequestFactory().post("/api/", headers={"Authorization": f"Bearer {text}"})
    assert Bearer(Scope.ENROL)(request).scopes == ["enrol"]
    with pytest.raises(Refusal) as refused:
        Bearer(Scope.SUPPLY)(request)
    assert refused.value.status == 403
    assert "supply" in refused.value.detail


def test_a_key_that_is_replaced_still_counts_while_it_is_kept(settings):
    _, text = token()
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nieuw" * 12, [old]
    assert token_known_as(token=text) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert token_known_as(token=text) is None


def test_a_token_has_a_limit_of_its_own(visitor: Client, limit_to: LimitTo):
    limit_to(limits.TOKEN, "2/m/key")
    _, one = token()
    _, other = token()
    assert [shown(visitor, one).status_code for _ in range(3)] == [200, 200, 429]
    answer = shown(visitor, other)
    assert answer.status_code == 200
    assert answer["RateLimit"].startswith('"network";r=')
    assert '"token";r=1;' in answer["RateLimit"]
    assert visitor.get(MEETINGS).status_code == 200


@pytest.mark.either_database
def test_what_is_kept_and_logged_of_it_is_not_the_token(
    visitor: Client,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    settings,
):
    row, text = token()
    keys: list[str] = []
    monkeypatch.setattr(
        counting.cache, "set", lambda key, *_, **__: keys.append(key), raising=False
    )
    settings.DEBUG = True
    with caplog.at_level(logging.INFO):
        assert shown(visitor, text)["Cache-Control"] == "private, max-age=60"
        shown(visitor, text, scheme="Token")
        shown(visitor, "pluc_" + "y" * 43)
    assert f"token {row.pk} ({row.prefix}): GET api/offer/meetings/" in caplog.text
    assert row.prefix == text[: len("pluc_") + 8]
    secret = text[len(row.prefix) :]
    stored = str(ApiToken.objects.values().get(pk=row.pk))
    for place in (caplog.text, stored, *keys):
        assert secret not in place
        assert "y" * 43 not in place
    assert digest_of(text) in stored
    row.refresh_from_db()
    assert row.last_used_on == timezone.localdate()


def test_a_use_is_written_once_a_day(visitor: Client, django_assert_num_queries):
    row, text = token()
    shown(visitor, text)
    row.refresh_from_db()
    with django_assert_num_queries(0):
        services.note_use(token=row)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        shown(visitor, text)
    row.refresh_from_db()
    assert row.last_used_on == in_days(1)


# --- The screen ----------------------------------------------------------------------------------


def make(browser: Client, **typed: object):
    fields = {"name": "website", "scopes": ["read", "enrol"], "last_day": in_days(90).isoformat()}
    return browser.post(f"{SCREEN}nieuw/", fields | typed)


def test_the_back_office_makes_a_token_that_is_shown_once(
    back_office: User, sign_in: Callable[[User], Client], visitor: Client
):
    browser, organisation = sign_in(back_office), OrganisationFactory(name="Gilde")
    made = make(browser, organisation=organisation.pk)
    assert made.status_code == 302, "loading the answer again sends nothing again"
    assert not BeautifulSoup(browser.head(made.url).text, "lxml").select("#token")
    answer = browser.get(made.url)
    text = BeautifulSoup(answer.text, "lxml").select_one("#token").text
    assert "no-store" in answer["Cache-Control"]
    again = browser.get(made.url)
    assert "niet nog eens" in again.text
    assert text not in again.text
    assert shown(visitor, text).status_code == 200
    row = ApiToken.objects.get()
    assert (row.organisation, row.scopes, row.made_by) == (
        organisation,
        ["read", "enrol"],
        back_office,
    )
    listed = browser.get(SCREEN).text
    for told in ("Gilde", "website", row.prefix):
        assert told in listed
    assert text not in listed
    sessions = [str(one.get_decoded()) for one in Session.objects.all()]
    assert not [one for one in sessions if text in one]
    done = browser.post(f"{SCREEN}{row.pk}/intrekken/", follow=True)
    assert done.status_code == 200
    assert shown(visitor, text).status_code == 401
    assert "intrekken/" not in browser.get(SCREEN).text
    actions = ModelLogEntry.objects.order_by("pk").values_list("action", "user")
    assert list(actions) == [
        ("headless_tokens.make", back_office.pk),
        ("headless_tokens.revoke", back_office.pk),
    ]
    assert browser.get(f"{SCREEN}999999999999/intrekken/").status_code == 404


@pytest.mark.either_database
def test_what_is_filled_in_wrongly_is_told(back_office: User, sign_in: Callable[[User], Client]):
    browser, organisation = sign_in(back_office), OrganisationFactory()
    wrong: list[dict[str, object]] = [
        {"name": ""},
        {"name": "x" * 81},
        {"name": "web\u202esite"},
        {"name": "web\nsite"},
        {"scopes": []},
        {"scopes": ["alles"]},
        {"last_day": "gisteren"},
        {"last_day": in_days(-1).isoformat()},
        {"last_day": in_days(367).isoformat()},
        {"last_day": "9999-12-31"},
        {"organisation": "9" * 25},
    ]
    for typed in wrong:
        answer = make(browser, **({"organisation": organisation.pk} | typed))
        assert answer.status_code == 422, typed
    assert not ApiToken.objects.exists()


def test_only_who_may_finds_the_screen(editor: User, sign_in: Callable[[User], Client]):
    browser = sign_in(editor)
    assert browser.get(SCREEN).status_code == 302
    assert make(browser, organisation=OrganisationFactory().pk).status_code == 302
    assert not ApiToken.objects.exists()
