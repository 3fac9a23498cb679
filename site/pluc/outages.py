"""Tells an outage (database, Redis or disk cannot be used) from a fault in the code.

An outage is answered with 503 and logged in one line (docs/decisions/0019).
"""

import errno
import sqlite3
from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.db import Error as DatabaseError
from redis import RedisError

from pluc.private_files import StoreAway

RETRY_AFTER = 60  # seconds

# Primary result codes (https://sqlite.org/rescode.html). The general SQLITE_ERROR is not among
# them: "no such table" is a fault of ours.
SQLITE = {
    sqlite3.SQLITE_PERM: "the database may not be used by this account of the system",
    sqlite3.SQLITE_BUSY: "the database is locked by another program",
    sqlite3.SQLITE_LOCKED: "the database is locked",
    sqlite3.SQLITE_READONLY: "the database is read-only",
    sqlite3.SQLITE_IOERR: "the disk of the database fails",
    sqlite3.SQLITE_CORRUPT: "the database is damaged: put a back-up in its place",
    sqlite3.SQLITE_FULL: "the disk or the database is full",
    sqlite3.SQLITE_CANTOPEN: "the database cannot be opened",
    sqlite3.SQLITE_NOTADB: "the file is no database: put a back-up in its place",
}
PRIMARY = 0xFF  # an extended result code holds its primary one in the lowest byte
# Classes of SQLSTATE (PostgreSQL manual, appendix A): connection, rollback by the server (such as a
# deadlock), resources (such as a full disk), operator intervention, error of the system; and two
# codes: a read-only transaction, a lock that was not given.
POSTGRES_CLASSES = ("08", "40", "53", "57", "58", "25006", "55P03")
# Classes that say who we are or which database we mean: wrong at the start, an outage later.
POSTGRES_ACCESS = ("28", "3D")
FILES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, then its causes, from the last to the first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def outage(error: BaseException | None) -> str:
    """What cannot be used and why, in one line without a password; empty for any other error."""
    for one in chain(error):
        if line := of_sqlite(one) or of_postgres(one) or of_redis(one) or of_files(one):
            return " ".join(line.split()).rstrip(".?")
    return ""


def of_sqlite(error: BaseException) -> str:
    code = getattr(error, "sqlite_errorcode", None) if isinstance(error, sqlite3.Error) else None
    if code is None or code & PRIMARY not in SQLITE:
        return ""
    return f"{SQLITE[code & PRIMARY]} ({settings.DATABASES['default']['NAME']})"


def is_lock(error: BaseException) -> bool:
    """Whether SQLite waited in vain for another writer."""
    code = getattr(error, "sqlite_errorcode", None) if isinstance(error, sqlite3.Error) else None
    return code is not None and code & PRIMARY == sqlite3.SQLITE_BUSY


def of_postgres(error: BaseException) -> str:
    """The line for an error of psycopg's; a connection that failed or was lost has no SQLSTATE."""
    if not isinstance(error, psycopg.Error):
        return ""
    is_connection = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    state = error.sqlstate or ("08" if is_connection else "")
    is_outage = state.startswith(POSTGRES_CLASSES + POSTGRES_ACCESS)
    return f"the database does not answer: {error}" if is_outage else ""


def of_redis(error: BaseException) -> str:
    return f"Redis does not answer: {error}" if isinstance(error, RedisError) else ""


def of_files(error: BaseException) -> str:
    if isinstance(error, StoreAway):
        return f"the store of private files does not answer: {error.strerror}"
    if not isinstance(error, OSError) or error.errno not in FILES:
        return ""
    return f"the disk cannot be written: {error.strerror} ({error.filename or settings.DATA_DIR})"


# What code that can do without catches, to ask `outage` whether it is one.
Unusable = (DatabaseError, RedisError, OSError)
