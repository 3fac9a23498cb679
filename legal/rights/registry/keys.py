"""Keys between tables, as deleting rows has to respect them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    DO_NOTHING,
    PROTECT,
    RESTRICT,
    Exists,
    ForeignObjectRel,
    Model,
    OuterRef,
    QuerySet,
)


def keys_to(model: type[Model]) -> list[ForeignObjectRel]:
    """The keys of all tables that point at rows of a model."""
    relations = model._meta.get_fields(include_hidden=True)
    return [one for one in relations if isinstance(one, ForeignObjectRel) and not one.many_to_many]


def holders_of(model: type[Model]) -> list[ForeignObjectRel]:
    """Keys (PROTECT, RESTRICT) that block the deletion of the row that they reference."""
    return [
        one
        for one in keys_to(model)
        if one.on_delete in (PROTECT, RESTRICT)
        or (one.on_delete is DO_NOTHING and getattr(one.field, "db_constraint", True))
    ]


def unheld(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The rows that can be deleted now."""
    for key in holders_of(rows.model):
        pointing = key.related_model._base_manager.filter(**{key.field.name: OuterRef("pk")})
        rows = rows.filter(~Exists(pointing))
    return rows


def in_order_of_deletion(models: Iterable[type[Model]]) -> list[type[Model]]:
    """The models, each after those that point at it; otherwise in the order in which they come."""
    wanted, ordered, seen = list(dict.fromkeys(models)), [], set()

    def visit(model: type[Model]) -> None:
        if model in seen:  # also where tables point at each other
            return
        seen.add(model)
        for key in keys_to(model):
            if key.related_model in wanted:
                visit(key.related_model)
        ordered.append(model)

    for model in wanted:
        visit(model)
    return ordered
