"""The form to subscribe as part of the newsletter's page, which shows what `answer` returns."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def answer(request: HttpRequest, *, address: str, show: Callable[[], HttpResponse]) -> HttpResponse:
    """The page with the form (`show`)."""
    return show()


def visit_of(request: HttpRequest) -> object:
    """What `answer` found."""
    return None
