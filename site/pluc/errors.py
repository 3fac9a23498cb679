"""What people see when something is not there, was asked in a way that means nothing, or failed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template import loader


class NotHere(Http404):
    """Nothing is there, and we know what was looked for: the page says so, and shows a way on.

    The request remembers it: Wagtail's 404 hands on no more.
    """

    def __init__(self, request: HttpRequest, sentence: str, *, url: str, label: str) -> None:
        super().__init__(sentence)
        self.sentence, self.url, self.label = sentence, url, label
        request.missed = self  # type: ignore[attr-defined]


def nowhere(request: HttpRequest) -> HttpResponse:
    """An address of a library's that is closed here. Raises `Http404`."""
    raise Http404


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page in the site's look that helps one on."""
    return HttpResponse(loader.get_template("404.html").render({}, request), status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For what no form or link of ours sends. Needs neither database nor request."""
    return HttpResponse(loader.get_template("400.html").render(), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs neither database nor request."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: most often a browser that blocks cookies (P36)."""
    context = {"cookies_are_blocked": reason == REASON_NO_CSRF_COOKIE}
    return HttpResponse(loader.get_template("403_csrf.html").render(context, request), status=403)
