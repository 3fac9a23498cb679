"""Addresses that hold a token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from legal.consent.decision import HAS_TOKEN


def with_token(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose address holds a token: nothing on its page may be measured."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        HAS_TOKEN.put(request, True)
        return view(request, *args, **kwargs)

    return marked
