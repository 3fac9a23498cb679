"""Answers that are given again, for as long as nothing was written in the database since.

The database itself says so, in a few microseconds: SQLite by its `data_version` and the changes of
this very connection, PostgreSQL by the snapshot that a query sees. So nothing has to be told to
this memory, whatever way a change comes in. Each connection, hence each thread, has its own.

Within a transaction nothing is remembered: what is written there may yet be undone.
"""

import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.http import HttpRequest

from pluc.outages import Unusable, outage

SECONDS = 10  # what an answer tells of the clock (still open, begun) is as old at most
MOST_ANSWERS = 100  # of one connection


@dataclass
class Memory:
    """The answers of one connection in one state of the database."""

    state: Hashable = None
    answers: dict[Hashable, tuple[float, Any]] = field(default_factory=dict)

    def move_to(self, state: Hashable) -> None:
        if state != self.state:
            self.state = state
            self.answers.clear()


class Memories(threading.local):
    """The memory of each thread's connection, and the connection that it is of."""

    def __init__(self) -> None:
        self.connection: Any = None
        self.memory = Memory()

    def of(self, connection: Any) -> Memory:
        if connection is not self.connection:  # numbers of another one mean something else
            self.connection, self.memory = connection, Memory()
        return self.memory


_memories = Memories()


def memory_now() -> Memory | None:
    """The memory of this connection, emptied if something was written since; `None` without one."""
    try:
        state = state_of_database()
    except Unusable as error:
        if not outage(error):
            raise
        return None  # whoever answers now says so
    if state is None:
        return None
    memory = _memories.of(connection.connection)
    memory.move_to(state)
    return memory


def state_of_database() -> Hashable | None:
    """A name for the state in which this connection sees the database; `None` where it has none."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.in_atomic_block:
        return None
    database.ensure_connection()
    if database.vendor == "sqlite":
        raw = database.connection
        with database.wrap_database_errors:
            return raw.execute("PRAGMA data_version").fetchone()[0], raw.total_changes
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def key_of(request: HttpRequest) -> Hashable:
    """The same in whatever order the query stands, but for a name that stands there twice."""
    parts = request.META.get("QUERY_STRING", "").split("&")
    return request.path_info, tuple(sorted(parts, key=name_in))


def name_in(part: str) -> str:
    return unquote_plus(part.partition("=")[0])


def recall(memory: Memory, key: Hashable) -> Any | None:
    """What was answered to the same request within the last `SECONDS`."""
    until, answer = memory.answers.get(key, (0.0, None))
    return answer if time.monotonic() < until else None


def remember(memory: Memory, key: Hashable, answer: Any) -> None:
    if len(memory.answers) >= MOST_ANSWERS:  # addresses have no end
        memory.answers.clear()
    memory.answers[key] = (time.monotonic() + SECONDS, answer)


@contextmanager
def nothing_told_changes() -> Iterator[None]:
    """Around writing what no answer tells, such as a counter: on SQLite the memory stays then.

    Unless another connection wrote meanwhile.
    """
    before = state_of_database() if connection.vendor == "sqlite" else None
    yield
    after = state_of_database() if before is not None else None
    if isinstance(before, tuple) and isinstance(after, tuple) and before[0] == after[0]:
        memory = _memories.of(connection.connection)
        if memory.state == before:
            memory.state = after
