"""What every answer to a POST of the API has: its language, limits, and that nobody keeps it.

`router.add_decorator(writes(), mode="view")` gives it to all operations of a router.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from headless.answers.limits import WRITE, count_request, tell_rooms
from headless.answers.problems import Refusal
from headless.answers.queries import locale_in, operation_of, require_known

Run = Callable[..., HttpResponse]


def writes() -> Callable[[Run], Run]:
    """Decorator of an operation that takes something in, or tells one asker what became of it."""

    def decorate(run: Run) -> Run:
        operation = operation_of(run)

        @wraps(run)
        def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            language = locale_in(request.GET)
            with translation.override(language):
                try:
                    count_request(request, WRITE)
                    require_known(request, operation)
                    answer = run(request, **kwargs)
                except Refusal as refusal:
                    answer = operation.api.on_exception(request, refusal)
            answer["Content-Language"] = language
            answer["Cache-Control"] = "no-store"
            tell_rooms(request, answer)
            return answer

        return answered

    return decorate
