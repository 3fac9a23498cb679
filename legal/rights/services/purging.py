"""The one purge: what is past its time goes, as its declaration says (P10; STANDARDS 3.14)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from legal.rights.obstacles import obstacles_to_erasing
from legal.rights.queries.needed import people_needed
from legal.rights.queries.plans import plan
from legal.rights.queries.restrictions import restricted_people
from legal.rights.registry import (
    REGISTRY,
    Address,
    Anonymise,
    Delete,
    Group,
    Path,
    Personal,
    WholePerson,
)
from legal.rights.registry.declarations import Declared
from legal.rights.registry.endings import rows_of
from legal.rights.registry.keys import in_order_of_deletion, unheld
from legal.rights.registry.owners import PERSON
from legal.rights.services.erasing import delete, execute
from pluc.periods import WEEK

log = logging.getLogger("pluc.rights")
BATCH = 500  # rows per transaction
PEOPLE = 20  # whole people per transaction: each takes along rows of all tables


class NotAllPurged(Exception):
    """Tables that were not purged, each for a reason that the log tells. The others were."""


@dataclass(frozen=True, kw_only=True)
class Purged:
    """How many rows a declaration let go, or would."""

    one: Declared
    number: int

    def __str__(self) -> str:
        return f"{self.one.table} {self.number}"


def purge(*, short_lived: bool = False, dry_run: bool = False) -> list[Purged]:
    """Ends what is past its time; only what is kept less than a week where `short_lived`.

    Each batch in a transaction of its own: who stops it halfway loses nothing. Returns what was
    ended, and logs it by table. A dry run counts what could go at this moment. A table that fails
    stops no other; in the end they raise `NotAllPurged`.
    """
    now, report, failed = timezone.now(), list[Purged](), list[str]()
    for one in timed():
        if short_lived and not is_short_lived(one):
            continue
        try:
            number = count(one, now) if dry_run else end_all(one, now)
        except Exception:  # logged, and raised once the other tables are done
            log.exception("Not purged: %s", one.table)
            failed.append(one.table)
            continue
        if number:
            report.append(Purged(one=one, number=number))
    if report and not dry_run:
        log.info("Purged: %s", ", ".join(map(str, report)))
    if failed:
        raise NotAllPurged(*failed)
    return report


def is_short_lived(one: Declared) -> bool:
    return one.retention.period is not None and one.retention.period < WEEK


def timed() -> list[Declared]:
    """Declarations with a clock, each table after those that point at it; deletions first.

    Of several about the same rows, one: they end alike (`registry.endings`)."""
    everything: list[Declared] = [*REGISTRY.personal, *REGISTRY.others]
    declared = list({rows_of(one): one for one in everything if one.retention.has_clock}.values())
    order = in_order_of_deletion(one.model for one in declared if one.has_model)
    place = {model._meta.label: number for number, model in enumerate(order)}
    return sorted(
        declared, key=lambda one: (place.get(one.table, -1), isinstance(one.ending, Anonymise))
    )


def count(one: Declared, now: datetime) -> int:
    if not one.has_model:
        return expired_rows(one, delete_them=False)
    rows = past(one, now)
    is_whole = isinstance(one.ending, WholePerson)
    return len(people_to_forget(one, rows)) if is_whole else rows.count()


def end_all(one: Declared, now: datetime) -> int:
    if not one.has_model:
        return expired_rows(one, delete_them=True)
    return sum(batches(one, now))


def past(one: Declared, now: datetime) -> "QuerySet[Any]":
    """The rows that a declaration lets go now: nothing that others hold on to (it goes when they
    have gone), nothing of people whose data is restricted, and no whole person of whom something
    else is to stay."""
    rows = one.retention.past(one.model, now)
    if isinstance(one, Personal):
        rows = rows.exclude(of_restricted_people(one))
    if isinstance(one.ending, Anonymise):
        return rows.exclude(**one.ending.fields)
    if isinstance(one.ending, WholePerson):
        for people in people_needed(now):
            rows = rows.exclude(**{f"{path_of(one)}__in": people})
    return unheld(rows)


def of_restricted_people(one: Personal) -> Q:
    """Their data is kept, whatever its period (AVG 18). What ends only a way in, ends."""
    condition = Q(pk__in=[])
    if one.group is Group.LOGIN and isinstance(one.ending, Delete):
        return condition
    for owner in one.owners:
        if isinstance(owner, Path):
            condition |= Q(**{f"{owner.path}__in": restricted_people()})
        if isinstance(owner, Address):
            for address in restricted_addresses():
                condition |= Q(**{f"{owner.field}__iexact": address})
    return condition


def restricted_addresses() -> list[str]:
    people = apps.get_model(PERSON)._base_manager.filter(pk__in=restricted_people())
    return list(people.values_list("email", flat=True))


def batches(one: Declared, now: datetime) -> Iterator[int]:
    """Ends rows batch by batch; yields how many each was."""
    keys: list[Any] = []
    size = PEOPLE if isinstance(one.ending, WholePerson) else BATCH
    while True:
        with transaction.atomic():
            rows = past(one, now).filter(**({"pk__gt": keys[-1]} if keys else {})).order_by("pk")
            locked = rows.select_for_update(of=("self",)).values_list("pk", flat=True)
            keys = list(locked[:size])
            number = end(one, set(keys))
        if not keys:
            return
        yield number


def end(one: Declared, keys: set[Any]) -> int:
    """Does to rows what their declaration says of the end of their time. Returns to how many."""
    rows = one.model._base_manager.filter(pk__in=keys)
    match one.ending:
        case Delete():
            delete(one.model, keys)
        case Anonymise(fields):
            rows.update(**fields)
        case WholePerson():
            people = people_to_forget(one, rows)
            for person_id in people:
                execute(plan(person_id=person_id))
            return len(people)
    return len(keys)


def people_to_forget(one: Declared, rows: "QuerySet[Any]") -> list[Any]:
    """Whose rows these are, without those whom something keeps from being erased now."""
    people = rows.order_by().values_list(path_of(one), flat=True).distinct()
    return [person for person in people if not obstacles_to_erasing(person_id=person)]


def path_of(one: Declared) -> str:
    """The first way that leads to a person."""
    owners = getattr(one, "owners", ())
    return next(owner.path for owner in owners if isinstance(owner, Path))


def expired_rows(one: Declared, *, delete_them: bool) -> int:
    """Rows of a table without a model whose column of the end has passed. Returns how many.

    Django's cache leaves them where they are until somebody asks for them again.
    """
    table, ends = map(connection.ops.quote_name, (one.table, one.retention.ends))
    verb = "DELETE" if delete_them else "SELECT COUNT(*)"
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"{verb} FROM {table} WHERE {ends} < %s", [now])
        return int(cursor.rowcount if delete_them else cursor.fetchone()[0])
