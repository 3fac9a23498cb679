"""What a document may read while it is rendered: our own static files, and nothing else."""

import mimetypes
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# A host that cannot exist (RFC 2606) stands for our static files.
STATIC_BASE = "https://static.invalid/"


class ForbiddenAddress(FatalURLFetchingError):
    """A document asked for something that is no static file of ours."""


class OwnFilesFetcher(URLFetcher):
    """Reads static files; whatever else a document names stops the rendering (STANDARDS 6.23)."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(STATIC_BASE)
        found = finders.find(name) if url.startswith(STATIC_BASE) and ".." not in name else None
        if not found:
            raise ForbiddenAddress(f"A document may not fetch {url}")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})
