"""Errors of the API as problem details (RFC 9457), each with a sentence that says what to do."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from headless.answers.sentences import sentence_of
from pluc.deeds import Refused

T = TypeVar("T")
PROBLEM_JSON = "application/problem+json"
MOST_TOLD = 20  # errors of one answer: a megabyte of names that we do not know has thousands
MOST_SHOWN = 100  # characters of where one is: such a name may be as long as the body


class FieldProblem(Schema):
    """What is wrong with one of the values that were sent: where it stands, and why."""

    where: str
    detail: str


class Problem(Schema):
    """Why a request was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Refusal(Exception):
    """A request that is answered with a problem, and with `headers` such as Retry-After."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Sequence[FieldProblem] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors, self.headers = list(errors), headers or {}


def there_is(row: T | None, sentence: str) -> T:
    """The row. Raises `Refusal` (404) with this sentence where there is none."""
    if row is None:
        raise Refusal(HTTPStatus.NOT_FOUND, sentence)
    return row


def problem(
    status: int, detail: str, errors: Sequence[FieldProblem] = (), **headers: str
) -> HttpResponse:
    more = len(errors) - MOST_TOLD
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=f"{detail} {left_out(more)}" if more > 0 else detail,
        errors=[in_short(one) for one in errors[:MOST_TOLD]],
    )
    return JsonResponse(
        body.model_dump(exclude_defaults=False),
        status=status,
        headers=headers,
        content_type=PROBLEM_JSON,
    )


def left_out(more: int) -> str:
    told = ngettext("There is %(n)d more error.", "There are %(n)d more errors.", more)
    return told % {"n": more}


def in_short(error: FieldProblem) -> FieldProblem:
    return FieldProblem(where=error.where[:MOST_SHOWN], detail=error.detail)


def too_large() -> str:
    return _t("This is more than one request may hold (1 MB). Send it in parts.")


def where(location: Sequence[Any]) -> str:
    """The place of a value: "query.limit", "body.people.0.email".

    django-ninja names the argument that a body is handed on as, which nobody outside knows.
    """
    parts = [*location[:1], *location[2:]] if location[0] == "body" else location
    return ".".join(str(part) for part in parts)


def register_problems(api: NinjaAPI) -> None:
    """Answers every error of the API as a problem."""

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
        return problem(error.status, error.detail, error.errors, **error.headers)

    @api.exception_handler(Refused)
    def refused_by_a_rule(request: HttpRequest, error: Refused) -> HttpResponse:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.sentence)

    @api.exception_handler(ValidationError)
    def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            FieldProblem(where=where(one["loc"]), detail=sentence_of(one)) for one in error.errors
        ]
        detail = _t("Some of what was sent is not as it should be; see errors.")
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors)

    @api.exception_handler(AuthenticationError)
    def not_known(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        detail = _t("This address asks for a valid token: Authorization: Bearer …")
        headers = {"WWW-Authenticate": "Bearer"}
        return problem(HTTPStatus.UNAUTHORIZED, detail, (), **headers)

    @api.exception_handler(Http404)
    def not_here(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(HTTPStatus.NOT_FOUND, _t("There is nothing at this address."))

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large())

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        if isinstance(error.__cause__, Refusal):  # django-ninja's own words for a body
            return refused(request, error.__cause__)
        return problem(error.status_code, str(error))
