"""Requests that mean nothing are answered as such, before they reach a database (0017)."""

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDictKeyError

from pluc.errors import bad_request

log = logging.getLogger("pluc.requests")

# PostgreSQL stores no such character, and nothing that people type holds it.
NUL = "\0"
# A field that every page of ours sends is missing; a value that its column cannot hold.
SENDERS_FAULTS = (MultiValueDictKeyError, DataError)


class SoundRequestMiddleware:
    """Refuses what no browser sends: 404 for such a path, 400 for such a query, field or body.

    Stands after those that say who asks (the page is in the site's look), and before everything
    that looks something up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the query")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A fault of the sender's that a view of somebody else's did not expect."""
        if not isinstance(exception, SENDERS_FAULTS):
            return None
        log.warning("Refused %s %s", request.method, type(exception).__name__, exc_info=exception)
        return bad_request(request, exception)
