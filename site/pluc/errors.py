"""What people see when something is not there, or went wrong."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template import loader


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page in the site's look that helps one on."""
    return HttpResponse(loader.get_template("404.html").render({}, request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs neither database nor request."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: most often a browser that blocks cookies (P36)."""
    context = {"cookies_are_blocked": reason == REASON_NO_CSRF_COOKIE}
    return HttpResponse(loader.get_template("403_csrf.html").render(context, request), status=403)
