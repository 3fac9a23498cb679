"""Faults of declarations about how rows end: what no purge ends, or no database lets go."""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

from django.db.models import CASCADE, ForeignKey, Model
from django.utils import translation

from legal.rights.registry.columns import column_at
from legal.rights.registry.declarations import Declared, Personal, Registry
from legal.rights.registry.erasing import Anonymise, Delete, Keep
from legal.rights.registry.keys import holders_of, keys_to
from legal.rights.registry.owners import PERSON, USER, Path
from pluc.frozen import Freeze

# Words of a period: who says one takes it from `pluc.periods`.
A_PERIOD = re.compile(r"\d|\b(minute|hour|day|week|month|year)s?\b")
Models = Mapping[str, type[Model]]


def faults_of_endings(
    registry: Registry, models: Models, frozen: Mapping[str, Freeze]
) -> Iterator[str]:
    declared: list[Declared] = [*registry.personal, *registry.others]
    for one in declared:
        yield from faults_of_periods(one, registry, models)
    yield from faults_of_two_endings(declared)
    for one in registry.personal:
        model = models.get(one.table)
        if model is not None:
            yield from faults_of_freezing(one, frozen.get(model._meta.db_table))
            yield from faults_of_holders(one, model, registry)


def rows_of(one: Declared) -> tuple[Any, ...]:
    """What declarations of the same rows with the same end share."""
    return one.table, getattr(one, "owners", ()), one.retention


def faults_of_two_endings(declared: list[Declared]) -> Iterator[str]:
    endings: dict[tuple[Any, ...], Declared] = {}
    for one in declared:
        if one.retention.has_clock and endings.setdefault(rows_of(one), one).ending != one.ending:
            yield f"{one.table}: its rows end in two ways."


def faults_of_periods(one: Declared, registry: Registry, models: Models) -> Iterator[str]:
    """A period that no purge takes, and one that is said in words and stands nowhere else."""
    rule = one.retention
    with translation.override("en"):
        if A_PERIOD.search(str(rule.instead).replace("%(period)s", "")):
            yield f"{one.table}: its retention says a period in words, which nothing keeps."
    if rule.period is None or rule.has_clock:
        return
    model, key = models.get(one.table), None
    if model is not None and rule.goes_with:
        key = column_at(model, rule.goes_with)
    if key is None or not isinstance(key, ForeignKey):
        yield f"{one.table}: its retention has a period, and nothing purges it."
    elif not (key.remote_field.on_delete is CASCADE and is_purged(label_at(key), registry)):
        yield f"{one.table}: it goes with {rule.goes_with}, which does not take it along."


def label_at(key: "ForeignKey[Any, Any]") -> str:
    return str(key.remote_field.model._meta.label)


def is_purged(label: str, registry: Registry) -> bool:
    return any(one.retention.has_clock for one in registry.personal if one.table == label)


def faults_of_freezing(one: Personal, freeze: Freeze | None) -> Iterator[str]:
    """What the database refuses, and the declaration asks for."""
    if freeze is None:
        return
    for what in {one.erasure, one.ending}:
        if isinstance(what, Anonymise):
            yield from faults_of_emptying(one, what, freeze)
        elif isinstance(what, Delete) and freeze.is_for_ever and goes(one):
            yield f"{one.table} is frozen for ever, and its rows are to be deleted."
    waits = freeze.deletable_after and freeze.deletable_after == one.retention.ends
    if waits and isinstance(one.erasure, Delete):
        yield f"{one.table} is frozen until {freeze.deletable_after}: erasure has to keep it."
    if freeze.deletable_after and one.retention.has_clock and not waits:
        yield f"{one.table} is frozen until {freeze.deletable_after}, its retention ends elsewhere."


def goes(one: Personal) -> bool:
    """Whether rows are ever deleted: kept for ever is no retention without a clock."""
    return not isinstance(one.erasure, Keep) or one.retention.has_clock


def faults_of_emptying(one: Personal, what: Anonymise, freeze: Freeze) -> Iterator[str]:
    for name, constant in what.fields.items():
        column = column_at(one.model, name)
        if column is None or column.column not in freeze.lets_go or constant is not None:
            yield f"{one.table}.{name} is frozen, and is to be anonymised."


def faults_of_holders(one: Personal, model: type[Model], registry: Registry) -> Iterator[str]:
    """Keys that would keep a row from being deleted, and whose own rows do not go before it."""
    if not isinstance(one.erasure, Delete) or one.erasure.where_held is not None:
        return
    for key in holders_of(model):
        if not goes_before(key.related_model._meta.label, key.field.name, one, registry):
            holder = f"{key.related_model._meta.label}.{key.field.name}"
            yield f"{holder} holds on to {one.table}, whose rows are to be deleted."


def goes_before(label: str, key: str, held: Personal, registry: Registry) -> bool:
    """Whether the table is declared to be deleted for every owner of the row that it points at."""
    paths = {owner.path for owner in held.owners if isinstance(owner, Path)}
    wanted = {key if path == "pk" else f"{key}__{path}" for path in paths}
    declared = {
        owner.path
        for one in registry.personal
        if one.table == label and isinstance(one.erasure, Delete)
        for owner in one.owners
        if isinstance(owner, Path)
    }
    return bool(wanted) and wanted <= declared


def faults_of_claims(models: Models, claims: Container[str]) -> Iterator[str]:
    """Keys to a person, or to a row that leads to one, without a rule for a record that is taken.

    Nothing is asked of what hangs on a login: a record has none.
    """
    waiting, seen = [PERSON], {PERSON, USER}
    while waiting:
        leads = waiting.pop()
        for key in keys_to(models[leads]) if leads in models else []:
            label = key.related_model._meta.label
            if label not in claims and label in models:
                yield f"{label}.{key.field.name} leads to {leads}, and has no rule for claims."
            if label not in seen:
                seen.add(label)
                waiting.append(label)
