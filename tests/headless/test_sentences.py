"""What is told of values that do not fit: our own sentences, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from ninja.operation import Operation
from pydantic_core._pydantic_core import list_all_errors

from headless.answers.sentences import sentence_of
from headless.api import api
from tests.intakes import order, send, somebody, token_of
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
# The errors that each part of a schema can raise, by pydantic's names.
RAISES = {
    "str": ["string_type", "string_unicode"],
    "str min_length": ["string_too_short"],
    "str max_length": ["string_too_long"],
    "str pattern": ["string_pattern_mismatch"],
    "int": ["int_type", "int_parsing", "int_parsing_size", "int_from_float"],
    "int ge": ["greater_than_equal"],
    "int le": ["less_than_equal"],
    "bool": ["bool_type", "bool_parsing"],
    "list": ["list_type"],
    "list min_length": ["too_short"],
    "list max_length": ["too_long"],
    "literal": ["literal_error"],
    "uuid": ["uuid_type", "uuid_parsing"],
    "model": ["model_type"],
    "model-fields": ["missing", "model_attributes_type", "dict_type"],
    "model-fields extra_behavior": ["extra_forbidden"],
}
WITHOUT = {"default", "nullable", "model-field", "union", "no-info", "with-info"}  # errors
WITHOUT |= {"function-after", "function-wrap", "function-plain", "function-before"}
LIMITS = {"min_length", "max_length", "pattern", "ge", "le", "gt", "lt", "multiple_of"}
ASIDE = {"metadata", "serialization", "ref"}


def operations() -> Iterator[Operation]:
    for _, router in api._routers:
        for view in router.path_operations.values():
            yield from view.operations


def parts_of(schema: Any) -> Iterator[str]:
    """The kinds of values in pydantic's schema, and the limits of each."""
    if isinstance(schema, list | tuple):
        for one in schema:
            yield from parts_of(one)
    if not isinstance(schema, dict):
        return
    kind = schema.get("type")
    if isinstance(kind, str):
        yield kind
        yield from (f"{kind} {name}" for name in LIMITS & schema.keys())
    if schema.get("extra_behavior") == "forbid":
        yield f"{kind} extra_behavior"
    for name, one in schema.items():
        if name not in ASIDE:
            yield from parts_of(one)


def test_every_error_that_our_schemas_can_give_has_its_sentence() -> None:
    models = [model for one in operations() for model in one.models]
    parts = {part for one in models for part in parts_of(one.__pydantic_core_schema__)}
    assert parts - WITHOUT - RAISES.keys() == set(), "what do they raise?"
    known = {one["type"]: one for one in list_all_errors()}
    for kind in (kind for part in parts - WITHOUT for kind in RAISES[part]):
        error = {"type": kind, "msg": "?", "ctx": known[kind]["example_context"]}
        told = {}
        for language in ("nl", "en"):
            with translation.override(language):
                told[language] = sentence_of(error)
                assert told[language] != sentence_of({"type": "date_type", "msg": "?"}), kind
        assert told["nl"] != told["en"], kind


def details(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {one["where"]: one["detail"] for one in answer.json()["errors"]}


def test_a_body_is_answered_in_the_language_that_was_asked_for() -> None:
    meeting, token = MeetingFactory(price=195), token_of()
    wrong = order(meeting, somebody(first_name="", last_name=7, email="x"), price="12,50")
    wrong |= {"kleur": "groen", "agrees_to_terms": False, "if_full": "misschien", "invoice": []}
    del wrong["people"][0]["email"]
    path = f"meetings/{meeting.code}/enrolments/"
    assert details(send(path, wrong, token=token)) == {
        "body.people.0.first_name": "Dit is leeg. Vul het in.",
        "body.people.0.last_name": "Dit moet tekst zijn.",
        "body.people.0.email": "Dit ontbreekt nog.",
        "body.invoice": "Dit moet een object zijn: namen met waarden.",
        "body.price": "Dit is niet goed geschreven. Het patroon: ^[0-9]{1,6}(\\.[0-9]{1,2})?$",
        "body.agrees_to_terms": "Stuur true, zodra ze met de voorwaarden akkoord zijn.",
        "body.if_full": "Kies een van deze: refuse, waiting_list.",
        "body.kleur": "Deze naam kennen we niet. Is het een typefout?",
    }
    told = details(send(path, wrong, token=token, query="?locale=en"))
    assert told["body.agrees_to_terms"] == "Send true, once they have agreed to the terms."
    ten = order(meeting, *[somebody(number) for number in range(1, 11)], booker=somebody(11))
    assert details(send(path, ten, token=token)) == {
        "body": "Met een boeker schrijf je hooguit negen mensen in."
    }
    assert details(send(path, order(meeting) | {"people": []}, token=token)) == {
        "body.people": "Stuur er minstens 1."
    }


def test_a_query_is_answered_in_the_language_that_was_asked_for(visitor: Client) -> None:
    for address, where, dutch, english in (
        ("offer/meetings/?limit=900", "query.limit", "100 of minder", "100 or less"),
        ("offer/meetings/?format=x", "query.format", ": open, cafe, partner.", "these: open"),
        ("v2/pages/?child_of=0", "query.child_of", "nummer van een pagina", "number of a page"),
        ("v2/pages/?limit=x", "query.limit", "geheel getal", "whole number"),
        ("v2/pages/?type=x", "query.type", "Er staat een woord in", "A word in it"),
        ("v2/pages/?order=id,,,,,,", "query.order", "hooguit 6 woorden", "no more than 6 words"),
        ("v2/pages/find/?fields=*", "query.html_path", "ontbreekt", "missing"),
    ):
        for language, words in (("nl", dutch), ("en", english)):
            told = details(visitor.get(f"/api/{address}&locale={language}"))[where]
            assert words in told, (address, told)
            assert "error," not in told, "pydantic puts that before a sentence of ours"
