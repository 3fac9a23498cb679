"""Doing to a person's rows what a plan said (P23; STANDARDS 3.8)."""

import logging
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import FileField, Model

from legal.rights.obstacles import obstacles_to_erasing
from legal.rights.queries.plans import Plan, plan
from legal.rights.registry import Fate
from legal.rights.registry.keys import in_order_of_deletion
from legal.rights.registry.owners import PERSON

log = logging.getLogger("pluc.rights")


class PlanChanged(Exception):
    """There are other rows by now than those that were agreed on. Nothing was done."""


class NotNow(Exception):
    """Something is in the way: sentences for whoever asked, in the active language."""


@transaction.atomic
def carry_out(*, agreed: Plan, by: int | None) -> None:
    """Does exactly what the plan says, all of it or nothing. `by` is the acting user's number.

    Raises `NotNow`, and `PlanChanged` where a plan of this moment would be another.
    """
    lock(agreed.person_id)
    obstacles = obstacles_to_erasing(person_id=agreed.person_id)
    if obstacles:
        raise NotNow(*obstacles)
    if plan(person_id=agreed.person_id).digest != agreed.digest:
        raise PlanChanged
    execute(agreed)
    counts = {fate: sum(len(step.keys) for step in agreed.with_fate(fate)) for fate in Fate}
    told = ", ".join(f"{number} {fate.value}" for fate, number in counts.items())
    log.info("Person %s erased by user %s: %s", agreed.person_id, by, told)


def lock(person_id: UUID) -> None:
    people = apps.get_model(PERSON)._base_manager.select_for_update()
    if not people.filter(pk=person_id).values_list("pk", flat=True).first():
        raise PlanChanged


def execute(agreed: Plan) -> None:
    """Anonymises, then deletes, each table after those that point at it."""
    for step in agreed.with_fate(Fate.ANONYMISED):
        step.model._base_manager.filter(pk__in=step.keys).update(**step.values)
    gone = agreed.keys(Fate.DELETED)
    for model in in_order_of_deletion(gone):
        if delete(model, gone[model]) != len(gone[model]):
            raise PlanChanged


def delete(model: type[Model], keys: set[Any]) -> int:
    """Deletes rows, and their files once that is certain. Returns how many rows went, others that
    hang on them included."""
    rows = model._base_manager.filter(pk__in=keys)
    for file in [field for field in model._meta.local_fields if isinstance(field, FileField)]:
        for name in rows.exclude(**{file.name: ""}).values_list(file.name, flat=True):
            transaction.on_commit(partial(file.storage.delete, name), robust=True)
    return int(rows.delete()[0])
