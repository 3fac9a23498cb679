"""A worker in a process of its own, on the database of the tests, that is killed with -9."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from tests import built_assets, databases
from tests.run import ROOT, environment, own_folder

PATIENCE = 120  # seconds
# What the worker does: tasks, one after the other, without waiting for a minute of the clock.
WORK = """
import django
django.setup()
{before}
while True:
{tasks}
"""


class Worker:
    """Does some of the worker's tasks over and over. It has a `DATA_DIR` of its own."""

    def __init__(self, folder: str, tasks: str, **variables: str) -> None:
        self.folder: Path = own_folder() / folder
        if not self.folder.exists():
            self.folder.mkdir()
            built_assets.copy_into(self.folder)
        self.tasks = "".join(f"    {line}\n" for line in tasks.split("\n"))
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = environment(
            DATA_DIR=str(self.folder),
            DATABASE_URL=databases.own_address(),
            DJANGO_SETTINGS_MODULE="pluc.settings",
            PYTHONPATH=f"{ROOT / 'site'}:{ROOT}",
            SECRET_KEY=settings.SECRET_KEY,
            **variables,
        )

    def start(self, before: str = "") -> None:
        """Runs `before` first: what kills it at a moment that cannot be met from outside."""
        work = WORK.format(before=before, tasks=self.tasks)
        with (self.folder / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", work], cwd=ROOT, env=self.environment, stderr=log
            )

    def kill(self) -> None:
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def dies(self) -> None:
        """Waits until it has killed itself."""
        assert self.process is not None
        assert self.process.wait(PATIENCE) == -signal.SIGKILL
        self.process = None


def dies_at(module: str, name: str, *, call: int) -> str:
    """What a worker runs `before` its tasks, to kill itself after so many calls of a function."""
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
