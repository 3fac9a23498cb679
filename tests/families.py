"""Processes and what they started, as the system knows them (Linux)."""

import time
from pathlib import Path

PATIENCE = 20  # seconds: the machine may be busy


def children(number: int) -> list[int]:
    """The processes that a process has started and that are still there, oldest first."""
    return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def family(number: int) -> list[int]:
    """A process, and everything that it has started."""
    return [number, *(one for child in children(number) for one in family(child))]


def is_gone(number: int) -> bool:
    """Whether a process has ended; one that is a zombie counts as ended."""
    try:
        status = Path(f"/proc/{number}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def wait_until_gone(*numbers: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not all(map(is_gone, numbers)):
        assert time.monotonic() < deadline
        time.sleep(0.02)
