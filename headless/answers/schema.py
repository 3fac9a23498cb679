"""The schema of the API (OpenAPI 3.1): what holds for every operation is added here, once."""

import json
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.responses import NinjaJSONEncoder

from headless.answers.limits import READ, count_request, tell_rooms
from headless.answers.problems import PROBLEM_JSON, Problem, Refusal
from headless.answers.reading import MINUTE, to_keep

PATH = "/api/"
PROBLEM = {"$ref": "#/components/schemas/Problem"}
MAY_BE_EMPTY = ")?$"  # the end of a pattern
Told = dict[str, Any]


class Api(NinjaAPI):
    """A `NinjaAPI` whose schema tells each operation's errors, as the problems that they are.

    Its operations are named after their room and function, as generated clients name theirs.
    """

    def get_openapi_operation_id(self, operation: Operation) -> str:
        room = operation.view_func.__module__.split(".")[1]
        return f"{room}_{operation.view_func.__name__}"

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        schema["components"]["schemas"].setdefault(*problem_schema())
        for path, operations in schema["paths"].items():
            for operation in operations.values():
                complete(path, operation)
        return schema

    @cached_property
    def schema(self) -> OpenAPISchema:
        """The schema, made once in a process: that takes a third of a second."""
        return self.get_openapi_schema(path_prefix=PATH)

    @cached_property
    def document(self) -> bytes:
        """The schema as JSON."""
        return json.dumps(self.schema, cls=NinjaJSONEncoder, ensure_ascii=False).encode()

    def openapi(self, request: HttpRequest) -> HttpResponse:
        """Gives the schema. It counts, and is kept, as any answer of the API."""
        try:
            count_request(request, READ)
        except Refusal as refusal:
            return self.on_exception(request, refusal)
        answer = HttpResponse(self.document, content_type="application/json; charset=utf-8")
        tell_rooms(request, answer)
        return to_keep(request, answer, MINUTE)


def problem_schema() -> tuple[str, Told]:
    told = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    told.pop("$defs", None)
    return "Problem", told


def complete(path: str, operation: Told) -> None:
    """Adds the errors that any operation of its kind may answer with; sets right what
    django-ninja writes that OpenAPI does not know."""
    told = {str(status): one for status, one in operation["responses"].items()}
    for status in errors_of(path, operation):
        told.setdefault(str(status.value), {"description": status.phrase})
    for code, one in told.items():
        if int(code) >= HTTPStatus.BAD_REQUEST:
            one["content"] = {PROBLEM_JSON: {"schema": PROBLEM}}
    operation["responses"] = dict(sorted(told.items()))
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            never_empty(parameter["schema"])
        examples = parameter.pop("examples", None)  # a list, which only a schema may have
        if examples:
            parameter["example"] = examples[0]


def never_empty(told: Told) -> None:
    """What is left open is left out (`answers.queries`); in the code it is an empty text."""
    if told.get("default") == "":
        del told["default"]
    if "enum" in told:
        told["enum"] = [value for value in told["enum"] if value != ""]
    elif told.get("pattern", "").endswith(MAY_BE_EMPTY):
        told["pattern"] = told["pattern"].removesuffix(MAY_BE_EMPTY) + ")$"
    elif told.get("type") == "string":
        told["minLength"] = 1


def errors_of(path: str, operation: Told) -> list[HTTPStatus]:
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    found = [
        HTTPStatus.UNAUTHORIZED,  # also where anybody may read: of a token that does not hold
        HTTPStatus.FORBIDDEN,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    ]
    if "{" in path or "partner" in names:
        found.append(HTTPStatus.NOT_FOUND)
    if "limit" in names:  # a list, whose cursor may be damaged
        found.append(HTTPStatus.BAD_REQUEST)
    if "requestBody" in operation:
        found += [
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ]
    return found
