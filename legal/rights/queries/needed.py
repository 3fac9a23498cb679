"""Who is not forgotten yet: something of theirs has its own time (STANDARDS 3.14)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from legal.rights.registry import REGISTRY, Delete, Group, Path, Personal
from legal.rights.registry.columns import column_at
from legal.rights.registry.owners import PERSON, USER


def people_needed(now: datetime) -> "Iterator[QuerySet[Any]]":
    """Keys of people, as subqueries: by each table with rows of theirs that are to stay.

    What hangs on a login goes with it, and mail about somebody is no reason to keep them. What
    stays after erasure anyhow needs no one.
    """
    for one in REGISTRY.personal:
        if has_its_own_time(one):
            past = one.retention.past(one.model, now).order_by().values("pk")
            for path in paths_of(one):
                rows = one.model._base_manager.filter(**{f"{path}__isnull": False})
                yield rows.exclude(pk__in=past).order_by().values(path)


def has_its_own_time(one: Personal) -> bool:
    """Whether it says itself how long its rows stay, by a clock or in words."""
    rule = one.retention
    says_it = rule.has_clock or bool(rule.instead and not rule.goes_with)
    deletes = one.is_linked and isinstance(one.erasure, Delete)
    return deletes and says_it and one.table != PERSON and one.group is not Group.MAIL


def paths_of(one: Personal) -> list[str]:
    """The ways to its people that do not pass through a login."""
    paths = [owner.path for owner in one.owners if isinstance(owner, Path)]
    return [path for path in paths if not passes_a_login(one, path)]


def passes_a_login(one: Personal, path: str) -> bool:
    before = column_at(one.model, path.rpartition("__")[0])
    related = before.related_model if before is not None else None
    return isinstance(related, type) and related._meta.label == USER
