"""Security headers of responses, per door (STANDARDS 6.1 to 6.3, 6.6, 6.19, 6.22)."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.houses import House

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
ON_EVERYTHING = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy_of(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts if name}


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/zoeken/", "/onbekend/", "/robots.txt", "/cookies/"]
)
def test_the_public_policy_allows_our_own_files_only(house: House, address: str):
    response = house.visitor().get(address)
    assert policy_of(response) == STRICT
    assert response["X-Frame-Options"] == "DENY"
    assert {name: response.get(name) for name in ON_EVERYTHING} == ON_EVERYTHING


def test_the_portal_has_the_same_policy_and_is_never_stored(house: House):
    response = house.guest().get(house.portal_path("/inloggen/"))
    assert policy_of(response) == STRICT
    assert "no-store" in response["Cache-Control"]
    assert {name: response.get(name) for name in ON_EVERYTHING} == ON_EVERYTHING


def test_the_staff_screens_alone_may_run_inline_script(house: House, sign_in, superuser):
    response = sign_in(superuser).get("/beheer/")
    assert response.status_code == 200
    policy = policy_of(response)
    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["default-src"] == "'none'"
    assert "no-store" in response["Cache-Control"]
    assert {name: response.get(name) for name in ON_EVERYTHING} == ON_EVERYTHING


@pytest.mark.parametrize("address", ["/", "/zoeken/", "/cookies/", "/livez", "/robots.txt"])
def test_trace_is_refused(visitor: Client, address: str):
    assert visitor.trace(address).status_code == 405


@pytest.mark.parametrize("address", ["/", "/robots.txt"])
def test_no_header_tells_what_we_run(visitor: Client, address: str):
    headers = visitor.get(address).headers
    assert not {"Server", "X-Powered-By", "X-Django-Version"} & set(headers)
    assert not [value for value in headers.values() if "wagtail" in value.lower()]


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/zoeken/?q=%3Cscript%3E", "/onbekend/", "/cookies/"]
)
def test_public_html_has_no_inline_style_or_script(visitor: Client, address: str):
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(visitor.get(address).text, "lxml")
    assert not soup.select("style, [style]")
    inline = [script for script in soup.select("script:not([src])") if script.get_text(strip=True)]
    assert {script.get("type") for script in inline} <= {"application/ld+json"}
    handlers = [name for tag in soup.find_all() for name in tag.attrs if name.startswith("on")]
    assert handlers == []


@pytest.mark.parametrize("address", ["/", "/zoeken/", "/onbekend/"])
def test_nothing_on_a_public_page_comes_from_another_host(visitor: Client, address: str):
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(visitor.get(address).text, "lxml")
    loaded = [tag.get("src") or tag.get("href") for tag in soup.select("[src], link[href]")]
    ours = ("/", "data:", settings.SITE_URL)
    assert [url for url in loaded if not url.startswith(ours) or url.startswith("//")] == []


# --- Who comes into the staff screens ------------------------------------------------------------

STAFF_ADDRESSES = ["/beheer/", "/beheer/pages/", "/beheer/componenten/", "/beheer/handleiding/"]


@pytest.mark.parametrize("address", STAFF_ADDRESSES)
def test_who_is_not_signed_in_comes_nowhere_in_the_staff_screens(house: House, address: str):
    response = house.guest().get(address)
    assert response.status_code in {302, 404}
    if response.status_code == 302:
        assert house.portal_path("/inloggen/") in response["Location"]


@pytest.mark.parametrize("address", STAFF_ADDRESSES)
def test_who_is_no_staff_comes_nowhere_in_the_staff_screens(
    house: House, sign_in, outsider, address: str
):
    response = sign_in(outsider).get(address)
    assert response.status_code in {302, 404}
    assert b"wagtail" not in response.content.lower()


@pytest.mark.parametrize("name", ["django_q_schedule", "auth_user", "wagtailusers_users:index"])
def test_an_editor_manages_neither_people_nor_schedules(sign_in, editor, name: str):
    from django.urls import NoReverseMatch

    try:
        address = reverse(name)
    except NoReverseMatch:
        return  # there is no such screen at all
    assert sign_in(editor).get(address).status_code in {302, 403, 404}
