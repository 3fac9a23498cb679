"""A worker and who pauses an issue change the same mails at the same time, and neither is ended."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from pluc.outbox import batches, bulk
from pluc.outbox.models import Mail

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.thorough]
EVENT, TEMPLATE = "harvest:1", "tests/harvest"
State = Mail.State
SECONDS = 1.5
MAILS = 120


def send() -> None:
    """What a worker does between claiming a batch and letting it go."""
    batch = batches.claim(EVENT, TEMPLATE)
    for at in range(0, len(batch.mails), batches.STORED_EVERY):
        batches.mark(batch, batch.mails[at : at + batches.STORED_EVERY])
    keys = [mail.pk for mail in batch.mails]
    Mail.objects.filter(pk__in=keys, state=State.SENDING).update_in_order(state=State.WAITING)
    batch.settle(batch.mails, state=State.WAITING)


def pause_and_go_on() -> None:
    bulk.pause(EVENT)
    bulk.go_on(EVENT)


def again_and_again(do: Callable[[], None]) -> int:
    """Does it until the time is over; returns how often. Raises what it raises."""
    until, times = time.monotonic() + SECONDS, 0
    try:
        while time.monotonic() < until:
            do()
            times += 1
    finally:
        connection.close()
    return times


def test_neither_waits_for_what_waits_for_it() -> None:
    addressees = (bulk.Addressee(f"{n}@klant.example", None, "Peren") for n in range(MAILS))
    bulk.post_bulk(event=EVENT, template=TEMPLATE, addressees=addressees)
    with ThreadPoolExecutor() as threads:
        done = list(threads.map(again_and_again, [send, pause_and_go_on, send]))
    assert all(done)
    assert Mail.objects.count() == MAILS
