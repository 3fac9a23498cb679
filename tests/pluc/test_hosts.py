"""The two front doors (DESIGN, What it is; CONTRACT, Forms)."""

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from pluc.health import beat
from pluc.hosts import is_same_origin
from tests.factories import (
    BlogIndexPageFactory,
    ContactPageFactory,
    FullPostFactory,
    NoticeFactory,
    OfferPageFactory,
    StandardPageFactory,
)
from tests.houses import House

pytestmark = pytest.mark.either_database

# Everything that the public door answers in this part of the platform, errors included.
PUBLIC_ADDRESSES = [
    "/",
    "/en/",
    "/een-pagina/",
    "/bijeenkomsten/",
    "/contact/",
    "/blog/",
    "/blog/?pagina=1",
    "/blog/een-bericht/",
    "/blog/feed/",
    "/en/blog/feed/",
    "/zoeken/",
    "/zoeken/?q=abrikozen",
    "/en/zoeken/?q=apricots",
    "/cookies/",
    "/privacyverklaring/",
    "/robots.txt",
    "/sitemap.xml",
    "/.well-known/security.txt",
    "/favicon.ico",
    "/livez",
    "/readyz",
    "/media/none.png",
    "/documenten/1/none.pdf",
    "/onbekend/",
    "/en/unknown/",
    "/blog/?pagina=99",
]


@pytest.fixture
def small_site(db: None) -> None:
    """A page of every type, and a worker that lives."""
    beat()
    StandardPageFactory(slug="een-pagina")
    OfferPageFactory()
    ContactPageFactory()
    BlogIndexPageFactory()
    FullPostFactory(slug="een-bericht")
    NoticeFactory()


@pytest.mark.promise("P35")
def test_a_public_address_knows_no_one(house: House, small_site: None):
    for address in PUBLIC_ADDRESSES:
        response = house.visitor().get(address)
        assert response.status_code < 500, address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert not hasattr(response.wsgi_request, "session"), address


@pytest.mark.parametrize(
    "address", ["/", "/blog/", "/contact/", "/zoeken/?q=abrikozen", "/onbekend/"]
)
def test_a_public_address_answers_the_signed_in_as_it_answers_strangers(
    house: House, small_site: None, sign_in, superuser, address: str
):
    stranger = house.visitor().get(address)
    browser = house.visitor()
    browser.cookies = sign_in(superuser).cookies
    assert browser.get(address).content == stranger.content


def test_a_public_page_asks_nothing_of_sessions(small_site: None, visitor: Client):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "0123456789abcdef0123456789abcdef"
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/blog/")
    assert not [query for query in queries if "django_session" in query["sql"]]


# --- Two hosts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/beheer/", "http://mijn.pluc.localhost:8000/beheer/"),
        ("/beheer/pages/3/edit/?a=b", "http://mijn.pluc.localhost:8000/beheer/pages/3/edit/?a=b"),
        ("/mijn/", "http://mijn.pluc.localhost:8000/"),
        (
            "/mijn/inloggen/?next=/beheer/",
            "http://mijn.pluc.localhost:8000/inloggen/?next=/beheer/",
        ),
        ("/en/mijn/inloggen/", "http://mijn.pluc.localhost:8000/en/inloggen/"),
    ],
)
def test_the_public_host_sends_portal_addresses_to_the_portal(
    two_hosts: House, asked: str, answered: str
):
    response = two_hosts.visitor().get(asked)
    assert response.status_code == 302
    assert response["Location"] == answered


@pytest.mark.django_db
def test_the_public_host_has_no_sign_in(two_hosts: House):
    assert two_hosts.visitor().get("/inloggen/").status_code == 404


@pytest.mark.django_db
def test_the_portal_host_has_no_public_pages(two_hosts: House, small_site: None):
    assert two_hosts.guest().get("/blog/").status_code == 404


@pytest.mark.django_db
def test_sign_in_stands_at_its_address_in_both_houses(house: House):
    response = house.guest().get(house.portal_path("/inloggen/"))
    assert response.status_code == 200


@pytest.mark.django_db
def test_who_is_not_signed_in_is_sent_from_the_staff_screens_to_sign_in(house: House):
    response = house.guest().get("/beheer/")
    assert response.status_code == 302
    assert response["Location"].partition("?")[0] == house.portal_path("/inloggen/")


@pytest.mark.django_db
def test_wagtails_own_sign_in_leads_to_ours(house: House):
    response = house.guest().get("/beheer/login/?next=/beheer/pages/")
    assert response.status_code == 302
    assert response["Location"] == house.portal_path("/inloggen/") + "?next=/beheer/pages/"


@pytest.mark.parametrize("host", ["evil.example", "pluc.localhost.evil.example", "[::1"])
def test_an_unknown_host_is_refused(host: str):
    assert Client(headers={"host": host}).get("/livez").status_code == 400


# --- Forms of the public door --------------------------------------------------------------------


def take(request) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [path("formulier/", take)]
OURS = "http://localhost:8000"

# Headers of the POST, and whether it may come in.
ORIGINS = [
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "same-origin", "origin": "http://evil.example"}, True),  # browsers judge
    ({"sec-fetch-site": "same-site"}, False),
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "none"}, False),
    ({"sec-fetch-site": "cross-site", "origin": OURS, "referer": f"{OURS}/"}, False),
    ({"origin": OURS}, True),
    ({"origin": "http://evil.example"}, False),
    ({"origin": "http://evil.example", "referer": f"{OURS}/"}, False),
    ({"origin": "null"}, False),
    ({"origin": "null", "referer": f"{OURS}/"}, False),
    ({"origin": "http://localhost:8001"}, False),
    ({"origin": "https://localhost:8000"}, False),
    ({"referer": f"{OURS}/contact/?q=1"}, True),
    ({"referer": "http://evil.example/http://localhost:8000/"}, False),
    ({"referer": "http://localhost:8000.evil.example/"}, False),
    ({"referer": "http://localhost:8000@evil.example/"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("headers", "comes_in"), ORIGINS)
def test_a_public_form_is_judged_by_where_it_comes_from(
    house: House, settings: Settings, headers: dict[str, str], comes_in: bool
):
    settings.ROOT_URLCONF = __name__
    ours = OURS.partition("//")[2]
    here = house.visitor().defaults["HTTP_HOST"]
    sent = {name: value.replace(ours, here) for name, value in headers.items()}
    response = house.visitor(**sent).post("/formulier/", {"email": "iemand@pluc.example"})
    assert response.status_code == (200 if comes_in else 403)
    assert not response.cookies


@given(origin=st.text(max_size=60))
def test_no_other_origin_is_ever_ours(origin: str):
    request = RequestFactory(headers={"host": "localhost:8000"}).post("/")
    request.META["HTTP_ORIGIN"] = origin
    assert not is_same_origin(request)


@pytest.mark.django_db
def test_the_portal_still_asks_for_a_token(house: House):
    browser = house.guest()
    browser.handler.enforce_csrf_checks = True
    form = {"login": "iemand@pluc.example", "password": "mijn-pluc-demo"}
    path_in_house = house.portal_path("/inloggen/")
    assert browser.post(path_in_house, form).status_code == 403
    token = browser.get(path_in_house).cookies[settings.CSRF_COOKIE_NAME].value
    assert browser.post(path_in_house, form | {"csrfmiddlewaretoken": token}).status_code == 200
