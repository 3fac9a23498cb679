"""What a document may read while it is rendered: our own static files, and nothing else."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

# A host that cannot exist (RFC 2606) stands for our static files.
STATIC_BASE = "https://static.invalid/"


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
