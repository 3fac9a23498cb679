"""The temporary folder of a test run, shared by its processes."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What outlives a run, so that the next one starts quickly. May be deleted at any time.
CACHE = ROOT / "var" / "test-cache"
# pytest-xdist's name of this process; the process that starts the others has none.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")

# Every variable that the settings read (CONTRACT, Commands): none may leak in from outside.
VARIABLES = (
    "BIND",
    "DATA_DIR",
    "DATABASE_URL",
    "DEBUG",
    "DKIM_KEY_FILE",
    "DKIM_SELECTOR",
    "EMAIL_URL",
    "GOOGLE_ANALYTICS_ID",
    "NEWSLETTER_DOMAIN_RATE",
    "NEWSLETTER_KEY",
    "NEWSLETTER_KEY_FALLBACKS",
    "NEWSLETTER_RATE",
    "PORT",
    "PORTAL_URL",
    "POSTAL_ADDRESS",
    "PRIVATE_FILES_URL",
    "REDIS_URL",
    "RETURNS_IMAP_URL",
    "RETURNS_WEBHOOK_SECRET",
    "SCANNER_URL",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SITE_URL",
    "TRUSTED_PROXIES",
    "WEB_WORKERS",
)


def run_folder() -> Path:
    """The folder of this run. The first process makes it, and removes it when it ends."""
    if "PLUC_TEST_RUN" not in os.environ:
        os.environ["PLUC_TEST_RUN"] = tempfile.mkdtemp(prefix="pluc-tests-")
        atexit.register(shutil.rmtree, os.environ["PLUC_TEST_RUN"], ignore_errors=True)
    return Path(os.environ["PLUC_TEST_RUN"])


def own_folder() -> Path:
    """The folder of this process within the run: its `DATA_DIR`."""
    return run_folder() / WORKER


def environment(**variables: str) -> dict[str, str]:
    """The environment of a program of ours that we start: clean, but for `variables`."""
    ours = {*VARIABLES, "DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return inherited | variables


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` in a process of its own, with `variables` as its environment."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
