"""The schema of the API is sound OpenAPI 3.1, and tells of each operation what one has to know."""

from collections.abc import Iterator
from typing import Any

import pytest
from ninja.openapi.schema import OpenAPISchema
from openapi_spec_validator import OpenAPIV31SpecValidator

from headless.answers.queries import Parameters
from headless.api import api

Told = dict[str, Any]
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


@pytest.fixture(scope="module")
def schema() -> Told:
    return api.schema


def test_each_query_is_read_strictly() -> None:
    """Numbers are digits, yes is `true`: by the one class that all queries extend."""
    lax = [
        f"{path}: {field.annotation}"
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for field in model.model_fields.values()
        if not (isinstance(field.annotation, type) and issubclass(field.annotation, Parameters))
    ]
    assert not lax, "\n".join(lax)


def operations(schema: Told) -> Iterator[tuple[str, str, Told]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", path, operation


def test_it_is_openapi(schema: Told) -> None:
    assert schema["openapi"].startswith("3.1")
    faults = OpenAPIV31SpecValidator(schema).iter_errors()
    assert [f"{'/'.join(map(str, one.path))}: {one.message}" for one in faults] == []


def test_each_operation_says_what_it_is(schema: Told) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(ids) == len(set(ids))
    lacking = [
        f"{name}: {what}"
        for name, _, operation in operations(schema)
        for what in ("operationId", "summary", "description", "tags")
        if not operation.get(what)
    ]
    lacking += [
        f"{name}: description of {one['name']}"
        for name, _, operation in operations(schema)
        for one in operation.get("parameters", ())
        if not one.get("description")
    ]
    lacking += [
        f"{name}: example of {one['name']}"
        for name, _, operation in operations(schema)
        for one in operation.get("parameters", ())
        if one["required"] and "example" not in one and "format" not in one["schema"]
    ]
    assert not lacking, "\n".join(lacking)


def test_each_error_is_a_problem_and_has_its_place(schema: Told) -> None:
    wrong = []
    for name, path, operation in operations(schema):
        answers = operation["responses"]
        errors = {status: one for status, one in answers.items() if status >= "400"}
        wrong += [f"{name} {status}" for status, one in errors.items() if one["content"] != PROBLEM]
        expected = {"401", "403", "422", "429", "503"}
        expected |= {"404"} if "{" in path else set()
        expected |= {"400", "413", "415"} if "requestBody" in operation else set()
        wrong += [f"{name} lacks {status}" for status in sorted(expected - errors.keys())]
        wrong += [f"{name} has no good answer"] * (not answers.keys() - errors.keys())
    assert not wrong, "\n".join(wrong)


def test_whoever_asks_with_a_token_is_told_how(schema: Told) -> None:
    schemes = schema["components"]["securitySchemes"]
    assert {(one["type"], one["scheme"]) for one in schemes.values()} == {("http", "bearer")}
    secured = {
        name for name, _, operation in operations(schema) if "POST" in name or "supplied" in name
    }
    for name, _, operation in operations(schema):
        named = [scheme for one in operation.get("security", ()) for scheme in one]
        assert set(named) <= schemes.keys()
        assert bool(named) == (name in secured), name


def test_what_is_sent_has_descriptions_and_examples(schema: Told) -> None:
    known = schema["components"]["schemas"]
    bodies = ["EnrolmentIn", "SuppliedIn", "Participant", "Name", "Invoice", "RowIn"]
    lacking = [
        f"{name}.{field}"
        for name in bodies
        for field, told in known[name]["properties"].items()
        if not {"examples", "description", "default", "items"} & told.keys()
    ]
    assert not lacking, "\n".join(lacking)
    assert all(known[name]["additionalProperties"] is False for name in bodies)


def test_no_two_schemas_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """django-ninja would let the last one stand for both."""
    found: Told = {}
    twice: set[str] = set()

    def add(self: OpenAPISchema, definitions: Told) -> None:
        twice.update(name for name, one in definitions.items() if found.get(name, one) != one)
        found.update(definitions)
        self.schemas.update(definitions)

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", add)
    api.get_openapi_schema(path_prefix="/api/")
    assert twice == set()
