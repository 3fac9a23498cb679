"""Processes that die are replaced, or all end together (`pluc.serving.processes`)."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.families import PATIENCE, is_gone, wait_until_gone
from tests.run import ROOT, environment

pytestmark = pytest.mark.thorough

# Two processes, each with a child of its own, that say which numbers they have.
PROGRAM = """
import logging, os, signal, subprocess, sys, time
sys.path[:0] = ["site"]
from pluc.serving import limits
from pluc.serving.processes import Family

limits.PAUSE, limits.STOPPING = 0.05, 2
logging.basicConfig(format="%(message)s")

def live(name):
    child = subprocess.Popen(["sleep", "60"])
    # In one piece: two processes write to one pipe, and `print` may write word by word.
    os.write(1, f"{name} {os.getpid()} {child.pid}\\n".encode())
    if name == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if name == "broken":
        sys.exit(3)
    time.sleep(60)

targets = {name: lambda name=name: live(name) for name in sys.argv[1:]}
sys.exit(Family(targets, on_stop=lambda: print("stopping", flush=True)).run())
"""
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    begun: list[subprocess.Popen[str]] = []

    def begin(*names: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, *names]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def numbers(process: subprocess.Popen[str]) -> tuple[str, int, int]:
    """The next process that says so: its name, its number, and its child's."""
    name, own, child = process.stdout.readline().split()
    return name, int(own), int(child)


def test_a_process_that_is_killed_is_replaced_and_the_other_stays(start: Start):
    site = start("web", "worker")
    found = {name: (own, child) for name, own, child in (numbers(site), numbers(site))}
    os.kill(found["web"][0], signal.SIGKILL)
    assert site.stdout.readline().startswith("The web process ended with status -9")
    name, *again = numbers(site)
    assert name == "web"
    wait_until_gone(*found["web"])  # what the dead one had started as well
    assert not is_gone(found["worker"][0])
    site.send_signal(signal.SIGTERM)
    assert site.wait(PATIENCE) == 0
    wait_until_gone(*again, *found["worker"])


def test_a_crash_loop_ends_with_one_clear_line(start: Start):
    site = start("worker", "broken")
    lines = site.communicate(timeout=PATIENCE)[0].splitlines()
    assert site.returncode == 1
    last = "The broken process died 5 times within 60 seconds: everything stops."
    assert lines[-2:] == [last, "stopping"]
    begun = [line.split()[1:] for line in lines if len(line.split()) == 3]
    assert len(begun) == 6
    wait_until_gone(*(int(number) for pair in begun for number in pair))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_it_ends_however_stubborn(start: Start, number: signal.Signals):
    site = start("web", "stubborn")
    found = [*numbers(site)[1:], *numbers(site)[1:]]
    site.send_signal(number)
    assert site.wait(PATIENCE) == (-9 if number == signal.SIGKILL else 0)
    wait_until_gone(*found)
