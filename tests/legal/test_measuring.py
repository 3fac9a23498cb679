"""The tracking code: in page and policy exactly when it may be (STANDARDS 1.12 to 1.19)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from legal.consent import services
from legal.consent.decision import decision_about
from legal.consent.models import AnalyticsId, Choice, OptOut
from legal.consent.queries import analytics_id_of
from pluc.hosts import Door
from tests.factories import StandardPageFactory, UserFactory
from tests.houses import House
from tests.legal.browsers import SAME_ORIGIN
from tests.legal.versions import write_version

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

ID = "G-TEST1234"
EVERYWHERE = ["/een-pagina/", "/cookies/", "/en/cookies/", "/onbekend/", "/zoeken/?q=a"]


@pytest.fixture(autouse=True)
def with_an_id(settings: Any) -> None:
    settings.GOOGLE_ANALYTICS_ID = ID


@pytest.fixture
def some_pages(db: None) -> None:
    StandardPageFactory(slug="een-pagina", title="Een heel persoonlijke titel")


def tracking_code(response: HttpResponse) -> dict[str, str] | None:
    found = BeautifulSoup(response.content, "lxml").select("script[data-measurement]")
    assert len(found) <= 1
    return found[0].attrs if found else None


def traces_of_google(response: HttpResponse) -> list[str]:
    """What names Google's measurement in a page and its headers, the words for people left out."""
    page = BeautifulSoup(response.content, "lxml")
    markup = " ".join(str(tag.attrs) for tag in page.find_all())
    markup += " ".join(script.text for script in page.select("script"))
    seen = markup + str(response.headers)
    return re.findall(
        r"googletagmanager|google-analytics|analytics\.google|G-[A-Z0-9]{4,}|preconnect", seen
    )


# --- On the page ---------------------------------------------------------------------------------


@pytest.mark.promise("P37")
@pytest.mark.parametrize("address", EVERYWHERE)
def test_who_accepted_is_measured(chooser, some_pages, address: str):
    response = chooser().get(address)
    code = tracking_code(response)
    assert code is not None
    assert code["data-measurement"] == ID
    assert code["data-kept"] == f"{390 * 24 * 60 * 60}", "seconds, as the cookie table says"
    assert code["type"] == "module"
    assert code["src"].endswith("js/analytics.js")
    assert "data-user" not in code
    assert "https://www.googletagmanager.com" in response["Content-Security-Policy"]


@pytest.mark.promise("P36")
@pytest.mark.parametrize("address", EVERYWHERE)
@pytest.mark.parametrize("answer", [None, "decline"])
def test_who_did_not_accept_is_not_measured(
    visitor, chooser, some_pages, address: str, answer: str | None
):
    response = (chooser(all=answer) if answer else visitor).get(address)
    assert tracking_code(response) is None
    assert traces_of_google(response) == []


def test_the_policy_follows_the_page(chooser, some_pages):
    response = chooser().get("/een-pagina/")
    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == "'self' https://www.googletagmanager.com"
    for name in ("connect-src", "img-src"):
        assert "https://*.google-analytics.com" in policy[name]
    assert "google" not in policy["style-src"] + policy["default-src"] + policy["font-src"]
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/livez", "/robots.txt", "/sitemap.xml", "/blog/feed/"])
def test_what_carries_no_code_has_no_wider_policy(chooser, address: str):
    assert "google" not in chooser().get(address).get("Content-Security-Policy", "")


def test_a_page_that_was_not_found_after_all_is_decided_anew(chooser, some_pages):
    browser = chooser()
    browser.get("/een-pagina/")
    browser.post("/cookies/", {"all": "decline"}, headers=SAME_ORIGIN)
    assert traces_of_google(browser.get("/een-pagina/")) == []


def test_without_an_id_nothing_is_measured(settings, chooser, some_pages):
    settings.GOOGLE_ANALYTICS_ID = ""
    assert traces_of_google(chooser().get("/een-pagina/")) == []


def test_the_demo_has_an_id_of_its_own(settings, chooser, some_pages, tmp_path):
    settings.GOOGLE_ANALYTICS_ID = ""
    settings.DEMO_MARK = tmp_path / "demo-content"
    settings.DEMO_MARK.touch()
    assert tracking_code(chooser().get("/een-pagina/"))["data-measurement"] == "G-PLUCDEMO01"
    settings.GOOGLE_ANALYTICS_ID = ID
    assert tracking_code(chooser().get("/een-pagina/"))["data-measurement"] == ID


@pytest.mark.promise("P37")
@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/een-pagina/?email=puck@pluc.example", "standardpage"),
        ("/zoeken/?q=puck", "search"),
        ("/cookies/", "cookies"),
        ("/en/cookies/", "cookies"),
        ("/puck-is-weg/", "not_found"),
        ("/blog/puck/", "not_found"),
        ("/.well-known/puck", "not_found"),
    ],
)
def test_the_code_is_told_a_kind_of_page_and_never_its_title(
    chooser, some_pages, address: str, kind: str
):
    code = tracking_code(chooser().get(address))
    assert code["data-title"] == kind
    assert "persoonlijk" not in str(code)
    assert "puck" not in str(code)


# --- Opting out ----------------------------------------------------------------------------------


@pytest.mark.promise("P38")
@pytest.mark.parametrize("address", EVERYWHERE)
def test_a_browser_that_opted_out_is_not_measured_whatever_it_accepted(
    chooser, some_pages, address: str
):
    browser = chooser()
    browser.cookies[settings.OPT_OUT_COOKIE_NAME] = "1"
    assert traces_of_google(browser.get(address)) == []


