"""What every page shows (menu, footer, notices, the cookie question), remembered by each process.

A random name for the present state of it stands in the shared cache. Whoever changes such content
renews the name, and every process then forgets what it remembered under the old one. With a cache
that keeps nothing, or that cannot be used, nothing is remembered: a page costs more then, and is
right.
"""

import logging
import uuid
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from pluc.outages import Unusable, outage

log = logging.getLogger("pluc.generation")

KEY = "pluc.generation"
MOST_ENTRIES = 5_000
T = TypeVar("T")

_memory: dict[Hashable, tuple[str, Any]] = {}


def generation_of(request: HttpRequest) -> str | None:
    """The present generation, read once per request; `None` if the cache keeps nothing."""
    if not hasattr(request, "content_generation"):
        request.content_generation = present()  # type: ignore[attr-defined]
    return request.content_generation  # type: ignore[attr-defined]


def present() -> str | None:
    """The generation's name in the cache. What cannot be asked about is forgotten."""
    name: str | None = None
    try:
        name = cache.get(KEY) or begin()
    except Unusable as error:
        go_on_after(error)
        forget()
    return name


def begin() -> str | None:
    """Gives the present state a new name, and reads what the cache kept of it."""
    cache.set(KEY, uuid.uuid4().hex, timeout=None)
    name: str | None = cache.get(KEY)
    return name


def renew(**kwargs: Any) -> None:
    """Starts a new generation; also a receiver of signals."""
    try:
        begin()
    except Unusable as error:
        go_on_after(error)


def go_on_after(error: Exception) -> None:
    """Goes on where the cache is out of order, and raises any other error again."""
    why = outage(error)
    if not why:
        raise error
    log.error("Pages remember nothing: %s", why)


def renew_on_commit(**kwargs: Any) -> None:
    """Starts a new generation once the change that calls for it is final."""
    transaction.on_commit(renew)


def remembered(request: HttpRequest, key: Hashable, make: Callable[[], T]) -> T:
    """What this process made under this key in this generation, or what `make` makes now."""
    generation = generation_of(request)
    if generation is None:
        return make()
    known = _memory.get(key)
    if known is None or known[0] != generation:
        if len(_memory) >= MOST_ENTRIES:  # addresses that do not exist have no end
            _memory.clear()
        known = _memory[key] = (generation, make())
    value: T = known[1]
    return value


def forget() -> None:
    """Empties this process's memory, as a restart does."""
    _memory.clear()
