"""A store that speaks S3 on loopback (moto), started once per run for the tests that want it."""

from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from django.core.files.storage import storages

from pluc.private_files import storage_of

numbers = count(1)


@cache
def bucket_server() -> str:
    """Host and port. It ends with the run: its thread is a daemon's."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    return f"{host}:{port}"


def bucket() -> Any:
    """A storage in a new, empty bucket."""
    name = f"pluc-{next(numbers)}"
    address = f"s3://key:se%2Fcret@{bucket_server()}/{name}?tls=no"
    storage: Any = storages.create_storage(storage_of(address, Path()))
    storage.connection.create_bucket(Bucket=name)
    return storage
