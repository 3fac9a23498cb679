"""Addresses that cross hosts: always absolute, always from the settings, never from the request."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from pluc.hosts import DOOR, Door

PUBLIC_URLCONF = "pluc.urls.public"


def site_base(request: HttpRequest) -> str:
    """What stands before a public path: nothing, or the site's address where another host asks."""
    is_elsewhere = not settings.ONE_HOST and DOOR.read(request) is not Door.PUBLIC
    return settings.SITE_URL if is_elsewhere else ""


def public_address(request: HttpRequest, name: str) -> str:
    """The address of a named public view, as seen from the request's host."""
    return site_base(request) + reverse(name, urlconf=PUBLIC_URLCONF)


def site_address(path: str) -> str:
    """The absolute address of a path on the public site."""
    return settings.SITE_URL + path


def portal_origin() -> str:
    """Scheme and host that serve the portal and the staff screens."""
    parts = urlsplit(settings.PORTAL_URL)
    return f"{parts.scheme}://{parts.netloc}"


def portal_address(name: str, **kwargs: object) -> str:
    """The absolute address of a named portal view, in the active language."""
    return portal_origin() + reverse(name, urlconf=settings.PORTAL_URLCONF, kwargs=kwargs)
