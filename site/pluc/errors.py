"""The error pages: 400, 403 for a form without its token, 404, 500 and 503."""

import sys
from typing import Any, TypeVar

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template import loader
from django.utils import translation

from pluc.hosts import is_same_origin
from pluc.language import language_of_path
from pluc.locks import expect_lock
from pluc.on_request import Left
from pluc.outages import RETRY_AFTER, outage

T = TypeVar("T")
MISSED = Left["NotHere"]("missed")


def or_not_found(row: T | None) -> T:
    """The row. Raises `Http404` where there is none."""
    if row is None:
        raise Http404
    return row


class NotHere(Http404):
    """A 404 whose page says what is missing (`sentence`) and links to where to go on (`url`).

    Kept on the request for the page: Wagtail's own 404 replaces the exception.
    """

    def __init__(self, request: HttpRequest, sentence: str, *, url: str, label: str) -> None:
        super().__init__(sentence)
        self.sentence, self.url, self.label = sentence, url, label
        MISSED.put(request, self)


def nowhere(request: HttpRequest) -> HttpResponse:
    """View of a library's address that is closed here. Raises `Http404`."""
    raise Http404


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for 404, with the site's menu and search."""
    return HttpResponse(loader.get_template("404.html").render({}, request), status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for 400. Needs neither database nor request."""
    return HttpResponse(loader.get_template("400.html").render(), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for 500, which needs neither database nor request; for an outage, that for 503."""
    error = sys.exception()
    if outage(error):
        expect_lock(error)
        return unavailable(request)
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page for 503, with what was typed, ready to be sent again.

    It asks nothing of database or cache. The language is read from the path: an outage may come
    before the middleware that sets it.
    """
    with translation.override(language_of_path(request.path_info)):
        context = {"address": request.get_full_path(), **typed(request)}
        content = loader.get_template("503.html").render(context)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(content, status=503, headers=headers)


def typed(request: HttpRequest) -> dict[str, Any]:
    """What a form posted, for `503.html`: nothing if it came from elsewhere, or held files.

    Only a page of ours may have its form shown again: sent from ours, it would pass for ours.
    Passwords never stand in a page; they are asked for anew.
    """
    if request.method != "POST":
        return {}
    try:
        data, files = request.POST, request.FILES
    except (OSError, SuspiciousOperation, MultiPartParserError):  # the form itself is broken
        return {"is_posted": True}
    if files or not data or not is_same_origin(request):
        return {"is_posted": True}
    fields = [(name, value) for name, values in data.lists() for value in values]
    return {
        "is_posted": True,
        "fields": [field for field in fields if not is_secret(field[0])],
        "secrets": [name for name in data if is_secret(name)],
    }


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a password."""
    return "password" in name


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without its token: most often the browser blocks cookies (P36)."""
    context = {"cookies_are_blocked": reason == REASON_NO_CSRF_COOKIE}
    return HttpResponse(loader.get_template("403_csrf.html").render(context, request), status=403)
