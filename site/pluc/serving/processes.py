"""The processes of the site: each is replaced when it dies, and all end together."""

import logging
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess

from pluc.serving import limits

logger = logging.getLogger(__name__)
MANY = 4096  # more files than are open when a process starts


class Ward:
    """A process with its name for the log, and the moments at which it died."""

    def __init__(self, name: str, target: Callable[[], None]) -> None:
        self.name = name
        self.target = target
        self.deaths: deque[float] = deque(maxlen=limits.DEATHS)

    def start(self, lifeline: tuple[int, int]) -> None:
        context = multiprocessing.get_context("fork")
        self.process: ForkProcess = context.Process(
            target=run_apart, args=[self.target, lifeline], name=self.name
        )
        self.process.start()

    def bury(self) -> bool:
        """Ends what a process that died had started; returns whether it has died too often."""
        self.process.join()
        self.signal(signal.SIGKILL)
        self.deaths.append(time.monotonic())
        first, last = self.deaths[0], self.deaths[-1]
        return len(self.deaths) == limits.DEATHS and last - first <= limits.DEATHS_WITHIN

    def signal(self, number: signal.Signals) -> None:
        """Signals the process. `SIGKILL` goes to its whole group."""
        send = os.killpg if number == signal.SIGKILL else os.kill
        try:
            send(self.process.pid or 0, number)
        except ProcessLookupError:
            return  # nothing of it is left


class Family:
    """The processes that make up the site, until a signal or a crash loop ends them."""

    def __init__(self, targets: dict[str, Callable[[], None]], on_stop: Callable[[], None]) -> None:
        self.on_stop = on_stop  # lets go of what we keep for them
        self.wards = [Ward(name, target) for name, target in targets.items()]
        self.lifeline = os.pipe()  # its end tells our processes that we are gone
        self.told, self.tell = os.pipe()  # a byte tells us to stop

    def run(self) -> int:
        """Returns the exit status: 0 after a signal, 1 after a crash loop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: os.write(self.tell, b"."))
        for ward in self.wards:
            ward.start(self.lifeline)
        try:
            return self.watch()
        finally:
            self.stop()

    def watch(self) -> int:
        while True:
            found = wait([self.told, *(ward.process.sentinel for ward in self.wards)])
            if self.told in found:
                return 0
            for ward in self.wards:
                if ward.process.sentinel in found and not self.replace(ward):
                    return 1

    def replace(self, ward: Ward) -> bool:
        """Starts a process that died anew, after a pause. `False` when it keeps dying."""
        if ward.bury():
            logger.error(
                "The %s process died %d times within %d seconds: everything stops.",
                ward.name,
                limits.DEATHS,
                limits.DEATHS_WITHIN,
            )
            return False
        logger.warning(
            "The %s process ended with status %s: another takes its place.",
            ward.name,
            ward.process.exitcode,
        )
        if not wait([self.told], limits.PAUSE):
            ward.start(self.lifeline)
        return True

    def stop(self) -> None:
        deadline = time.monotonic() + limits.STOPPING
        self.on_stop()
        for ward in self.wards:
            if ward.process.is_alive():
                ward.signal(signal.SIGTERM)
        for ward in self.wards:
            ward.process.join(max(0, deadline - time.monotonic()))
        for ward in self.wards:
            ward.signal(signal.SIGKILL)


def run_apart(target: Callable[[], None], lifeline: tuple[int, int]) -> None:
    """Runs a target in a process group of its own, so that Ctrl-C reaches our parent alone.

    A child of its own watches the lifeline, which closes when our parent is gone.
    """
    os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    ours, parents = lifeline
    os.close(parents)
    if os.fork():
        target()
    else:
        end_with_parent(ours)


def end_with_parent(lifeline: int) -> None:
    """Ends the process group when our parent was killed outright: gently first, then by force."""
    os.closerange(3, lifeline)  # the listener, above all
    os.closerange(lifeline + 1, MANY)
    leader = os.getpgrp()
    os.read(lifeline, 1)  # returns when nobody can write to it any more
    deadline = time.monotonic() + limits.STOPPING
    if os.getppid() == leader:
        os.kill(leader, signal.SIGTERM)
    while os.getppid() == leader and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(0, signal.SIGKILL)
