"""What every answer to a GET of the API has: its language, limits, ETag, `Cache-Control`, 304.

`router.add_decorator(reads(), mode="view")` gives it to all operations of a router. What is
of one asker alone, or is to be looked up each time, takes `reads(seconds=0)`: nobody keeps it.
304, and the headers by which scripts of other sites may read it, are `headless.answers.doorway`'s.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from headless.answers.limits import READ, count_request, tell_rooms
from headless.answers.problems import Refusal
from headless.answers.queries import locale_in, operation_of, require_known
from pluc.conditional import etag_of
from pluc.on_request import Left

MINUTE = 60  # seconds that anybody may keep an answer
Run = Callable[..., HttpResponse]


# Left on an answer: `headless.answers.doorway` may give it again.
MAY_BE_GIVEN_AGAIN = Left("api_may_be_given_again", False)


def reads(*, seconds: int = MINUTE, is_strict: bool = True) -> Callable[[Run], Run]:
    """Decorator of a reading operation; `seconds` is how long its answers may be kept.

    One that is not strict takes parameters that it does not know, and does nothing with them.
    """

    def decorate(run: Run) -> Run:
        operation = operation_of(run)

        @wraps(run)
        def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            language = locale_in(request.GET)
            with translation.override(language):
                try:
                    count_request(request, READ)
                    if is_strict:
                        require_known(request, operation)
                    answer = run(request, **kwargs)
                except Refusal as refusal:
                    answer = operation.api.on_exception(request, refusal)
            answer.headers.setdefault("Content-Language", language)  # a page says its own
            tell_rooms(request, answer)
            return to_keep(request, answer, seconds)

        return answered

    return decorate


def to_keep(request: HttpRequest, answer: HttpResponse, seconds: int) -> HttpResponse:
    """Says how long anybody may keep a good answer, and by which ETag they ask for it again."""
    if not seconds or answer.status_code != HTTPStatus.OK:
        answer["Cache-Control"] = "no-store"
        return answer
    shows_token = "Authorization" in request.headers
    answer["Cache-Control"] = f"{'private' if shows_token else 'public'}, max-age={seconds}"
    answer["ETag"] = etag_of(answer.content)
    patch_vary_headers(answer, ["Authorization"])  # a token that does not hold is answered with 401
    MAY_BE_GIVEN_AGAIN.put(answer, True)
    return answer
