"""A worker in a process of its own, on the database of the tests, that is killed with -9."""

import json
import os
import select
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
# Starts once, and forks a worker for each line that it is told: what to run first. The worker does
# its tasks, one after the other, without waiting for a minute of the clock.
NURSERY = """
import json, os, sys
import django
django.setup()
{imports}
for line in sys.stdin:
    worker = os.fork()
    if not worker:
        exec(json.loads(line))
        while True:
            {tasks}
    print(worker, flush=True)
    print(os.waitpid(worker, 0)[1], flush=True)
"""


class Worker:
    """Does some of the worker's tasks over and over. It has a `DATA_DIR` of its own."""

    def __init__(self, folder: str, *, imports: str, tasks: str, **variables: str) -> None:
        self.folder: Path = own_folder() / folder
        if not self.folder.exists():
            self.folder.mkdir()
            built_assets.copy_into(self.folder)
        self.pid: int | None = None
        self.environment = environment(
            DATA_DIR=str(self.folder),
            DATABASE_URL=databases.own_address(),
            DJANGO_SETTINGS_MODULE="pluc.settings",
            PYTHONPATH=f"{ROOT / 'site'}:{ROOT}",
            SECRET_KEY=settings.SECRET_KEY,
            **variables,
        )
        with (self.folder / "worker.log").open("ab") as log:
            self.nursery = subprocess.Popen(
                [sys.executable, "-c", NURSERY.format(imports=imports, tasks=tasks)],
                cwd=ROOT,
                env=self.environment,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def start(self, first: str = "") -> None:
        """Runs `first` before its tasks: what kills it when nobody outside could (`dies_at`)."""
        assert self.nursery.stdin
        self.nursery.stdin.write(json.dumps(first).encode() + b"\n")
        self.pid = self.told()

    def kill(self) -> None:
        if self.pid is not None:
            os.kill(self.pid, signal.SIGKILL)
            self.dies()

    def dies(self) -> None:
        """Waits until it was killed, or has killed itself."""
        assert self.told() == signal.SIGKILL
        self.pid = None

    def told(self) -> int:
        """The next number from where workers come from: whose it is, or how it ended."""
        assert self.nursery.stdout
        assert select.select([self.nursery.stdout], [], [], PATIENCE)[0], "it took too long"
        return int(self.nursery.stdout.readline())

    def end(self) -> None:
        """Ends it and where it came from."""
        self.kill()
        self.nursery.communicate()


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
