"""Private files in a bucket that speaks S3, by django-storages and boto3."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from pluc.private_files import CHUNK, NO_ADDRESS, StoreAway

PATIENCE = 10  # seconds
NOT_THERE = {"404", "NoSuchKey", "NotFound"}


@contextmanager
def told_as_files() -> Iterator[None]:
    """Raises errors of the bucket as those of files: not there, or away for now."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in NOT_THERE:
            raise FileNotFoundError(code) from error
        raise StoreAway(f"the bucket answers {code}") from error
    except BotoCoreError as error:
        raise StoreAway(type(error).__name__) from error  # its text may name the file


class BucketFiles(S3Storage):
    """Nothing in it is public, and no address of its own is ever handed out."""

    def get_default_settings(self) -> dict[str, Any]:
        ours = {
            "default_acl": None,
            "file_overwrite": False,
            "signature_version": "s3v4",
            "addressing_style": "path",
            "client_config": Config(
                connect_timeout=PATIENCE,
                read_timeout=PATIENCE,
                retries={"total_max_attempts": 2, "mode": "standard"},
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # Buckets that are not Amazon's do not know the checksums that boto3 sends.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }
        return super().get_default_settings() | ours

    def part(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """`length` bytes from `start`, in chunks, and nothing else is fetched.

        Raises `FileNotFoundError` or `StoreAway` before the first chunk.
        """
        if length <= 0:
            return iter(())
        wanted = f"bytes={start}-{start + length - 1}"
        with told_as_files():
            body = self.bucket.Object(self._normalize_name(name)).get(Range=wanted)["Body"]
        return self._read(body)

    def _read(self, body: Any) -> Iterator[bytes]:
        try:
            with told_as_files():
                yield from body.iter_chunks(CHUNK)
        finally:
            body.close()

    def _save(self, name: str, content: Any) -> str:
        with told_as_files():
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        with told_as_files():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with told_as_files():
            super().delete(name)

    def url(self, *args: Any, **options: Any) -> str:
        raise NotImplementedError(NO_ADDRESS)
