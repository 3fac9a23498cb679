"""Addresses of pages, computed from `url_path` and language: no query, no cache.

There is one site. Its home pages stand at `/home/` (Dutch) and `/home-<language>/` in Wagtail's
tree; the slugs of both are locked. Everything else follows from `url_path` and the language.
"""

from django.conf import settings
from wagtail.models import Page


def home_path(language: str) -> str:
    """The `url_path` of a language's home page."""
    return "/home/" if language == settings.LANGUAGE_CODE else f"/home-{language}/"


def language_prefix(language: str) -> str:
    """What stands before a path in the address: nothing, or `/en`."""
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def page_path(page: Page) -> str:
    """The path part of a page's address, as in `/en/blog/some-post/`."""
    home, _, rest = page.url_path.strip("/").partition("/")
    language = home.partition("-")[2] or settings.LANGUAGE_CODE
    return f"{language_prefix(language)}/{rest}/" if rest else f"{language_prefix(language)}/"


def absolute(path: str) -> str:
    """A path on the public site as an absolute address."""
    return f"{settings.SITE_URL}{path}"
