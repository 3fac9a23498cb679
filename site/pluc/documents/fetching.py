"""What a document may read while it is rendered: our own static files, and nothing else."""

import mimetypes
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# A host that cannot exist (RFC 2606) stands for our static files.
STATIC_BASE = "https://static.invalid/"


class ForbiddenAddress(FatalURLFetchingError):
    """A document asked for something that is no static file of ours."""


class OwnFilesFetcher(URLFetcher):
    """Reads static files; whatever else a document names stops the rendering (STANDARDS 6.23)."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        path = static_file(url)
        if path is None:
            raise ForbiddenAddress(f"A document may not fetch {url}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def static_file(url: str) -> Path | None:
    """The static file at an address below `STATIC_BASE`; `None` for whatever else is asked for."""
    name = url.removeprefix(STATIC_BASE)
    if not url.startswith(STATIC_BASE) or ".." in name:
        return None
    try:
        found = finders.find(name)
    except SuspiciousFileOperation:  # it leads out of the folders of static files
        return None
    return Path(found) if isinstance(found, str) and Path(found).is_file() else None
