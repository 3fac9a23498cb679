"""Prepares a start: cache table, migrations, translations, static files, schedules."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from pluc.schedules import sync_schedules
from pluc.start import (
    applied_migrations,
    one_line,
    own_migrations,
    refuse_demo,
    refuse_newer_database,
    require_services,
)
from pluc.translations import compile_messages

STAMP = "prepared"
SOURCES = (
    "requirements.txt",
    "static",
    "site",
    "legal",
    "portal",
    "home",
    "search",
    "headless",
    "locale",
)
RELEVANT = {".css", ".js", ".svg", ".png", ".ico", ".list", ".po", ".txt"}
TYPEFACES = "fonts.py"  # which signs our typefaces have


def relevant_files() -> Iterator[Path]:
    """Files on which migrations and static files depend."""
    for name in SOURCES:
        source = settings.ROOT / name
        for path in [source] if source.is_file() else sorted(source.rglob("*")):
            is_relevant = path.suffix in RELEVANT or path.parent.name == "migrations"
            is_relevant |= path.name == TYPEFACES
            if is_relevant and "__pycache__" not in path.parts:
                yield path


def fingerprint() -> str:
    """A digest that changes when code, packages or the database's address change."""
    digest = hashlib.sha256(settings.DATABASE_URL.encode())
    for path in relevant_files():
        stat = path.stat()
        digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def is_prepared() -> bool:
    """Whether the last preparation is still up to date. Loads no migrations, to be quick.

    The database is asked as well: it may be another one, or an older back-up.
    """
    stamp = settings.DATA_DIR / STAMP
    if not stamp.exists() or stamp.read_text() != fingerprint():
        return False
    has_table = settings.DATABASE_CACHE["LOCATION"] in connection.introspection.table_names()
    return settings.STATIC_ROOT.exists() and has_table and own_migrations() <= applied_migrations()


def prepare() -> None:
    """Brings database and static files up to date. Does nothing if they are.

    May be broken off anywhere: the stamp comes last, and the next start does what is left. Raises
    `CommandError`, with one line, where the start must not go on.
    """
    with one_line():
        require_services()
        refuse_newer_database()
        refuse_demo()
        bring_up_to_date()
        sync_schedules()


def bring_up_to_date() -> None:
    if not is_prepared():
        make_tables()
        compile_messages(settings.ROOT / "locale")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        (settings.DATA_DIR / STAMP).write_text(fingerprint())


def make_tables() -> None:
    """Brings the database's tables up to date."""
    # First the cache: what migrating calls for uses it, whichever cache earlier starts had.
    call_command("createcachetable", verbosity=0)
    migrate()


def migrate() -> None:
    """Applies the migrations; on SQLite all of them or none.

    Django writes down some migrations after the transaction that makes their tables: broken off in
    between (a full disk, a kill), they would be made twice and fail for ever. On PostgreSQL not all
    of them can share a transaction.
    """
    if connection.vendor != "sqlite":
        call_command("migrate", verbosity=0, interactive=False)
        return
    connection.disable_constraint_checking()  # which no transaction can do halfway
    try:
        with transaction.atomic():
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.enable_constraint_checking()
