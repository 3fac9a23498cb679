"""What the worker does for certificates. Each may run twice with one effect."""

import time
from uuid import UUID

from portal.certificates.queries.issuing import issuings_that_wait
from portal.certificates.services.making import make_batch

# A task is ended after a minute; what is left is gone on with within the next.
SECONDS = 40


def make(issuing_id: str) -> None:
    """Task: makes the certificates of one issuing."""
    end = time.monotonic() + SECONDS
    while make_batch(issuing_id=UUID(issuing_id)) and time.monotonic() < end:
        pass


def keep_making() -> None:
    """Task, each minute: goes on with whatever waits, also after a worker was killed."""
    end = time.monotonic() + SECONDS
    for issuing_id in issuings_that_wait():
        while time.monotonic() < end and make_batch(issuing_id=issuing_id):
            pass
