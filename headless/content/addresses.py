"""Addresses of the API itself, absolute: answers are read on others' machines."""

from django.conf import settings
from django.urls import reverse

from pluc.links import PUBLIC_URLCONF


def api_address(name: str, **kwargs: object) -> str:
    """The absolute address of a named part of the API."""
    return settings.SITE_URL + reverse(f"api:{name}", urlconf=PUBLIC_URLCONF, kwargs=kwargs)
