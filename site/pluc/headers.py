"""Headers of every response beyond Django's own, per door (STANDARDS 6.1 to 6.3, 6.19)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pluc import content_security_policy
from pluc.hosts import DOOR, Door
from pluc.on_request import Left

# What django-csp looks for on a response.
POLICY_REPLACED = Left[dict[str, Any]]("_csp_replace")
POLICY_UPDATED = Left[dict[str, Any]]("_csp_update")
# Whether somebody signed out by this request.
SIGNED_OUT = Left("signed_out", False)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class HeadersMiddleware:
    """Sets the headers about embedding, caching and what a browser may use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        door = DOOR.read(request)
        if door is Door.STAFF:
            POLICY_REPLACED.put(response, content_security_policy.STAFF)
            response.headers["X-Frame-Options"] = "SAMEORIGIN"  # previews stand in a frame
        if door is not Door.PUBLIC:
            response.headers.setdefault("Cache-Control", "no-store")
        if SIGNED_OUT.read(request):
            # Never "cookies": that would wipe the consent choice and the opt-out.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
