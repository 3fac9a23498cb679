"""Where files lie that leave only through a view which asks who may have them (P03, P05).

`PRIVATE_FILES_URL` says where: a folder in `DATA_DIR`, or a bucket that speaks S3. Both storages
can read a part of a file, so that a range of a large file costs no more than its own bytes.
"""

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage, storages

from pluc.environment import parts_of

ALIAS = "private_files"
CHUNK = 256 * 1024  # bytes that are read at once
NO_ADDRESS = "Private files have no address: they leave through a view."
LOOK_LIKE = "PRIVATE_FILES_URL must look like s3://key:secret@host/bucket?region=eu-west-1."
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class StoreAway(OSError):
    """The bucket cannot be reached, or does not answer: an outage, no fault of ours."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EIO, reason)


class PrivateStorage(Protocol):
    """What is asked of a storage of private files."""

    def save(self, name: str, content: Any) -> str: ...

    def delete(self, name: str) -> None: ...

    def part(self, name: str, start: int, length: int) -> Iterator[bytes]: ...


class LocalFiles(FileSystemStorage):
    """Private files in a folder."""

    def part(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """`length` bytes from `start`, in chunks. Raises `FileNotFoundError` before the first."""
        file = self.open(name)
        return self._read(file, start, length)

    def url(self, name: str | None) -> str:
        raise NotImplementedError(NO_ADDRESS)

    def _read(self, file: Any, start: int, length: int) -> Iterator[bytes]:
        with file:
            file.seek(start)
            while length > 0 and (chunk := file.read(min(CHUNK, length))):
                length -= len(chunk)
                yield chunk


def private_files() -> Storage:
    """The storage itself; columns for files take it, so that migrations name no place."""
    return storages[ALIAS]


def storage_of(address: str, folder: Path) -> dict[str, Any]:
    """The entry of `STORAGES`: the folder where no address is given, else the bucket it names.

    Raises `ImproperlyConfigured` for an address that cannot be; what it says repeats no secret.
    """
    if not address:
        options = {"location": str(folder), "file_permissions_mode": 0o600}
        return {"BACKEND": "pluc.private_files.LocalFiles", "OPTIONS": options}
    return {"BACKEND": "pluc.private_s3.BucketFiles", "OPTIONS": bucket_options(address)}


def bucket_options(address: str) -> dict[str, Any]:
    """What django-storages needs, of `s3://key:secret@host[:port]/bucket?region=…&tls=no`.

    Without encryption only on this very machine: the files would travel in plain text.
    """
    try:
        parts = parts_of("PRIVATE_FILES_URL", address)
        query = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except (ImproperlyConfigured, ValueError):
        raise ImproperlyConfigured(LOOK_LIKE) from None  # an address in it may hold the secret
    bucket = parts.path.strip("/")
    is_whole = parts.hostname and parts.username and parts.password and bucket
    if parts.scheme != "s3" or not is_whole or "/" in bucket or set(query) - {"region", "tls"}:
        raise ImproperlyConfigured(LOOK_LIKE)
    tls = query.get("tls", ["yes"])
    if tls not in (["yes"], ["no"]) or (tls == ["no"] and parts.hostname not in THIS_MACHINE):
        raise ImproperlyConfigured(
            "PRIVATE_FILES_URL may say tls=no for this very machine only, and else tls=yes."
        )
    scheme = "https" if tls == ["yes"] else "http"
    return {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
        "bucket_name": bucket,
        "region_name": query.get("region", ["us-east-1"])[0],
    }
