"""Private files in a folder and in a bucket: whole, in part, gone, and when the bucket is away."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from pluc.outages import outage
from pluc.private_files import LocalFiles, StoreAway, bucket_options, storage_of
from tests.buckets import bucket

CONTENT = bytes(range(256)) * 3000  # more than two chunks


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return bucket() if request.param == "bucket" else LocalFiles(location=tmp_path)


def test_a_file_is_kept_read_in_part_and_deleted(storage: Any):
    name = storage.save("material/one.bin", ContentFile(CONTENT))
    assert storage.save(name, ContentFile(b"another")) != name  # nothing is overwritten
    assert b"".join(storage.part(name, 0, len(CONTENT))) == CONTENT
    assert b"".join(storage.part(name, 300_000, 300_000)) == CONTENT[300_000:600_000]
    assert b"".join(storage.part(name, 5, 1)) == CONTENT[5:6]
    assert b"".join(storage.part(name, 5, 0)) == b""
    storage.delete(name)
    assert not storage.exists(name)
    with pytest.raises(FileNotFoundError):
        storage.part(name, 0, 1)


def test_a_private_file_has_no_address_of_its_own(storage: Any):
    with pytest.raises(NotImplementedError):
        storage.url("material/one.bin")


def test_a_bucket_that_is_away_is_an_outage():
    storage: Any = storages.create_storage(
        storage_of("s3://key:secret@127.0.0.1:9/bucket?tls=no", Path())
    )
    with pytest.raises(StoreAway) as found:
        storage.part("material/one.bin", 0, 1)
    assert "the store of private files does not answer" in outage(found.value)


def test_a_bucket_is_told_by_its_address():
    options = bucket_options("s3://key:a%2Fb@s3.example:9000/files?region=eu-west-1")
    assert options == {
        "access_key": "key",
        "secret_key": "a/b",
        "endpoint_url": "https://s3.example:9000",
        "bucket_name": "files",
        "region_name": "eu-west-1",
    }


@pytest.mark.parametrize(
    "address",
    [
        "geheim",
        "s3://s3.example/bucket",
        "s3://key:geheim@s3.example",
        "s3://key:geheim@s3.example/a/b",
        "s3://key:geheim@s3.example:x/bucket",
        "s3://key:geheim@s3.example/bucket?acl=public",
        "s3://key:geheim@s3.example/bucket?tls=no",
        "s3://key:geheim@[/bucket",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_secret(address: str):
    with pytest.raises(ImproperlyConfigured, match="PRIVATE_FILES_URL") as found:
        bucket_options(address)
    assert "geheim" not in str(found.value)
