"""Answers malformed requests with 400 or 404, never with a failure (docs/decisions/0017)."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldError, ObjectDoesNotExist, ValidationError
from django.core.paginator import InvalidPage
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch

from pluc.errors import bad_request
from pluc.hosts import DOOR, Door

log = logging.getLogger("pluc.requests")

# PostgreSQL stores no such character, and nothing that people type holds it.
NUL = "\0"
# Whose views trust that what is sent came from their own screens.
LIBRARIES = ("wagtail", "wagtail_localize", "allauth")
# What such a view raises where it did not: a number that is none, a field that is missing, a row
# that does not exist, an address that is none, a value that its column cannot hold.
SENDERS_FAULTS = (
    ArithmeticError,
    AttributeError,
    DataError,
    FieldError,
    IntegrityError,
    InvalidPage,
    LookupError,
    NoReverseMatch,
    ObjectDoesNotExist,
    TypeError,
    ValidationError,
    ValueError,
)


class SoundRequestMiddleware:
    """A path with a NUL is nowhere (404); from a query a NUL is left out. In a form it is a fault
    of its field, which the form itself tells.

    Stands after those that say who asks (the 404 is in the site's look), and before everything
    that looks something up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        if query := request.META.get("QUERY_STRING"):
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *arguments: Any) -> None:
        """Raises `Http404` for an export of a list that has none, or in a format that it has not.

        Wagtail would export any list, with nothing in it or more than the list shows.
        """
        kind = request.GET.get("export")
        is_staffs = DOOR.read(request) is Door.STAFF
        if is_staffs and kind is not None and kind not in formats_of(view):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """400 where a library's own view failed on what was sent. Logged as an error all the same:
        it may be a fault of the library's on a request that is sound. Views that are ours alone get
        no such help.
        """
        view = request.resolver_match and request.resolver_match.func
        if not is_of_a_library(view) or not isinstance(exception, SENDERS_FAULTS):
            return None
        log.error("%s %s failed", request.method, request.path, exc_info=exception)
        return bad_request(request, exception)


def formats_of(view: Any) -> tuple[str, ...]:
    """The formats that a list of Wagtail's can be exported in; none where it names no columns."""
    kind = getattr(view, "view_class", None)
    columns = getattr(view, "view_initkwargs", {}).get("list_export")
    columns = columns or getattr(kind, "list_export", None)
    formats: tuple[str, ...] = getattr(kind, "FORMATS", ())
    return formats if columns else ()


def is_of_a_library(view: Any) -> bool:
    """Whether a view is a library's own, or one of ours that the library handles requests for."""
    kind = getattr(view, "view_class", None)
    makers = kind.__mro__ if kind else (view,)
    return any(str(one.__module__).partition(".")[0] in LIBRARIES for one in makers)
