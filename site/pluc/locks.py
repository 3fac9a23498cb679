"""How long a process waits for a lock of the database (STANDARDS 7.1; docs/decisions/0019).

Twenty seconds, for a busy moment is no outage. A web process has one thread, which answers nobody
while it waits. So after one wait in vain its connection waits a second at most, until the lock is
free again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.conf import settings
from django.db import connection, transaction

from pluc.outages import chain, is_lock

SHORT = 1000  # milliseconds


class Expectation:
    """Whether this process has met a lock that was not given, and has not seen it free since."""

    is_locked = False


def set_patience(milliseconds: int) -> None:
    """How long this process's connection waits for a lock from now on."""
    connection.ensure_connection()
    raw().execute(f"PRAGMA busy_timeout = {milliseconds}")


def usual_patience() -> int:
    """In milliseconds."""
    return int(settings.DATABASES["default"]["OPTIONS"]["timeout"] * 1000)


def expect_lock(error: BaseException | None) -> None:
    """Shortens the wait, where `error` comes from a lock of SQLite's that was not given."""
    if any(is_lock(one) for one in chain(error)):
        Expectation.is_locked = True
        set_patience(SHORT)


def look_for_lock(**signal: object) -> None:
    """Before a request: the usual wait again, once the lock is free. Costs nothing otherwise."""
    if not Expectation.is_locked:
        return
    set_patience(0)
    try:
        raw().execute("BEGIN IMMEDIATE")
        raw().execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if not is_lock(error):
            raise
        set_patience(SHORT)
    else:
        Expectation.is_locked = False
        set_patience(usual_patience())


@contextmanager
def little_patience() -> Iterator[None]:
    """Waits a second at most for a lock: whoever asks for readiness holds up a page meanwhile."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute(f"SET LOCAL lock_timeout = {SHORT}")
            yield
        return
    set_patience(SHORT)
    try:
        yield
    finally:
        set_patience(SHORT if Expectation.is_locked else usual_patience())


def raw() -> sqlite3.Connection:
    """SQLite's own connection, which Django's bookkeeping of transactions does not notice."""
    return cast(sqlite3.Connection, connection.connection)
