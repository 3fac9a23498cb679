"""The API's own schema (OpenAPI 3.1) as what its documentation shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.text import slugify

from headless.answers.problems import PROBLEM_JSON
from headless.docs.schemas import (
    Field,
    JsonSchema,
    Model,
    Part,
    field_of,
    fields_of,
    kind_of,
    model_of,
)

Document: TypeAlias = Mapping[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer by its status, and what it holds."""

    status: str
    description: str
    kind: list[Part]
    media_types: list[str]


@dataclass(frozen=True, kw_only=True)
class Body:
    """What a request sends, by the model it is of, or by fields."""

    media_type: str
    kind: list[Part]
    fields: list[Field]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """Something that one can ask of the API. `address` is none where it takes names in its path."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    needs_token: bool
    parameters: list[Field]
    body: Body | None
    answers: list[Answer]
    refusals: list[str]

    @property
    def address(self) -> str:
        return "" if self.method != "GET" or "{" in self.path or self.must_be_told else self.path

    @property
    def must_be_told(self) -> bool:
        return any(one.is_required for one in self.parameters)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Operations about one thing."""

    anchor: str
    name: str
    operations: list[Operation]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """All that the schema tells."""

    title: str
    version: str
    description: str
    groups: list[Group]
    webhooks: list[Operation]
    models: list[Model]


def reference_of(document: Document) -> Reference:
    info = document["info"]
    schemas = document.get("components", {}).get("schemas", {})
    return Reference(
        title=info["title"],
        version=info["version"],
        description=info.get("description", ""),
        groups=groups_in(document),
        webhooks=list(operations_in(document.get("webhooks", {}))),
        models=[model_of(name, schemas[name]) for name in sorted(schemas)],
    )


def groups_in(document: Document) -> list[Group]:
    """The operations by their first tag, in the order of the schema."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for operation, tag in tagged({path: methods}):
            found.setdefault(tag, []).append(operation)
    return [
        Group(
            anchor=f"group-{slugify(tag)}",
            name=tag.capitalize() if tag.islower() else tag,
            operations=operations,
        )
        for tag, operations in found.items()
    ]


def tagged(paths: Document) -> Iterator[tuple[Operation, str]]:
    for path, methods in paths.items():
        for method in METHODS:
            if method in methods:
                one = methods[method]
                yield operation_of(path, method, one), (one.get("tags") or ["API"])[0]


def operations_in(paths: Document) -> Iterator[Operation]:
    return (operation for operation, _ in tagged(paths))


def operation_of(path: str, method: str, told: Document) -> Operation:
    """Its line is the first paragraph of its description, which says more than its name."""
    answers = told.get("responses", {})
    line, _, rest = told.get("description", "").partition("\n\n")
    return Operation(
        anchor=slugify(told.get("operationId") or f"{method}-{path}"),
        method=method.upper(),
        path=path,
        summary=line or told.get("summary", ""),
        description=rest,
        needs_token=bool(told.get("security")),
        parameters=[parameter_of(one) for one in told.get("parameters", [])],
        body=body_of(told.get("requestBody", {})),
        answers=[answer_of(str(code), one) for code, one in answers.items() if not is_problem(one)],
        refusals=[str(code) for code, one in answers.items() if is_problem(one)],
    )


def is_problem(answer: Document) -> bool:
    """Whether an answer is a problem: those are alike for every operation."""
    return PROBLEM_JSON in answer.get("content", {})


def parameter_of(told: Document) -> Field:
    return field_of(
        told["name"],
        told.get("schema", {}),
        is_required=told.get("required", False),
        description=told.get("description", ""),
        example=told.get("example", ""),
    )


def body_of(told: Document) -> Body | None:
    for media_type, content in told.get("content", {}).items():
        schema: JsonSchema = content.get("schema", {})
        fields = fields_of(schema)
        return Body(media_type=media_type, fields=fields, kind=[] if fields else kind_of(schema))
    return None


def answer_of(status: str, told: Document) -> Answer:
    content = told.get("content", {})
    schema = next((one["schema"] for one in content.values() if "schema" in one), None)
    return Answer(
        status=status,
        description=told.get("description", ""),
        kind=kind_of(schema) if schema else [],
        media_types=[] if list(content) == [JSON] else list(content),
    )
