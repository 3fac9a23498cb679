"""The site as browsers meet it: the real server and worker, on a copy of the demo's content.

The demo is loaded and the static files are collected once, kept in `var/test-cache` until code,
texts or the day change (the demo's dates are relative to today), and copied for each process.
`python -m tests.live_site` makes them beforehand.
"""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.test import override_settings

from tests.databases import forget_old, migrated_file, one_at_a_time
from tests.run import CACHE, ROOT, environment, manage, own_folder

ROOMS = ("site", "legal", "portal", "home", "search", "headless", "static", "locale", "templates")
PATIENCE = 60  # seconds until the server must answer

# --- The demo, made once -------------------------------------------------------------------------

# So that its pictures are there in all their sizes.
VISIT_EVERY_PAGE = """
import re
from django.core.cache import cache
from django.test import Client
visitor = Client(headers={"host": "localhost:8000"})
for path in re.findall("<loc>http://localhost:8000([^<]+)", visitor.get("/sitemap.xml").text):
    visitor.get(path)
cache.clear()
"""


def fingerprint() -> str:
    """A digest of what the loaded demo depends on: code, texts, the day."""
    today = datetime.now(ZoneInfo("Europe/Amsterdam")).date()  # as the demo counts
    digest = hashlib.sha256(f"{today}".encode())
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
                load(draft)
                draft.rename(target)
            forget_old("demo-*")
    return target


def load(folder: Path) -> None:
    """Loads the demo and collects the static files, at the same time: neither needs the other."""
    from tests import built_assets

    def run(*command: str) -> None:
        done = manage(*command, "--verbosity=0", DATA_DIR=str(folder))
        if done.returncode:
            raise RuntimeError(f"The demo could not be loaded.\n{done.stderr}")

    built_assets.copy_into(folder)
    with ThreadPoolExecutor() as threads:
        content = threads.submit(run, "load_demo")
        threads.submit(run, "collectstatic", "--no-input").result()
        content.result()
    run("shell", "--no-imports", "--command", VISIT_EVERY_PAGE)


def copy_of_demo(folder: Path) -> None:
    """A `DATA_DIR` of its own, which `manage.py serve` finds prepared."""
    from pluc.preparation import STAMP
    from pluc.preparation import fingerprint as preparation

    shutil.copytree(loaded_folder(), folder)
    with override_settings(DATABASE_URL=f"sqlite:///{folder / 'pluc.sqlite3'}"):
        (folder / STAMP).write_text(preparation())


# --- A site that runs ----------------------------------------------------------------------------

# Runs what it is told, a line of JSON each, as if each were a process of its own.
SHELL = """
import contextlib, io, json, sys, traceback
from django.db import close_old_connections
from pluc import generation
for line in sys.stdin:
    generation.forget()
    close_old_connections()
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(json.loads(line), {})
        answer = {"printed": printed.getvalue()}
    except Exception:
        answer = {"failed": traceback.format_exc()}
    print(json.dumps(answer), flush=True)
"""


@dataclass(frozen=True)
class LiveSite:
    """A running site, with its addresses and its `DATA_DIR`."""

    url: str
    portal_url: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def origin_of_portal(self) -> str:
        """The host of the portal and the staff screens, with its scheme."""
        return self.portal_url.removesuffix("/mijn")

    def portal(self, path: str) -> str:
        """The full address of a portal path (CONTRACT, Portal addresses), as in `/account/`."""
        return self.portal_url + path

    @property
    def mail_folder(self) -> Path:
        return self.folder / "mail"

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a command that is to run beside it."""
        return variables_of(self.folder, self.url, self.portal_url)

    @cached_property
    def shell(self) -> subprocess.Popen[str]:
        """A process that runs Python beside the site, on the same data."""
        command = ["shell", "--no-imports", "--verbosity=0", "--command", SHELL]
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(**self.variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str) -> str:
        """What Python code prints that runs beside the site."""
        assert self.shell.stdin
        assert self.shell.stdout
        self.shell.stdin.write(json.dumps(code) + "\n")
        self.shell.stdin.flush()
        answer = json.loads(self.shell.stdout.readline())
        assert "failed" not in answer, answer["failed"]
        return str(answer["printed"])

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def stop(self) -> None:
        """Ends it as Ctrl-C would, or else by force."""
        if "shell" in self.__dict__:
            self.shell.communicate()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def variables_of(folder: Path, url: str, portal_url: str) -> dict[str, str]:
    port = str(urlsplit(url).port)
    return {"DATA_DIR": str(folder), "PORT": port, "SITE_URL": url, "PORTAL_URL": portal_url}


def start(name: str = "demo", *, two_hosts: bool = False) -> LiveSite:
    """Starts site, portal, staff screens and worker, on data that `name` is the folder of.

    Raises `RuntimeError` if they do not start.
    """
    folder = own_folder() / name
    copy_of_demo(folder)
    port = free_port()
    url, portal_url = f"http://localhost:{port}", f"http://localhost:{port}/mijn"
    if two_hosts:
        url, portal_url = f"http://pluc.localhost:{port}", f"http://mijn.pluc.localhost:{port}"
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--no-demo"],
            cwd=ROOT,
            env=environment(**variables_of(folder, url, portal_url)),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    site = LiveSite(url, portal_url, folder, process)
    wait_for(site)
    return site


def request_to(address: str, **headers: str) -> urllib.request.Request:
    """A GET of an address. Browsers know that `*.localhost` is this machine; Python does not."""
    parts = urlsplit(address)
    here = parts._replace(netloc=f"127.0.0.1:{parts.port}").geturl()
    return urllib.request.Request(here, headers={"Host": parts.netloc} | headers)


def wait_for(site: LiveSite) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and site.process.poll() is None:
        try:
            urllib.request.urlopen(request_to(f"{site.url}/livez"), timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    site.stop()
    raise RuntimeError(f"The site did not start.\n{site.log()}")


# --- Chromium ------------------------------------------------------------------------------------


def chromium_path(*, with_screen: bool = False) -> str:
    """The system's Chromium; `CHROMIUM` names another.

    The one that Debian builds without a screen is the same engine for half of the work.
    """
    names = ["chromium", "google-chrome"]
    if not with_screen:
        names.insert(0, "chromium-headless-shell")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise RuntimeError("Chromium is missing: run script/bootstrap --tests.")
    return found


def chromium_arguments(played: Mapping[str, str] | None = None) -> list[str]:
    """How Chromium is started. `played`: hosts whose part the tests play, with where they do."""
    elsewhere = "".join(f"MAP {host} {here}, " for host, here in (played or {}).items())
    return [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        # Letters as wide as on a screen of many dots, whatever this machine prefers.
        "--font-render-hinting=none",
        # No other host is ever reached, not even to ask where it is.
        f"--host-resolver-rules={elsewhere}MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost",
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "site"))
    from pluc.translations import compile_messages

    with one_at_a_time("messages"):
        compile_messages(ROOT / "locale")
    loaded_folder()
