"""The worker is killed while it sends (STANDARDS 7.5, 7.6): kill -9, at the worst moment.

The worst moment is when the mail server has taken a message and not said so yet. Then nobody can
know: security mail goes once more, and a newsletter does not.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ
from django_q.status import Stat
from django_q.tasks import async_task

from pluc.outbox import services
from pluc.outbox.models import Mail
from tests import databases
from tests.live_site import free_port
from tests.run import ROOT, environment, own_folder

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("committed")]

EACH = 250  # mails of either kind; those about logins go first
KINDS = (Mail.Kind.SECURITY, Mail.Kind.NEWSLETTER)
HALFWAY = EACH - 10
PATIENCE = 90  # seconds


class PostOffice:
    """A mail server that counts what it takes. Halfway it falls silent after a message of each
    kind: it has taken it, and does not say so."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[tuple[str, str]] = []  # recipient and Message-ID
        self.silent_on = list(KINDS)
        self.cut_off: list[str] = []
        self.is_silent = True

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content)
        self.taken.append((envelope.rcpt_tos[0], message["Message-ID"]))
        if len(self.taken) >= HALFWAY and message["Subject"] in self.silent_on:
            self.silent_on.remove(message["Subject"])
            self.cut_off.append(envelope.rcpt_tos[0])
            while self.is_silent:
                await asyncio.sleep(0.01)
        return "250 OK"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    yield office
    office.is_silent = False
    controller.stop()


class Worker:
    """`manage.py qcluster` in a process group of its own, on this process's database."""

    def __init__(self, mail_port: int) -> None:
        folder = own_folder() / "worker"
        folder.mkdir(exist_ok=True)
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = environment(
            DATA_DIR=str(folder),
            DATABASE_URL=databases.own_address(),
            SECRET_KEY=settings.SECRET_KEY,
            EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
        )

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "qcluster"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """kill -9, for all of its processes at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def workers(office: PostOffice) -> Iterator[list[Worker]]:
    workers = [Worker(office.port), Worker(office.port)]
    yield workers
    for worker in workers:
        worker.kill()


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def post_all() -> None:
    with transaction.atomic():
        for number in range(EACH):
            for kind in KINDS:
                message = EmailMessage(kind, "Peren.", to=[f"{kind}-{number}@klant.example"])
                services.post(message=message, event="harvest", template="pears", kind=kind)


def ask_often() -> None:
    """Tasks enough for both workers: each takes more of them than it can do at once."""
    for _ in range(8):
        async_task("pluc.outbox.tasks.send_due")


def let_five_minutes_pass() -> None:
    """Claims and locks of the workers that were killed are old by then."""
    before = timezone.now() - services.CLAIM_LASTS - timedelta(seconds=1)
    Mail.objects.filter(state=Mail.State.SENDING).update(claimed_at=before)
    OrmQ.objects.update(lock=before)


def test_after_kill_9_security_mail_arrives_and_no_newsletter_arrives_twice(
    office: PostOffice, workers: list[Worker]
):
    for worker in workers:
        worker.start()
    wait_until(lambda: len(Stat.get_all()) == len(workers))
    post_all()
    ask_often()
    wait_until(lambda: len(office.cut_off) == len(KINDS))
    for worker in workers:
        worker.kill()
    security, newsletter = office.cut_off
    being_sent = Mail.objects.filter(state=Mail.State.SENDING)
    assert set(being_sent.values_list("recipient", flat=True)) == {security, newsletter}

    office.is_silent = False
    let_five_minutes_pass()
    workers[0].start()
    settled = Mail.objects.filter(state__in=[Mail.State.SENT, Mail.State.UNKNOWN])
    wait_until(lambda: settled.count() == len(KINDS) * EACH)
    times = Counter(recipient for recipient, _ in office.taken)
    assert times.pop(security) == 2, "nobody knew that it had arrived"
    assert set(times.values()) == {1}
    assert len(times) == len(KINDS) * EACH - 1, "all others arrived, once"
    assert len({identity for to, identity in office.taken if to == security}) == 1
    lost_sight_of = Mail.objects.exclude(state=Mail.State.SENT).get()
    assert (lost_sight_of.recipient, lost_sight_of.state) == (newsletter, Mail.State.UNKNOWN)
