"""Answers whose time tells nothing."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

# Seconds. Well above what any of these forms takes, and less than a hash of a password does.
LEAST = 0.1


def steady_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A POST is answered after the same time, whatever was found on the way (STANDARDS 6.9).

    Goes around the transaction, so that nobody waits for a lock meanwhile. What takes longer than
    `LEAST` is not made longer.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        end = time.monotonic() + LEAST
        answer = view(request, *args, **kwargs)
        time.sleep(max(end - time.monotonic(), 0))
        return answer

    return wrapped
