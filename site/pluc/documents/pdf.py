"""The one way a PDF is written: tagged (PDF/UA-1), in the site's look, from our own files only."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# A host that cannot exist (RFC 2606) stands for our static files.
STATIC_BASE = "https://static.invalid/"


class ForbiddenAddress(FatalURLFetchingError):
    """A document asked for something that is no static file of ours."""


class OwnFilesFetcher(URLFetcher):  # type: ignore[misc]
    """Reads static files; whatever else a document names stops the rendering (STANDARDS 6.23)."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(STATIC_BASE)
        found = finders.find(name) if url.startswith(STATIC_BASE) and ".." not in name else None
        if not found:
            raise ForbiddenAddress(f"A document may not fetch {url}")
        return URLFetcherResponse(url, Path(found).read_bytes())


def render_pdf(template: str, context: dict[str, Any], *, language: str) -> bytes:
    """The template as a PDF/UA-1 document in a language.

    The template needs a `lang`, a `<title>` and headings in order. Raises `ForbiddenAddress` when
    it names anything but static files.
    """
    with translation.override(language):
        html = render_to_string(template, context | {"static_base": STATIC_BASE})
    document = HTML(string=html, base_url=STATIC_BASE, url_fetcher=OwnFilesFetcher())
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))
