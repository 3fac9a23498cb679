"""The site as browsers meet it: the real server and worker, on a copy of the demo's content.

The demo is loaded and the static files are collected once, kept in `var/test-cache` until code,
texts or the day change (the demo's dates are relative to today), and copied for each process.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.test import override_settings

from tests.databases import forget_old, migrated_file, one_at_a_time
from tests.run import CACHE, ROOT, environment, manage, own_folder

ROOMS = ("site", "legal", "portal", "home", "search", "static", "locale", "templates")
PATIENCE = 60  # seconds until the server must answer


def fingerprint() -> str:
    """Changes when the loaded demo might."""
    digest = hashlib.sha256(f"{date.today()}".encode())  # noqa: DTZ011  as the demo counts
    for room in (*ROOMS, "requirements.txt"):
        source = ROOT / room
        for path in [source] if source.is_file() else sorted(source.rglob("*")):
            if path.is_file() and path.suffix not in {".pyc", ".mo"}:
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def loaded_folder() -> Path:
    """A `DATA_DIR` with the demo's content and collected static files, to be copied."""
    target = CACHE / f"demo-{fingerprint()}"
    with one_at_a_time("demo"):
        if not target.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as name:
                draft = Path(name) / "data"
                draft.mkdir()
                shutil.copyfile(migrated_file(), draft / "pluc.sqlite3")
                for command in (["load_demo"], ["collectstatic", "--no-input"]):
                    done = manage(*command, "--verbosity=0", DATA_DIR=str(draft))
                    if done.returncode:
                        raise RuntimeError(f"The demo could not be loaded.\n{done.stderr}")
                draft.rename(target)
            forget_old("demo-*")
    return target


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class LiveSite:
    """A running site: where it is, and where its data lies."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def stop(self) -> None:
        """Ends it as Ctrl-C would, or else by force."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()


def copy_of_demo(folder: Path) -> None:
    """A `DATA_DIR` of its own, which `manage.py serve` finds prepared."""
    from pluc.preparation import STAMP
    from pluc.preparation import fingerprint as preparation

    shutil.copytree(loaded_folder(), folder)
    with override_settings(DATABASE_URL=f"sqlite:///{folder / 'pluc.sqlite3'}"):
        (folder / STAMP).write_text(preparation())


def start() -> LiveSite:
    """Starts site, staff screens and worker on one host. Raises `RuntimeError` if they do not."""
    folder = own_folder() / "demo"
    copy_of_demo(folder)
    port = free_port()
    address = f"http://localhost:{port}"
    variables = {"DATA_DIR": str(folder), "PORT": str(port), "SITE_URL": address}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--no-demo"],
            cwd=ROOT,
            env=environment(**variables),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    site = LiveSite(address, folder, process)
    wait_for(site)
    return site


def wait_for(site: LiveSite) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and site.process.poll() is None:
        try:
            urllib.request.urlopen(f"{site.url}/livez", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    site.stop()
    raise RuntimeError(f"The site did not start.\n{site.log()}")


def chromium_path() -> str:
    """The system's Chromium; `CHROMIUM` names another."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        raise RuntimeError("Chromium is missing: run script/bootstrap --tests.")
    return found


CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
