"""Headers of every response beyond Django's own, per door (STANDARDS 6.1 to 6.3, 6.19)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pluc import content_security_policy
from pluc.hosts import Door

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
        door = request.door  # type: ignore[attr-defined]
        if door is Door.STAFF:
            response._csp_replace = content_security_policy.STAFF  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"  # previews stand in a frame
        if door is not Door.PUBLIC:
            response.headers.setdefault("Cache-Control", "no-store")
        if getattr(request, "signed_out", False):
            # Never "cookies": that would wipe the consent choice and the opt-out.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
