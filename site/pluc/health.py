"""The worker's heartbeat, and the addresses `/livez` and `/readyz` (STANDARDS 7.9, 7.10)."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import BaseCache, cache, caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from pluc.locks import little_patience
from pluc.outages import RETRY_AFTER

HEARTBEAT_KEY = "pluc.heartbeat"
HEARTBEAT_LIMIT = timedelta(minutes=3)
READY_KEY = "pluc.ready"


def beat() -> None:
    """Task, each minute: stores the moment, for `heart_beats`. May run twice."""
    cache.set(HEARTBEAT_KEY, timezone.now(), timeout=None)


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def database_writes() -> bool:
    """Writes a row, always the same one, and reads it."""
    with little_patience():
        return keeps(caches["database"])


def cache_answers() -> bool:
    with little_patience():
        return keeps(cache)


def keeps(store: BaseCache) -> bool:
    now = timezone.now().isoformat()
    store.set(READY_KEY, now, timeout=60)
    return bool(store.get(READY_KEY) == now)


def migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def heart_beats() -> bool:
    """Whether the last beat was within `HEARTBEAT_LIMIT` of now, either way."""
    last = cache.get(HEARTBEAT_KEY)
    return last is not None and abs(timezone.now() - last) <= HEARTBEAT_LIMIT


READINESS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "write": database_writes,
    "cache": cache_answers,
    "migrations": migrations_are_applied,
    "worker": heart_beats,
}


def is_well(check: Callable[[], bool]) -> bool:
    """A check's answer; `False` for a check that raises."""
    try:
        return check()
    except Exception:  # a probe reports any failure, it never passes one on
        return False


def livez(request: HttpRequest) -> HttpResponse:
    """Answers "ok" without the database (STANDARDS 7.10)."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> JsonResponse:
    """The answer of each check by its name, as JSON; 503 when one fails."""
    parts = {name: is_well(check) for name, check in READINESS.items()}
    status = 200 if all(parts.values()) else 503
    headers = {"Cache-Control": "no-store"}
    if status != 200:
        headers["Retry-After"] = str(RETRY_AFTER)
    return JsonResponse(parts, status=status, headers=headers)
