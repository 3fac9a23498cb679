"""The rush: `python -m tests.faults.rushers MEETING_ID PEOPLE PROCESSES CONNECTIONS`.

So many guests, who all press the button at the same moment: they are shared out over processes,
and there each has a thread with a connection of its own, or some stand behind each other where
there are fewer connections. Prints what each was told and how long it took, as JSON.
"""

import json
import multiprocessing
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import chain, repeat
from multiprocessing.synchronize import Barrier
from typing import Any

import django

# Where the processes wait for each other; if one fails, the others end after so many seconds.
EVERYBODY: Barrier
PATIENCE = 120


def press(meeting_id: int, number: int, pressed_at: float) -> dict[str, Any]:
    """What the button does, and the seconds since everybody pressed it."""
    from portal.enrolments import services
    from portal.meetings.models import Meeting
    from tests.enrolling import attendee, order_for

    order = order_for(Meeting(pk=meeting_id, price=0), attendee(number))
    (told,) = services.enrol(order=order).told
    seconds = time.monotonic() - pressed_at
    return {"number": number, "seconds": seconds, "state": told.state, "line": told.place_in_line}


def warm_up(meeting_id: int) -> None:
    """What a server has done long before a rush: templates are read, modules loaded. Nothing of it
    stays."""
    from django.db import transaction

    with transaction.atomic():
        press(meeting_id, 10_000, 0)
        transaction.set_rollback(True)


def pressed_by(meeting_id: int, numbers: range, connections: int) -> list[dict[str, Any]]:
    """What these guests were told; they press once everybody in all processes is there."""
    from django.db import connection

    gate = threading.Barrier(connections + 1)

    def connected() -> None:
        connection.ensure_connection()
        gate.wait()

    with ThreadPoolExecutor(connections, initializer=connected) as threads:
        for _ in range(connections):
            threads.submit(gate.wait)  # so that every thread is there before the first presses
        gate.wait()
        gate.wait()
        EVERYBODY.wait()
        now = time.monotonic()
        return list(threads.map(lambda number: press(meeting_id, number, now), numbers))


def main(meeting_id: int, people: int, processes: int, connections: int) -> None:
    """Loads everything once: the processes are forks."""
    global EVERYBODY
    django.setup()
    from django.db import connections as databases

    warm_up(meeting_id)
    databases.close_all()
    forks = multiprocessing.get_context("fork")
    EVERYBODY = forks.Barrier(processes, timeout=PATIENCE)
    shares = [range(first, people, processes) for first in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=forks) as pool:
        told = pool.map(pressed_by, repeat(meeting_id), shares, repeat(connections))
        sys.stdout.write(json.dumps(list(chain.from_iterable(told))))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
