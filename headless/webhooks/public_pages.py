"""Which pages the API shows, so that endpoints are told of these and of no other."""

from wagtail.models import Page
from wagtail.query import PageQuerySet


def public_pages() -> PageQuerySet:
    """Pages that are live, for everybody, and not marked "not for the API"."""
    return Page.objects.live().public().filter(depth__gt=1)
