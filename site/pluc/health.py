"""Is it alive, is it ready? The worker's heartbeat, and the two addresses that report."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

HEARTBEAT_KEY = "pluc.heartbeat"
HEARTBEAT_LIMIT = timedelta(minutes=3)


def beat() -> None:
    """Task, each minute: tells that the worker lives. May run twice."""
    cache.set(HEARTBEAT_KEY, timezone.now(), timeout=None)


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def cache_answers() -> bool:
    cache.set("pluc.ready", "yes", timeout=60)
    return bool(cache.get("pluc.ready") == "yes")


def migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def heart_beats() -> bool:
    last = cache.get(HEARTBEAT_KEY)
    return last is not None and timezone.now() - last <= HEARTBEAT_LIMIT


READINESS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "cache": cache_answers,
    "migrations": migrations_are_applied,
    "worker": heart_beats,
}


def is_well(check: Callable[[], bool]) -> bool:
    """A check's answer; one that raises, for whatever reason, is a `False` to report."""
    try:
        return check()
    except Exception:  # a probe reports any failure, it never passes one on
        return False


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else (STANDARDS 7.10)."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Each part by name; 503 when one fails."""
    parts = {name: is_well(check) for name, check in READINESS.items()}
    status = 200 if all(parts.values()) else 503
    return JsonResponse(parts, status=status, headers={"Cache-Control": "no-store"})
