"""A program of the rush: `python -m tests.faults.rushers MEETING_ID FIRST COUNT CONNECTIONS`.

So many guests, numbered from FIRST, who all press the button at the same moment: each in a thread
with a connection of its own, or some behind each other where there are fewer connections. It says
"ready", waits for a line, and prints what each was told and how long it took, as JSON.
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django


def press(meeting_id: int, number: int, pressed_at: float) -> dict[str, Any]:
    """What the button does, and the seconds since everybody pressed it."""
    from portal.enrolments import services
    from portal.meetings.models import Meeting
    from tests.enrolling import attendee, order_for

    order = order_for(Meeting(pk=meeting_id, price=0), attendee(number))
    (told,) = services.enrol(order=order).told
    seconds = time.monotonic() - pressed_at
    return {"number": number, "seconds": seconds, "state": told.state, "line": told.place_in_line}


def warm_up(meeting_id: int, first: int) -> None:
    """What a server has done long before a rush: templates are read, modules loaded. Nothing of it
    stays."""
    from django.db import transaction

    with transaction.atomic():
        press(meeting_id, 10_000 + first, 0)
        transaction.set_rollback(True)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(meeting_id: int, first: int, count: int, connections: int) -> None:
    django.setup()
    from django.db import connection

    warm_up(meeting_id, first)
    gate = threading.Barrier(connections + 1)

    def connected() -> None:
        connection.ensure_connection()
        gate.wait()

    with ThreadPoolExecutor(connections, initializer=connected) as threads:
        for _ in range(connections):
            threads.submit(gate.wait)  # so that every thread is there before the first presses
        gate.wait()
        gate.wait()
        say("ready")
        sys.stdin.readline()
        now = time.monotonic()
        numbers = range(first, first + count)
        told = list(threads.map(lambda number: press(meeting_id, number, now), numbers))
    say(json.dumps(told))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
