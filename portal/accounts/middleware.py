"""Middleware for requests of signed-in users."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t

from pluc.hosts import DOOR, Door
from portal.accounts.permissions import needs_second_factor
from portal.accounts.queries import has_second_factor

SEEN = "second_factor_seen"
JSON = "application/json"  # asked by a script of ours, which cannot be sent elsewhere


class StaffDoorMiddleware:
    """For whoever is signed in and is no staff, the staff screens do not exist.

    Wagtail would send them to sign in, and signing in would send them back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if DOOR.read(request) is not Door.STAFF or not request.user.is_authenticated:
            return
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise Http404


def path_of(name: str) -> str:
    """A portal view's path: here the request's own address book is not open yet."""
    return reverse(name, urlconf=settings.PORTAL_URLCONF)


class SecondFactorMiddleware:
    """Over https, who sees data of others sets up a second factor first (STANDARDS 6.10).

    allauth asks for the factor at every sign-in; here it is only made sure that there is one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.HTTPS and self.must_be_sent_away(request):
            if JSON in (request.content_type, request.headers.get("Accept")):
                return JsonResponse({}, status=HTTPStatus.UNAUTHORIZED)
            messages.info(request, _t("Set up a second step first: you see data of others."))
            return redirect(path_of("mfa_index"))
        return self.get_response(request)

    def must_be_sent_away(self, request: HttpRequest) -> bool:
        if DOOR.read(request) is Door.PUBLIC or not request.user.is_authenticated:
            return False
        if request.path.startswith((path_of("account"), path_of("account_logout"))):
            return False
        if request.session.get(SEEN):
            return False
        if not needs_second_factor(request.user):
            return False  # not remembered: a role may be given during the session
        if has_second_factor(user=request.user):
            request.session[SEEN] = True
            return False
        return True
