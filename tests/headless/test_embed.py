"""The module by which others' pages show our meetings (docs/decisions/0052)."""

import gzip
import re

import pytest
from django.test import Client

from headless.docs.views import ATTRIBUTES
from tests.run import ROOT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either_database,
    pytest.mark.usefixtures("fresh_cache"),
]

ADDRESS = "/embed/agenda.js"
SOURCE = (ROOT / "static" / "embed" / "agenda.js").read_text()
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacent|document\.write|createContextual|\.style\b"
)
KEEPING = re.compile(r"\bcookie|localStorage|sessionStorage|indexedDB|sendBeacon|\bcaches\b")


def test_others_may_load_it_and_keep_it_for_an_hour(visitor: Client):
    answer = visitor.get(ADDRESS, headers={"origin": "https://partner.example"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"].startswith("public, max-age=3600")
    assert not answer.cookies
    assert answer.content.decode() == SOURCE


def test_who_has_it_already_is_told_so_and_may_still_read_it(visitor: Client):
    etag = visitor.get(ADDRESS)["ETag"]
    answer = visitor.get(ADDRESS, headers={"if-none-match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"].startswith("public, max-age=3600")


def test_it_is_small_on_the_way(visitor: Client):
    answer = visitor.get(ADDRESS, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(answer.content).decode() == SOURCE
    assert len(answer.content) < 5_000, "Lit alone takes 6.1 kB"


def test_it_writes_no_markup_and_keeps_nothing():
    assert MARKUP.findall(SOURCE) == []
    assert KEEPING.findall(SOURCE) == []


def test_both_documents_tell_what_it_takes():
    """What partners write in their pages is a contract: attributes, properties and parts."""
    filters = re.search(r"const FILTERS = \[(.*?)\]", SOURCE)[1]
    others = re.search(r"observedAttributes = \[\.\.\.FILTERS, (.*?)\]", SOURCE)[1]
    attributes = set(re.findall(r'"([\w-]+)"', filters + others))
    told = {name for names, _ in ATTRIBUTES for name in names.split(", ")}
    assert told == attributes
    document = (ROOT / "docs" / "api.md").read_text()
    names = set(re.findall(r"`([\w-]+)`", document))
    assert attributes - names == set()
    assert set(re.findall(r"var\((--pluc-[\w-]+)", SOURCE)) - names == set()
    assert set(re.findall(r'part: "([\w-]+)"', SOURCE)) - names == set()


def test_one_cannot_send_anything_there(visitor: Client):
    assert visitor.post(ADDRESS, headers={"sec-fetch-site": "same-origin"}).status_code == 405
