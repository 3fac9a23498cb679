"""A worker in a process of its own, on the database of the tests, that is killed with -9."""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings

from tests import built_assets, databases
from tests.post_offices import free_port
from tests.run import ROOT, environment, own_folder

PATIENCE = 120  # seconds
# Loads once, and forks a worker for each line that it is told: what to run first, and its tasks.
# They are done one after the other, over and over, without waiting for a minute of the clock.
NURSERY = """
import json, os, sys
import django
django.setup()
from headless.webhooks.tasks import keep_telling
from pluc.outbox.tasks import send_due
from portal.certificates.tasks import keep_making
from portal.enrolments.tasks import keep_supplies_moving
from portal.newsletter.tasks import keep_sending
for line in sys.stdin:
    first, tasks = json.loads(line)
    worker = os.fork()
    if not worker:
        exec(first)
        while True:
            exec(tasks)
    print(worker, flush=True)
    print(os.waitpid(worker, 0)[1], flush=True)
"""


class Nursery:
    """Where the workers of a test process come from. All have one `DATA_DIR` and one mail server.

    Nothing holds an issue back: its rates are those without a limit.
    """

    def __init__(self) -> None:
        self.mail_port = free_port()
        self.folder: Path = own_folder() / "workers"
        self.folder.mkdir()
        built_assets.copy_into(self.folder)
        variables = environment(
            DATA_DIR=str(self.folder),
            DATABASE_URL=databases.own_address(),
            DJANGO_SETTINGS_MODULE="pluc.settings",
            EMAIL_URL=f"smtp://127.0.0.1:{self.mail_port}",
            NEWSLETTER_DOMAIN_RATE="0",
            NEWSLETTER_KEY=settings.SUPPRESSION_KEYS[0],
            NEWSLETTER_RATE="0",
            PYTHONPATH=f"{ROOT / 'site'}:{ROOT}",
            SECRET_KEY=settings.SECRET_KEY,
        )
        with (self.folder / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", NURSERY],
                cwd=ROOT,
                env=variables,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        atexit.register(self.process.communicate)

    def fork(self, first: str, tasks: str) -> int:
        assert self.process.stdin
        self.process.stdin.write(json.dumps([first, tasks]).encode() + b"\n")
        return self.told()

    def told(self) -> int:
        """The next number that it tells: the process of a worker, or how that one ended."""
        assert self.process.stdout
        assert select.select([self.process.stdout], [], [], PATIENCE)[0], "it took too long"
        return int(self.process.stdout.readline())


@cache
def nursery() -> Nursery:
    return Nursery()


class Worker:
    """Does some of the worker's tasks over and over, as in `Worker("send_due()")`."""

    def __init__(self, tasks: str) -> None:
        self.tasks = tasks
        self.pid: int | None = None
        self.folder, self.mail_port = nursery().folder, nursery().mail_port

    def start(self, first: str = "") -> None:
        """Runs `first` before its tasks: what kills it when nobody outside could (`dies_at`)."""
        self.pid = nursery().fork(first, self.tasks)

    def kill(self) -> None:
        if self.pid is not None:
            os.kill(self.pid, signal.SIGKILL)
            self.dies()

    def dies(self) -> None:
        """Waits until it was killed, or has killed itself."""
        assert nursery().told() == signal.SIGKILL
        self.pid = None


def dies_at(module: str, name: str, *, call: int) -> str:
    """What a worker runs first, to kill itself after so many calls of a function."""
    return f"""
import os, signal
import {module} as of
original, calls = of.{name}, []
def dies(*args, **kwargs):
    answer = original(*args, **kwargs)
    calls.append(1)
    if len(calls) == {call}:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
of.{name} = dies
"""


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.01)
