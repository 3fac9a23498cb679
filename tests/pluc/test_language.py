"""The language of a request: its address decides, nothing else."""

import pytest
from django.test import Client

from tests.factories import StandardPageFactory, home_page

pytestmark = pytest.mark.either_database


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "language"), [("/", "nl"), ("/en/", "en"), ("/livez", "nl")])
def test_the_address_decides_the_language(visitor: Client, path: str, language: str):
    assert visitor.get(path)["Content-Language"] == language


@pytest.mark.django_db
def test_neither_browser_nor_cookie_changes_the_language(visitor: Client):
    visitor.cookies["django_language"] = "en"
    response = visitor.get("/", headers={"accept-language": "en"})
    assert response["Content-Language"] == "nl"
    assert 'lang="nl"' in response.text
    assert "Accept-Language" not in response.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nl/", "/fr/", "/de/", "/EN/", "/en-gb/", "/en/nl/", "/home/"])
def test_an_unknown_language_is_not_found(visitor: Client, path: str):
    assert visitor.get(path).status_code == 404


@pytest.mark.django_db
def test_a_page_is_not_served_under_another_language(visitor: Client):
    StandardPageFactory(parent=home_page("en"), slug="about-us")
    assert visitor.get("/en/about-us/").status_code == 200
    assert visitor.get("/about-us/").status_code == 404


@pytest.mark.django_db
def test_a_missing_slash_is_added(visitor: Client):
    response = visitor.get("/en")
    assert response.status_code == 301
    assert response["Location"] == "/en/"
