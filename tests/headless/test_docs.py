"""The documentation of the API: all of the schema, within our policy (docs/decisions/0052)."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from headless.api import api
from headless.docs.operations import reference_of
from headless.docs.schemas import Part, field_of, fields_of, kind_of
from headless.docs.views import told

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either_database,
    pytest.mark.usefixtures("fresh_cache"),
]


def page(visitor: Client, path: str) -> BeautifulSoup:
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not {"X-Robots-Tag", "Access-Control-Allow-Origin"} & answer.headers.keys()
    return BeautifulSoup(answer.content, "lxml")


def test_it_tells_every_operation_and_every_object(visitor: Client):
    soup, schema = page(visitor, "/api/docs"), api.get_openapi_schema()
    shown = {
        (line.select_one(".api-method").text.lower(), line.h3.text)
        for line in soup.select("summary")
        if line.select_one(".api-method")
    }
    everything = {**schema["paths"], **schema.get("webhooks", {})}
    assert shown == {(method, path) for path, methods in everything.items() for method in methods}
    objects = page(visitor, "/api/docs/objects")
    models = {one["id"].removeprefix("model-") for one in objects.select("h3[id^=model-]")}
    assert models == set(schema["components"]["schemas"])
    there = {f"/api/docs/objects#{one['id']}" for one in objects.select("[id]")}
    for part in (soup, objects):
        links = {link["href"] for link in part.select("main a[href*='#']")}
        here = {f"#{one['id']}" for one in part.select("[id]")}
        assert links - here - there == set()


def test_both_languages_lead_to_each_other_and_to_the_schema(visitor: Client):
    dutch, english = page(visitor, "/api/docs"), page(visitor, "/en/api/docs")
    assert dutch.select_one("a[href='/en/api/docs']")
    assert english.select_one("a[href='/api/docs']")
    assert (dutch.h1.text, english.h1.text) == ("De API", "The API")
    assert visitor.get("/en/api/docs/")["Location"] == "/en/api/docs"
    schema = english.select_one("a[href='/api/openapi.json']")
    assert visitor.get(schema["href"]).json()["openapi"].startswith("3.1")
    # What the schema says is English, whatever the language of the page.
    assert all(
        one.find_parent(lang="en") or one["lang"] == "en" for one in dutch.select("[lang=en]")
    )


def test_an_answer_that_a_page_leads_to_needs_nothing_more(visitor: Client):
    links = page(visitor, "/en/api/docs").select(".api-told a[href^='/api/']")
    assert links
    for link in links:
        # No statement is in force here.
        expected = 404 if link["href"] == "/api/v2/statement/" else 200
        assert visitor.get(link["href"]).status_code == expected, link["href"]


def test_a_schema_is_told_in_words():
    either = {"anyOf": [{"$ref": "#/components/schemas/Venue"}, {"type": "null"}]}
    assert kind_of(either) == [Part(model="Venue"), Part(words="of"), Part(words="niets")]
    many = {"type": "array", "items": {"type": "string", "format": "date"}}
    assert kind_of(many) == [Part(words="lijst van"), Part(words="datum")]
    assert kind_of({"enum": ["a", 1]})[2] == Part(value="1")
    inner = {"type": "object", "properties": {"id": {"type": "string"}}}
    names = [one.name for one in fields_of({"properties": {"data": inner, "x": {}}})]
    assert names == ["data", "data.id", "x"]
    amount = {"type": "string", "examples": ["195.00"]}
    assert field_of("amount", amount, is_required=False).example == "195.00"
    assert kind_of({}) == [Part(words="om het even wat")]
    limit = {"type": "integer", "minimum": 1, "maximum": 50, "default": 20}
    assert field_of("limit", limit, is_required=False).limits == (
        "minstens 1, hoogstens 50, standaard 20"
    )


def test_what_a_schema_says_is_text_and_never_markup():
    evil = {"description": "<script>alert(1)</script> `<b>`", "responses": {}}
    document = {"info": {"title": "x", "version": "1"}, "paths": {"/<img src=x>/": {"get": evil}}}
    soup = BeautifulSoup(told(reference_of(document), "nl", "docs/told.html"), "lxml")
    assert soup.select("script, img, b") == []
    assert soup.select_one(".api-summary").text.startswith("<script>")
    assert soup.select_one(".api-summary code").text == "<b>"
