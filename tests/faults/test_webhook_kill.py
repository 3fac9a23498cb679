"""Endpoints are told while the worker is killed with -9, twice (docs/decisions/0051).

The worst moment is when the receiver has taken a message and not said so yet. Then it goes once
more, under the same id, and what came after it waits.
"""

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from headless.webhooks.models import Delivery
from headless.webhooks.services import sending
from home.models import StandardPage
from tests import databases
from tests.factories import StandardPageFactory
from tests.receivers import Receiver, endpoint_at, receiving
from tests.run import ROOT, environment, own_folder

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("committed")]
PATIENCE = 60  # seconds
PAGES, CHANGES = 3, 3
# Django is loaded once; for each line a worker is forked from it, which does its task time and
# again without waiting for a minute of the clock.
WORK = """
import os, signal, sys
import django
django.setup()
from headless.webhooks import tasks
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    number = os.fork()
    while not number:
        tasks.keep_telling()
    print(number, flush=True)
"""


class Worker:
    """What the worker does for endpoints, in a process of its own that is killed with -9."""

    def __init__(self) -> None:
        folder = own_folder() / "webhook-worker"
        folder.mkdir(exist_ok=True)
        variables = environment(
            DATA_DIR=str(folder),
            DATABASE_URL=databases.own_address(),
            DJANGO_SETTINGS_MODULE="pluc.settings",
            PYTHONPATH=f"{ROOT / 'site'}:{ROOT}",
            SECRET_KEY=settings.SECRET_KEY,
        )
        self.number = 0
        self.source = subprocess.Popen(
            [sys.executable, "-c", WORK],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        assert self.source.stdin
        assert self.source.stdout
        self.source.stdin.write("another\n")
        self.source.stdin.flush()
        self.number = int(self.source.stdout.readline())

    def kill(self) -> None:
        if self.number:
            os.kill(self.number, signal.SIGKILL)
            self.number = 0


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.kill()
    made.source.kill()
    made.source.communicate()


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.01)


def let_five_minutes_pass() -> None:
    """The claim of a worker that was killed is old by then."""
    before = timezone.now() - sending.CLAIM_LASTS - timedelta(seconds=1)
    Delivery.objects.filter(state=Delivery.State.SENDING).update(claimed_at=before)


def change_all(pages: list[StandardPage]) -> None:
    """Each page is published, goes offline, is published again and so on."""
    for number in range(CHANGES):
        for page in pages:
            page.refresh_from_db()
            if number % 2:
                page.unpublish()
            else:
                page.save_revision().publish()


def kill_at_the_worst_moment(worker: Worker, receiver: Receiver) -> None:
    """Kills the worker once the receiver has taken a message that it does not answer."""
    receiver.answers.clear()
    taken = len(receiver.got)
    wait_until(lambda: len(receiver.got) > taken)
    worker.kill()
    receiver.answers.set()
    let_five_minutes_pass()


def test_each_change_arrives_once_per_id_and_in_order(worker: Worker):
    with receiving() as receiver:
        _, secret = endpoint_at(receiver.address)
        worker.start()
        pages = [StandardPageFactory(live=False) for _ in range(PAGES)]
        change_all(pages)
        for taken in (1, 4):
            wait_until(lambda taken=taken: len(receiver.got) >= taken)
            kill_at_the_worst_moment(worker, receiver)
            worker.start()
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
