"""Endpoints are told while the worker is killed with -9, twice (docs/decisions/0051).

The worst moment is when the receiver has taken a message and not said so yet. Then it goes once
more, under the same id, and what came after it waits.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from headless.webhooks.models import Delivery
from headless.webhooks.services import sending
from home.models import StandardPage
from tests.factories import StandardPageFactory
from tests.faults.workers import Worker, wait_until
from tests.receivers import Receiver, endpoint_at, receiving

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("committed")]
PAGES, CHANGES = 3, 5
BEFORE = 3  # of the changes; the others are there to be told when the worker is killed


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("keep_telling()")
    yield made
    made.kill()


def let_five_minutes_pass() -> None:
    """The claim of a worker that was killed is old by then."""
    before = timezone.now() - sending.CLAIM_LASTS - timedelta(seconds=1)
    Delivery.objects.filter(state=Delivery.State.SENDING).update(claimed_at=before)


def change_all(pages: list[StandardPage], numbers: range) -> None:
    """Each page is published, goes offline, is published again and so on."""
    for number in numbers:
        for page in pages:
            page.refresh_from_db()
            if number % 2:
                page.unpublish()
            else:
                page.save_revision().publish()


def kill_at_the_worst_moment(worker: Worker, receiver: Receiver) -> None:
    """Kills the worker once the receiver has taken a message that it does not answer."""
    wait_until(lambda: not receiver.answers.is_set())
    worker.kill()


def start_anew(worker: Worker, receiver: Receiver) -> None:
    receiver.answers.set()
    let_five_minutes_pass()
    worker.start()


def test_each_change_arrives_once_per_id_and_in_order(worker: Worker):
    with receiving() as receiver:
        _, secret = endpoint_at(receiver.address)
        worker.start()
        pages = [StandardPageFactory(live=False) for _ in range(PAGES)]
        change_all(pages, range(BEFORE))
        # Said before there is something to tell: the worker may be faster than this test.
        receiver.silent_from = len(receiver.got) + 1
        change_all(pages, range(BEFORE, CHANGES))
        kill_at_the_worst_moment(worker, receiver)
        receiver.silent_from = len(receiver.got) + 3
        start_anew(worker, receiver)
        kill_at_the_worst_moment(worker, receiver)
        start_anew(worker, receiver)
        open_ones = Delivery.objects.open()
        wait_until(lambda: not open_ones.exists())
        assert Delivery.objects.filter(state=Delivery.State.DELIVERED).count() == PAGES * CHANGES
    check(receiver, secret)


def check(receiver: Receiver, secret: str) -> None:
    messages = receiver.verified(secret)
    first_of: dict[str, dict[str, object]] = {}
    for (headers, _body), message in zip(receiver.got, messages, strict=True):
        known = first_of.setdefault(headers["webhook-id"], message)
        assert known == message, "the same id is the same message"
    assert len(first_of) == PAGES * CHANGES
    assert len(receiver.got) > len(first_of), "what was not answered went once more"
    in_order = defaultdict(list)
    for message in first_of.values():  # as each came first
        in_order[message["data"]["id"]].append(message["type"])
    expected = ["page.unpublished" if n % 2 else "page.published" for n in range(CHANGES)]
    assert list(in_order.values()) == [expected] * PAGES
