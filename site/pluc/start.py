"""What stops a start: each reason is told in one line, before anything is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from redis import Redis

from pluc.outages import Unusable, outage

Names = set[tuple[str, str]]  # of migrations: the app's label, and the file's name


@contextmanager
def one_line() -> Iterator[None]:
    """Turns an outage of database, Redis or disk into a `CommandError` of one line."""
    try:
        yield
    except Unusable as error:
        why = outage(error) or of_folder(error)
        if not why:
            raise
        raise CommandError(f"{settings.PRODUCT} cannot start: {why}.") from error


def of_folder(error: BaseException) -> str:
    """The line for a file that may not be written, asked only at a start; else empty."""
    if isinstance(error, PermissionError | NotADirectoryError | IsADirectoryError):
        return f"{error.strerror}: {error.filename}"
    return ""


def require_services() -> None:
    """Connects to Redis and the database. Raises the error of which does not answer."""
    if settings.REDIS_URL:
        patience = settings.REDIS_PATIENCE
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=patience) as redis:
            redis.ping()
    connection.ensure_connection()


def own_migrations() -> Names:
    """The migrations that this code has in its own rooms."""
    return {
        (config.label, path.stem)
        for config in apps.get_app_configs()
        if "site-packages" not in config.path
        for path in (Path(config.path) / "migrations").glob("[0-9]*.py")
    }


def applied_migrations() -> Names:
    """The migrations of those rooms that the database has been through."""
    labels = {label for label, _ in own_migrations()}
    applied = MigrationRecorder(connection).applied_migrations()
    return {(label, name) for label, name in applied if label in labels}


def refuse_newer_database() -> None:
    """Raises `CommandError` where a newer release has changed this database."""
    newer = sorted(applied_migrations() - own_migrations())
    if newer:
        names = ", ".join(".".join(name) for name in newer[:3])
        raise CommandError(
            f"{settings.PRODUCT} cannot start: the database is of a newer release ({names}). "
            "Start that one, or put a back-up in its place."
        )


def refuse_demo() -> None:
    """Raises `CommandError` over https where demo accounts are: everybody knows their password."""
    if not settings.HTTPS:
        return
    has_accounts = has_demo_accounts()
    if has_accounts or settings.DEMO_MARK.exists():
        where = "the database" if has_accounts else f"DATA_DIR ({settings.DEMO_MARK})"
        raise CommandError(
            f"{settings.PRODUCT} cannot start: {where} holds the demo, whose passwords are public. "
            "Over https, start with an empty database and an empty DATA_DIR."
        )


def has_demo_accounts() -> bool:
    """Whether somebody can sign in with an address of the demo; nobody before the first start."""
    users = get_user_model()
    if users._meta.db_table not in connection.introspection.table_names():
        return False
    return users._default_manager.filter(email__iendswith=settings.DEMO_DOMAIN).exists()
