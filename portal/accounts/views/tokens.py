"""Addresses that hold a token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse


def with_token(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose address holds a token: nothing on its page may be measured."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.has_token_in_address = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return marked
