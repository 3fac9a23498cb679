"""A JSON Schema (2020-12, as OpenAPI 3.1 has it) as lines that a page shows: names, kinds, why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.translation import gettext as _t

JsonSchema: TypeAlias = Mapping[str, Any]
REF = "#/components/schemas/"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of the name of a kind: plain words, a `value` as it is sent, or another `model`."""

    words: str = ""
    value: str = ""
    model: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A value by its name: of what kind, whether it must be there, and what it means."""

    name: str
    kind: list[Part]
    is_required: bool = False
    description: str = ""
    limits: str = ""


@dataclass(frozen=True, kw_only=True)
class Model:
    """A kind of object, or of value, that others are made of."""

    name: str
    description: str
    fields: list[Field]
    kind: list[Part]


def model_of(name: str, schema: JsonSchema) -> Model:
    fields = fields_of(schema)
    return Model(
        name=name,
        description=str(schema.get("description", "")),
        fields=fields,
        kind=[] if fields else kind_of(schema),
    )


def fields_of(schema: JsonSchema, above: str = "") -> list[Field]:
    """The properties of an object, and of objects within it that have no name of their own."""
    required = schema.get("required", [])
    found: list[Field] = []
    for name, one in schema.get("properties", {}).items():
        found.append(field_of(above + name, one, is_required=name in required))
        found += fields_of(one, above=f"{above}{name}.")
    return found


def field_of(name: str, schema: JsonSchema, *, is_required: bool, description: str = "") -> Field:
    return Field(
        name=name,
        kind=kind_of(schema),
        is_required=is_required,
        description=description or str(schema.get("description", "")),
        limits=", ".join(limits_of(schema)),
    )


# --- Kinds ---------------------------------------------------------------------------------------


def kind_of(schema: JsonSchema) -> list[Part]:
    """What a value is: "text", "list of Meeting", "Venue or nothing"."""
    if "$ref" in schema:
        return [Part(model=str(schema["$ref"]).removeprefix(REF))]
    if "const" in schema:
        return [Part(value=str(schema["const"]))]
    if "enum" in schema:
        return either([[Part(value=str(one))] for one in schema["enum"]])
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return either([kind_of(one) for one in schema[several]])
    if schema.get("type") == "array":
        return [Part(words=_t("list of")), *kind_of(schema.get("items", {}))]
    return [Part(words=word_of(schema))]


def either(kinds: list[list[Part]]) -> list[Part]:
    found: list[Part] = []
    for kind in kinds:
        if found:
            found.append(Part(words=_t("or")))
        found += kind
    return found


def word_of(schema: JsonSchema) -> str:
    kind, written = schema.get("type"), schema.get("format")
    if isinstance(kind, list):
        return " / ".join(word_of({**schema, "type": one}) for one in kind)
    of_format = {
        "date": _t("date"),
        "date-time": _t("moment"),
        "uri": _t("address"),
        "uuid": _t("identifier"),
        "email": _t("e-mail address"),
    }
    of_type = {
        "string": of_format.get(str(written), _t("text")),
        "integer": _t("whole number"),
        "number": _t("decimal number"),
        "boolean": _t("yes or no"),
        "object": _t("object"),
        "null": _t("nothing"),
    }
    return of_type.get(str(kind), _t("anything"))


def limits_of(schema: JsonSchema) -> Iterator[str]:
    """What a value may at most and at least be, and what it is where it is left out."""
    options = [schema, *schema.get("anyOf", [])]
    said = {name: value for one in reversed(options) for name, value in one.items()}
    for name, words in (
        ("minimum", _t("at least %(value)s")),
        ("maximum", _t("at most %(value)s")),
        ("maxLength", _t("at most %(value)s characters")),
        ("maxItems", _t("at most %(value)s items")),
    ):
        if name in said:
            yield words % {"value": said[name]}
    default = schema.get("default")
    if default not in (None, "", [], {}):
        yield _t("%(value)s by default") % {"value": default}
