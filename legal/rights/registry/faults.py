"""What is wrong with the declarations (STANDARDS 3.1). The tests allow no fault at all.

It asks the models and the tables that are really there, so that nobody can add a table, or a
column to a table with personal data, without saying what it is for.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from django.db.models import BinaryField, DateField, Model

from legal.rights.registry.columns import column_at, columns_of, leads_to_a_person
from legal.rights.registry.declarations import NotPersonal, Personal, Registry
from legal.rights.registry.endings import faults_of_claims, faults_of_endings
from legal.rights.registry.erasing import Anonymise, Keep
from legal.rights.registry.owners import PERSON, USER, Address, Path
from pluc.frozen import Freeze

# A column named like this looks as if it held personal data ...
LOOKS_PERSONAL = re.compile(
    r"name|mail|phone|mobile|address|street|postal|person|owner|author|organisation|recipient|sender"
    r"|birth|iban|signature|agent|(^|_)(by|city|ip|user)(_|$)"
)
# ... and like this, as if nobody should ever read it.
LOOKS_SECRET = re.compile(r"hash|passw|payload|secret|token|(^|_)keys?(_|$)")


def faults(
    registry: Registry,
    *,
    models: Iterable[type[Model]],
    tables: Iterable[str],
    frozen: Mapping[str, Freeze] | None = None,
    claims: Container[str] | None = None,
) -> list[str]:
    """Everything that does not fit, as sentences; empty when all is well.

    `frozen` says how tables are frozen, `claims` names the tables that have a rule for a record
    that joins a person.
    """
    found = {model._meta.label: model for model in models if not model._meta.proxy}
    return [
        *faults_of_endings(registry, found, frozen or {}),
        *(faults_of_claims(found, claims) if claims is not None else ()),
        *undeclared(registry, found, tables),
        *declared_twice(registry),
        *(fault for one in registry.personal for fault in faults_of_personal(one, found)),
        *(fault for one in registry.others for fault in faults_of_other(one, found, tables)),
        *undecided_columns(registry, found),
    ]


def undeclared(
    registry: Registry, models: dict[str, type[Model]], tables: Iterable[str]
) -> Iterator[str]:
    known = {one.table for one in registry.personal} | {one.table for one in registry.others}
    yield from (f"{label} is not declared." for label in models if label not in known)
    with_model = {model._meta.db_table for model in models.values()}
    for table in tables:
        if table not in with_model | known:
            yield f"The table {table} has no model, and is not declared."


def declared_twice(registry: Registry) -> Iterator[str]:
    both = {one.table for one in registry.personal} & {one.table for one in registry.others}
    yield from (f"{table} is declared as personal and as not personal." for table in sorted(both))
    shown = Counter(
        (one.table, one.owners, name) for one in registry.personal for name in one.shown
    )
    for (table, _, name), times in shown.items():
        if times > 1:
            yield f"{table}.{name} is shown {times} times."


def faults_of_personal(one: Personal, models: dict[str, type[Model]]) -> Iterator[str]:
    yield from faults_of_texts(one)
    if not one.has_model:
        return
    model = models.get(one.table)
    if model is None:
        yield f"{one.table} is declared, but there is no such model."
        return
    yield from faults_of_columns(one, model)
    yield from faults_of_owners(one, model)
    yield from faults_of_clocks(one, model)


def faults_of_texts(one: Personal) -> Iterator[str]:
    for name in ("title", "purpose"):
        if not str(getattr(one, name)).strip():
            yield f"{one.table} has no {name}."
    if not one.owners:
        yield f"{one.table} does not say whose data it is."
    if isinstance(one.erasure, Keep) and not str(one.erasure.ground).strip():
        yield f"{one.table} is kept after erasure without a ground."


def faults_of_columns(one: Personal, model: type[Model]) -> Iterator[str]:
    own = columns_of(model)
    for name in one.internal:
        if name not in own:
            yield f"{one.table}.{name} is declared, but there is no such column."
    for name in one.shown:
        column = column_at(model, name)
        if column is None:
            yield f"{one.table}.{name} is shown, but there is no such column."
        elif isinstance(column, BinaryField) or LOOKS_SECRET.search(name):
            yield f"{one.table}.{name} looks like a secret, and is shown."
    if isinstance(one.erasure, Anonymise):
        for name in one.erasure.fields:
            if name not in own:
                yield f"{one.table}.{name} is to be anonymised, but there is no such column."


def faults_of_owners(one: Personal, model: type[Model]) -> Iterator[str]:
    for owner in one.owners:
        if isinstance(owner, Path) and not leads_to_a_person(model, owner.path):
            yield f"{one.table}: {owner.path} does not lead to a person."
        if isinstance(owner, Address):
            for name in filter(None, (owner.field, owner.unless)):
                if column_at(model, name) is None:
                    yield f"{one.table}: there is no column {name} to find its owner by."


def faults_of_clocks(one: Personal, model: type[Model]) -> Iterator[str]:
    kept = [one.erasure.until] if isinstance(one.erasure, Keep) else []
    for retention in [one.retention, *kept]:
        if retention.period is not None and not str(retention.fact or retention.instead).strip():
            yield f"{one.table}: the clock of its retention runs from no fact."
        for name in retention.columns:
            if not isinstance(column_at(model, name), DateField):
                yield f"{one.table}: {name!r} records no moment to keep it from."


def faults_of_other(
    one: NotPersonal, models: dict[str, type[Model]], tables: Iterable[str]
) -> Iterator[str]:
    if not one.reason.strip():
        yield f"{one.table} is not personal, but why?"
    model = models.get(one.table)
    if model is None:
        if one.table not in tables and not one.may_be_absent:
            yield f"{one.table} is declared, but there is no such model or table."
        return
    looks = [name for name in columns_of(model) if looks_personal(model, name)]
    for name in set(looks) - set(one.despite):
        yield f"{one.table}.{name} looks personal, and the table is declared as not personal."
    for name in set(one.despite) - set(looks):
        yield f"{one.table}.{name} is excused for nothing."


def undecided_columns(registry: Registry, models: dict[str, type[Model]]) -> Iterator[str]:
    for label in dict.fromkeys(one.table for one in registry.personal):
        decided = {
            name.split("__")[0]
            for one in registry.personal
            if one.table == label
            for name in one.columns
        }
        for name in columns_of(models[label]) if label in models else []:
            if name not in decided:
                yield f"{label}.{name} is neither shown nor internal."


def looks_personal(model: type[Model], name: str) -> bool:
    """By its name, or because it is a key to a person or a login."""
    column = column_at(model, name)
    related = column.related_model if column is not None and column.is_relation else None
    is_key = isinstance(related, type) and related._meta.label in {PERSON, USER}
    return is_key or LOOKS_PERSONAL.search(name) is not None
