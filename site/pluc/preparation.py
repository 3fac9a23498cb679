"""What must be true before the first request: database, cache table, static files, schedules."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from pluc.schedules import sync_schedules
from pluc.translations import compile_messages

STAMP = "prepared"
SOURCES = ("requirements.txt", "static", "site", "legal", "portal", "home", "search", "locale")
RELEVANT = {".css", ".js", ".svg", ".png", ".ico", ".list", ".po", ".txt"}


def relevant_files() -> Iterator[Path]:
    """Files on which migrations and static files depend."""
    for name in SOURCES:
        source = settings.ROOT / name
        for path in [source] if source.is_file() else sorted(source.rglob("*")):
            is_relevant = path.suffix in RELEVANT or path.parent.name == "migrations"
            if is_relevant and "__pycache__" not in path.parts:
                yield path


def fingerprint() -> str:
    """Changes when code, packages or the database's address change."""
    digest = hashlib.sha256(settings.DATABASE_URL.encode())
    for path in relevant_files():
        stat = path.stat()
        digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def is_prepared() -> bool:
    """Whether the last preparation still holds, without loading the migrations."""
    stamp = settings.DATA_DIR / STAMP
    if not stamp.exists() or stamp.read_text() != fingerprint():
        return False
    return settings.STATIC_ROOT.exists() and bool(connection.introspection.table_names())


def prepare() -> None:
    """Brings database and static files up to date. Does nothing if they are."""
    if not is_prepared():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        compile_messages(settings.ROOT / "locale")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        (settings.DATA_DIR / STAMP).write_text(fingerprint())
    sync_schedules()
