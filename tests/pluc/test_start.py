"""What stops a start is told in one line, without a traceback (decision 0019)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pluc import preparation, start
from pluc.schedules import sync_schedules
from tests import databases
from tests.factories import PersonFactory, UserFactory
from tests.live_site import free_port
from tests.pluc.test_outages import full, read_only
from tests.run import ROOT, environment

pytestmark = pytest.mark.thorough

NOWHERE = free_port()
UNREACHABLE = {
    "Redis": ({"REDIS_URL": f"redis://127.0.0.1:{NOWHERE}"}, "Redis does not answer"),
    "a host": ({"DATABASE_URL": "postgres://u:hunter2@nowhere.invalid/x"}, "nowhere.invalid"),
    "no database": ({}, "no database"),
}


def serve(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`manage.py serve`, which is to end by itself."""
    return subprocess.run(
        [sys.executable, "manage.py", "serve", "--no-demo"],
        cwd=ROOT,
        env=environment(DATA_DIR=str(folder), PORT=str(free_port()), **variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def only_line(result: subprocess.CompletedProcess[str]) -> str:
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.parametrize(("variables", "why"), UNREACHABLE.values(), ids=UNREACHABLE)
def test_what_cannot_be_reached_stops_the_start_before_anything_is_made(
    tmp_path: Path, variables: dict[str, str], why: str
):
    if not variables:
        (tmp_path / "pluc.sqlite3").write_bytes(os.urandom(9000))
    before = set(tmp_path.iterdir())
    line = only_line(serve(tmp_path, **variables))
    assert line.startswith("CommandError: PLUC! cannot start: ")
    assert why in line
    assert "hunter2" not in line
    keys = {tmp_path / "secret-key", tmp_path / "newsletter-key"}
    assert set(tmp_path.iterdir()) - before <= keys


@pytest.mark.django_db
def test_the_demo_is_no_matter_over_http_and_its_mark_is_one_over_https(settings, tmp_path):
    user = UserFactory(person=PersonFactory(email="vera@kantoor.example"))
    settings.DEMO_MARK = tmp_path / "demo-content"
    start.refuse_demo()
    settings.HTTPS = True
    start.refuse_demo()
    settings.DEMO_MARK.touch()
    with pytest.raises(CommandError, match="DATA_DIR"):
        start.refuse_demo()
    user.email = "Beheer@PLUC.example"
    user.save()
    with pytest.raises(CommandError, match="the database holds the demo"):
        preparation.prepare()


@pytest.mark.parametrize(
    "out_of_order",
    [
        read_only,
        pytest.param(full, marks=pytest.mark.skipif(databases.POSTGRES, reason="SQLite alone")),
    ],
)
def test_a_database_that_cannot_be_written_stops_the_start(committed: None, out_of_order):
    def write() -> None:
        with start.one_line():
            sync_schedules()
            caches["database"].set("larger-than-a-page", "x" * 9000)

    with out_of_order(), pytest.raises(CommandError) as caught:
        write()
    (line,) = str(caught.value).splitlines()
    assert "read-only" in line or "full" in line


def test_a_newer_database_stops_the_start(committed: None):
    start.refuse_newer_database()
    MigrationRecorder(connection).record_applied("home", "9999_next_year")
    with pytest.raises(CommandError, match=r"newer release \(home.9999_next_year\)"):
        start.refuse_newer_database()


def test_a_first_start_that_was_broken_off_is_finished_by_the_next(
    committed: None, settings, tmp_path
):
    """As a start with Redis left it that was ended halfway: no cache table, not all migrations."""
    # Not in the folder of this process: every browser of the tests after it would read the files.
    settings.STATIC_ROOT = tmp_path / "static"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE pluc_cache")
    MigrationRecorder(connection).record_unapplied("pluc", "0001_cache_table")
    assert not preparation.is_prepared()
    preparation.prepare()
    assert preparation.is_prepared()
    caches["database"].set("kept", "yes")
    assert caches["database"].get("kept") == "yes"
    MigrationRecorder(connection).record_unapplied("pluc", "0001_cache_table")
    assert not preparation.is_prepared(), "an older back-up was put in its place"
