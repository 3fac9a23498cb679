"""Web and worker write at once, as fast as they can (STANDARDS 7.1).

On SQLite there is one writer at a time, and a transaction that reads before it writes would fail
halfway. Ours take their turn when they begin, so nobody ever hears that the database is locked.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache

from pluc.outbox import queries, services
from pluc.outbox.models import Mail
from tests.faults.writers import ROUNDS
from tests.run import ROOT

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("committed")]


@pytest.fixture(autouse=True)
def mail_to_files(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_SERVER, settings.MAIL_DIR = None, tmp_path / "mail"


def started(kind: str, writer: int, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writers", kind, str(writer), str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_web_and_worker_never_hear_that_the_database_is_locked(tmp_path: Path):
    writers = [("visit", 0), ("visit", 1), ("work", 2), ("work", 3)]
    programs = [started(kind, number, tmp_path / "mail") for kind, number in writers]
    outcomes = [(program.communicate(timeout=120)[1], program.returncode) for program in programs]
    assert [code for _, code in outcomes] == [0] * len(writers), outcomes
    assert Mail.objects.count() == 2 * ROUNDS
    assert Session.objects.count() == 2 * ROUNDS
    assert [cache.get(key) for key in ("visit:0", "visit:1", "task:2", "task:3")] == [
        ROUNDS - 1
    ] * 4

    while (mail := queries.most_urgent()) is not None:
        services.send(mail_id=mail.pk)
    assert set(Mail.objects.values_list("state", "attempts")) == {(Mail.State.SENT, 1)}
