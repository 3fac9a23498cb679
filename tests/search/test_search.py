"""Search over the public site."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.test.client import RequestFactory
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.queries import MAX_LENGTH
from search.views import search
from tests.factories import OfferPageFactory, PostFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def found_by(visitor: Client, query: str, *, at: str = "/zoeken/") -> list[str]:
    """The addresses that a search leads to."""
    response = visitor.get(at, {"q": query})
    assert response.status_code == 200
    soup = BeautifulSoup(response.text, "lxml")
    return [a["href"] for a in soup.select(".result a, .results a")]


def test_a_page_is_found_by_its_title_and_by_its_text(visitor: Client):
    body = [{"type": "text", "value": "<p>Over materialiteit en steekproeven.</p>"}]
    page = StandardPageFactory(title="Controleleer", body=body)
    assert found_by(visitor, "controleleer") == [page.url]
    assert found_by(visitor, "materialiteit") == [page.url]


def test_a_page_is_found_in_its_own_language_only(visitor: Client):
    StandardPageFactory(title="Sustainability", language="en", slug="sustainability")
    assert found_by(visitor, "sustainability", at="/en/zoeken/") == ["/en/sustainability/"]
    assert found_by(visitor, "sustainability") == []


def test_a_draft_is_never_found(visitor: Client):
    page = StandardPageFactory(title="Geheim", live=False)
    assert found_by(visitor, "geheim") == []
    page.save_revision().publish()
    page.refresh_from_db()
    assert found_by(visitor, "geheim") == [page.url]
    page.unpublish()
    assert found_by(visitor, "geheim") == []


def test_all_words_come_before_some_words(visitor: Client):
    both = StandardPageFactory(title="Belasting op loon")
    StandardPageFactory(title="Belasting op vermogen")
    assert found_by(visitor, "belasting loon") == [both.url]
    assert set(found_by(visitor, "loon onvindbaarwoord")) == {both.url}


def test_nothing_found_comes_with_help(visitor: Client):
    OfferPageFactory()
    response = visitor.get("/zoeken/", {"q": "onvindbaarwoord"})
    assert response.status_code == 200
    assert "onvindbaarwoord" in response.text
    assert 'href="/bijeenkomsten/"' in response.text


def test_what_was_typed_is_kept_and_never_run(visitor: Client):
    typed = '"><script>alert(1)</script>'
    soup = BeautifulSoup(visitor.get("/zoeken/", {"q": typed}).text, "lxml")
    assert not [script for script in soup.select("script") if "alert" in script.get_text()]
    assert typed in [field.get("value") for field in soup.select('input[name="q"]')]


def test_a_very_long_question_is_cut(visitor: Client):
    soup = BeautifulSoup(visitor.get("/zoeken/", {"q": "a" * 5_000}).text, "lxml")
    values = [field.get("value", "") for field in soup.select('input[name="q"]')]
    assert max(map(len, values)) == MAX_LENGTH


TRICKY = [
    "'",
    '"',
    "*",
    "%",
    "_",
    "(",
    ")",
    "a AND",
    "NOT",
    "OR OR",
    "a:b",
    "a* b",
    "-a",
    "--",
    "\\",
]
TRICKY += [
    "\x00",
    "a\x00b",
    "&",
    "|",
    "!",
    "<->",
    "a & | b",
    "É",
    "ﬁ",
    "👍",
    "^",
    "{a}",
    "NEAR(a b)",
    ";",
]


@pytest.mark.parametrize("query", TRICKY)
def test_no_sign_is_too_strange_to_search_for(visitor: Client, query: str):
    PostFactory(title="Een bericht")
    found_by(visitor, query)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.text(max_size=40))
def test_any_question_gets_an_answer(query: str):
    request = RequestFactory(headers={"host": "localhost:8000"}).get("/zoeken/", {"q": query})
    request.door = "public"
    request.LANGUAGE_CODE = "nl"
    with translation.override("nl"):
        from django.contrib.auth.models import AnonymousUser

        request.user = AnonymousUser()
        assert search(request).status_code == 200
