"""Serves image renditions. Originals lie in another folder, which no address serves."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest

ONE_YEAR = 31_536_000
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def rendition(request: HttpRequest, name: str) -> FileResponse:
    """One rendition, cacheable for ever: a changed picture gets a new name.

    Raises `Http404` for a name that is no image's, or that leads out of the folder.
    """
    content_type = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
    if content_type is None:
        raise Http404
    try:
        file = storages["renditions"].open(name)
    except (OSError, SuspiciousFileOperation, ValueError) as error:  # a NUL is a ValueError
        raise Http404 from error
    response = FileResponse(file, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
