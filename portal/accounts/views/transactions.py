"""Views of libraries in one transaction with the mail that tells of the change (STANDARDS 7.7)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse


def atomic_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """One transaction for a POST; none for reading, which on SQLite would wait for every writer."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return wrapped
