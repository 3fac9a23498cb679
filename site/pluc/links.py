"""Addresses that cross hosts: always absolute, always from the settings, never from the request."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


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