def test_the_opt_out_cookie_says_only_that():
    response = HttpResponse()
    services.remember_opt_out(RequestFactory().get("/"), response, opted_out=True)
    cookie = response.cookies[settings.OPT_OUT_COOKIE_NAME]
    assert cookie.value == "1"
    assert cookie["httponly"]
    assert int(cookie["max-age"]) == 5 * 365 * 24 * 60 * 60
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"


def test_opting_in_again_takes_the_cookie_away(two_hosts):
    request, response = RequestFactory().get("/"), HttpResponse()
    services.remember_opt_out(request, response, opted_out=True)
    written = response.cookies[settings.OPT_OUT_COOKIE_NAME]["domain"]
    services.remember_opt_out(request, response, opted_out=False)
    cookie = response.cookies[settings.OPT_OUT_COOKIE_NAME]
    assert str(cookie["max-age"]) == "0"
    assert cookie["domain"] == written == "pluc.localhost"


@pytest.fixture
def facts_of(question) -> Callable[..., Any]:
    """The decision about a request of a user who has accepted, at the portal."""

    def decide(user: Any, **attributes: Any) -> Any:
        accepted = f"analytics={question.revision}|revision={question.revision}"
        request = RequestFactory(headers={"cookie": f"pluc_consent={accepted}"}).get("/mijn/")
        request.user, request.door = user, Door.PORTAL
        for name, value in attributes.items():
            setattr(request, name, value)
        return decision_about(request)

    return decide


@pytest.mark.promise("P38")
def test_an_account_that_opted_out_is_not_measured_whatever_it_accepted(facts_of):
    user = UserFactory()
    assert facts_of(user).allowed
    services.opt_out(user.pk)
    assert not facts_of(user).allowed
    assert facts_of(user).measurement("x") is None
    services.opt_in(user.pk)
    assert facts_of(user).allowed


@pytest.mark.parametrize(
    "attributes",
    [{"is_preview": True}, {"door": Door.STAFF}, {"has_token_in_address": True}],
    ids=lambda attributes: next(iter(attributes)),
)
def test_previews_staff_pages_and_tokens_are_not_measured(facts_of, attributes):
    assert not facts_of(UserFactory(), **attributes).allowed


def test_a_preview_is_not_measured(sign_in, editor, chooser):
    chooser()
    browser = sign_in(editor)
    browser.post("/cookies/", {"all": "accept"}, headers=SAME_ORIGIN)
    page = StandardPageFactory()
    page.save_revision()
    for draft in (page, write_version(None)["nl"]):
        response = browser.get(f"/beheer/pages/{draft.pk}/view_draft/")
        assert response.status_code == 200
        assert traces_of_google(response) == []


def test_the_staff_screens_are_not_measured(sign_in, editor):
    browser = sign_in(editor)
    browser.post("/cookies/", {"all": "accept"}, headers=SAME_ORIGIN)
    response = browser.get("/beheer/")
    assert response.status_code == 200
    assert traces_of_google(response) == []


# --- The random id -------------------------------------------------------------------------------


@pytest.mark.promise("P37")
def test_the_id_is_random_and_apart_from_everything_else(facts_of):
    users = [UserFactory(), UserFactory()]
    ids = [facts_of(user).measurement("x").user_id for user in users]
    assert len(set(ids)) == 2
    for value, user in zip(ids, users, strict=True):
        assert re.fullmatch(r"[0-9a-f]{32}", value)
        assert str(user.pk) != value
        assert facts_of(user).measurement("x").user_id == value
    names = {field.name for field in AnalyticsId._meta.get_fields()}
    assert names == {"user", "value"}


def test_two_users_never_share_an_id():
    one, other = UserFactory(), UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AnalyticsId.objects.create(user=other, value=analytics_id_of(one.pk))


@pytest.mark.promise("P38")
def test_opting_out_and_in_again_makes_a_new_id():
    user = UserFactory()
    before = analytics_id_of(user.pk)
    services.opt_out(user.pk)
    services.opt_out(user.pk)
    assert not AnalyticsId.objects.filter(value=before).exists()
    services.opt_in(user.pk)
    assert not OptOut.objects.exists()
    assert analytics_id_of(user.pk) != before


def test_the_id_and_the_opt_out_go_with_the_user():
    user = UserFactory()
    analytics_id_of(user.pk)
    OptOut.objects.create(user=user)
    user.delete()
    assert not AnalyticsId.objects.exists()
    assert not OptOut.objects.exists()


def test_who_is_not_measured_gets_no_id(visitor, some_pages, chooser):
    chooser(all="decline").get("/een-pagina/")
    assert not AnalyticsId.objects.exists()


def test_a_measured_page_of_somebody_signed_in_is_kept_by_no_cache(sign_in, house: House):
    """The sign-in page is all that the portal shows as yet."""
    browser = house.guest()
    browser.post("/cookies/", {"all": "accept"}, headers=SAME_ORIGIN)
    response = browser.get(house.portal_path("/inloggen/"))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.promise("P37")
def test_the_public_site_sends_no_user_even_of_who_is_signed_in(
    house: House, sign_in, superuser, some_pages
):
    signed_in = sign_in(superuser)
    browser = house.visitor()
    browser.cookies = signed_in.cookies
    browser.post("/cookies/", {"all": "accept"}, headers=SAME_ORIGIN)
    assert Choice.objects.exists()
    code = tracking_code(browser.get("/een-pagina/"))
    assert code is not None
    assert "data-user" not in code
    assert not AnalyticsId.objects.exists()
