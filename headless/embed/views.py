"""The module by which others' pages show our meetings, at an address that stays."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from pluc.conditional import unless_known

SOURCE = "embed/agenda.js"
# A mend reaches every partner's page within an hour, and who is offline keeps it for a week.
HEADERS = {
    "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800",
    # A module is fetched as CORS asks, whatever the site: it holds nothing that is anybody's.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@gzip_page
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """`<pluc-agenda>`, the web component (docs/decisions/0052)."""
    content_type = "text/javascript; charset=utf-8"
    answer = unless_known(request, HttpResponse(source(), content_type=content_type))
    for name, value in HEADERS.items():  # a 304 too: it answers for the copy that is kept
        answer[name] = value
    return answer


@cache
def source() -> bytes:
    return (settings.ROOT_STATIC / SOURCE).read_bytes()
