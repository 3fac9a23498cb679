"""Serving pages: what Wagtail's own view does, in two queries instead of one per level."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from pluc.content.tree import Trail, trail_to
from pluc.generation import remembered
from pluc.language import language_of_path


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The live page at an address. Raises `Http404` where there is none."""
    trail = trail_of(request, request.path_info)
    if trail.page is None:
        return answer_below(request, trail.parent)
    page = page_at(trail)
    refusal = page.check_request_method(request)
    return refusal or page.serve(request)


def serve_below(request: HttpRequest) -> HttpResponse:
    """A file below a page, such as a calendar. Raises `Http404` where there is none."""
    above = request.path_info.rpartition("/")[0]
    return answer_below(request, trail_of(request, f"{above}/"))


def answer_below(request: HttpRequest, trail: Trail | None) -> HttpResponse:
    """What a page answers at an address below its own: the meetings of a course, a calendar.

    A page type that does so says `answers_below`. Raises `Http404` where there is none.
    """
    if trail is None or trail.page is None or not trail.page.specific_class.answers_below:
        raise Http404
    page = page_at(trail)
    refusal: HttpResponse | None = page.check_request_method(request)
    name = request.path_info.rstrip("/").rpartition("/")[2]
    return refusal or page.serve_below(request, name)


def page_at(trail: Trail) -> Any:
    """The live page at the end of a trail, with what its template needs. Raises `Http404`."""
    if trail.page is None:
        raise Http404
    kind = trail.page.specific_class
    try:
        page = kind._default_manager.for_display().get(pk=trail.page.pk, live=True)
    except kind.DoesNotExist:
        raise Http404 from None
    page.trail = trail
    return page


def trail_of(request: HttpRequest, address: str) -> Trail:
    """The trail to an address, found once per generation."""
    return remembered(
        request, ("trail", address), lambda: trail_to(address, language_of_path(address))
    )
