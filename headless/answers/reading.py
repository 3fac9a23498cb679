"""What every answer to a GET of the API has: its language, limits, ETag, `Cache-Control`, 304.

`router.add_decorator(reads(), mode="view")` gives it to all operations of a router. What is
of one asker alone, or is to be looked up each time, takes `reads(seconds=0)`: nobody keeps it.
The headers by which scripts of other sites may read it are `headless.answers.doorway`'s.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from ninja.operation import Operation

from headless.answers.limits import READ, count_request, tell_rooms
from headless.answers.memory import Memory, memory_now, recall, remember
from headless.answers.problems import Refusal
from headless.answers.queries import locale_in, require_known
from pluc.conditional import etag_of, unless_same

MINUTE = 60  # seconds that anybody may keep an answer
Run = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Kept:
    """A good answer, to be given again."""

    content: bytes
    content_type: str
    etag: str
    language: str | None  # of an answer that says it itself, such as a page's

    def response(self) -> HttpResponse:
        answer = HttpResponse(self.content, content_type=self.content_type)
        if self.language:
            answer["Content-Language"] = self.language
        return answer


def reads(*, seconds: int = MINUTE) -> Callable[[Run], Run]:
    """Decorator of a reading operation; `seconds` is how long its answers may be kept."""

    def decorate(run: Run) -> Run:
        operation: Operation = run.__self__  # type: ignore[attr-defined]  # ninja decorates its method

        @wraps(run)
        def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            language = locale_in(request.GET)
            with translation.override(language):
                answer = checked(request, operation, lambda: kept(request, run, kwargs, seconds))
            answer.headers.setdefault("Content-Language", language)
            tell_rooms(request, answer)
            return answer

        return answered

    return decorate


def checked(request: HttpRequest, operation: Operation, do: Callable[[], Any]) -> HttpResponse:
    """Counts the request, refuses what its query should not hold, and answers."""
    try:
        count_request(request, READ)
        require_known(request, operation)
        answer: HttpResponse = do()
    except Refusal as refusal:
        answer = operation.api.on_exception(request, refusal)
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        answer["Cache-Control"] = "no-store"
    return answer


def kept(request: HttpRequest, run: Run, kwargs: dict[str, Any], seconds: int) -> HttpResponse:
    """What is remembered of the same request; else what the operation answers now."""
    if not seconds:
        answer = run(request, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer
    memory, key = memory_for(request), key_of(request)
    known = recall(memory, key) if memory else None
    if known is None:
        answer = run(request, **kwargs)
        if answer.status_code != HTTPStatus.OK:
            return answer
        known = Kept(
            answer.content,
            answer["Content-Type"],
            etag_of(answer.content),
            answer.get("Content-Language"),
        )
        if memory:
            remember(memory, key, known)
    return to_keep(request, known, seconds)


def memory_for(request: HttpRequest) -> Memory | None:
    """None for whoever shows a token: it is looked up each time."""
    return None if "Authorization" in request.headers else memory_now()


def key_of(request: HttpRequest) -> Hashable:
    """The same for whatever order the query stands in."""
    query = tuple(sorted((name, *values) for name, values in request.GET.lists()))
    return request.path_info, query


def to_keep(request: HttpRequest, known: Kept, seconds: int) -> HttpResponse:
    """A good answer for whoever has another one, or none."""
    answer = known.response()
    answer["Cache-Control"] = f"public, max-age={seconds}"
    patch_vary_headers(answer, ["Authorization"])  # a token that does not hold is answered with 401
    return unless_same(request, answer, known.etag)
