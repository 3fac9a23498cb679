"""The two front doors: which one a request comes through, and what is known at each.

`pluc.nl` knows no one: no session, no csrf cookie, so any page of it can be cached whole. The
portal and the staff screens know who is there. On one host the path tells them apart; otherwise
the host does, and the public host sends portal and staff addresses there (DESIGN, "What it is").
"""

import enum
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.middleware import csrf

from pluc.on_request import Left
from pluc.web_addresses import read_address

GetResponse = Callable[[HttpRequest], HttpResponse]

STAFF_PATH = "/beheer/"
PORTAL_PATHS = ("/mijn/", "/en/mijn/")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
METHODS = sorted(SAFE_METHODS | {"POST"})
# Only the translations' editor sends others. Django's delete views would delete by one unasked.
TRANSLATIONS_PATH = f"{STAFF_PATH}localize/"
TRANSLATIONS_METHODS = sorted({*METHODS, "PUT", "DELETE"})


class Door(enum.StrEnum):
    PUBLIC = "public"
    PORTAL = "portal"
    STAFF = "staff"


# On every request: `DoorMiddleware` comes before all that ask.
DOOR = Left[Door]("door")


def is_portal_host(request: HttpRequest) -> bool:
    """Whether the request came to the portal's own host."""
    host = request.get_host()
    return not settings.ONE_HOST and host == urlsplit(settings.PORTAL_URL).netloc


def door_of(request: HttpRequest) -> Door:
    """The door that the request came through."""
    if settings.ONE_HOST or is_portal_host(request):
        if request.path_info.startswith(STAFF_PATH):
            return Door.STAFF
        if is_portal_host(request) or request.path_info.startswith(PORTAL_PATHS):
            return Door.PORTAL
    return Door.PUBLIC


def portal_address(request: HttpRequest) -> str | None:
    """The address on the portal's host of a portal or staff path; `None` for other paths."""
    path = request.get_full_path()
    if request.path_info.startswith(STAFF_PATH):
        return settings.PORTAL_URL + path
    for prefix in PORTAL_PATHS:
        if request.path_info.startswith(prefix):
            return settings.PORTAL_URL + path.replace("/mijn/", "/", 1)
    return None


class DoorMiddleware:
    """Sets `request.door` and the URL conf of that door; refuses methods that no view takes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_translating = request.path_info.startswith(TRANSLATIONS_PATH)
        methods = TRANSLATIONS_METHODS if is_translating else METHODS
        if request.method not in methods:  # TRACE, above all (STANDARDS 6.6)
            return HttpResponseNotAllowed(methods)
        DOOR.put(request, door_of(request))
        if not settings.ONE_HOST:
            if is_portal_host(request):
                request.urlconf = settings.PORTAL_URLCONF
            elif target := portal_address(request):
                return HttpResponseRedirect(target)
        if request.method == "OPTIONS":  # asks what there is, and is to change nothing
            allowed = ", ".join(sorted(SAFE_METHODS | {"POST"}))
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": allowed})
        return self.get_response(request)


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours, by `Sec-Fetch-Site`, else `Origin`, `Referer`.

    A client that sends none of the three is refused (CONTRACT, Forms).
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    source = read_address(request.headers.get("Origin") or request.headers.get("Referer", ""))
    if source is None:
        return False
    return f"{source.scheme}://{source.netloc}" == f"{request.scheme}://{request.get_host()}"


def knows_someone(request: HttpRequest) -> bool:
    return DOOR.read(request) is not Door.PUBLIC


class SessionMiddleware(sessions.SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if knows_someone(request):
            key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
            if not (key.isascii() and key.isalnum()):  # as Django makes them; else no key at all
                request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        known = hasattr(request, "session")
        return super().process_response(request, response) if known else response


class AuthenticationMiddleware(auth.AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if knows_someone(request):
            super().process_request(request)
        else:
            request.user = AnonymousUser()


class CsrfViewMiddleware(csrf.CsrfViewMiddleware):
    """Public forms carry no token, and must come from a page of ours (CONTRACT, Forms)."""

    def process_request(self, request: HttpRequest) -> None:
        if knows_someone(request):
            super().process_request(request)

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        if knows_someone(request):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        exempt = request.method in SAFE_METHODS or getattr(callback, "csrf_exempt", False)
        return None if exempt or is_same_origin(request) else HttpResponseForbidden()


class MessageMiddleware(messages.MessageMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if knows_someone(request):
            super().process_request(request)
