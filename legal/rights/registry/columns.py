"""Following names of columns through models: `user__person` from a row to whom it leads."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model

from legal.rights.registry.owners import PERSON


def column_at(model: type[Model], path: str) -> "Field[Any, Any] | None":
    """The column at the end of a path of keys; `None` where the path leads nowhere."""
    column: Field[Any, Any] | None = None
    here: type[Model] | None = model
    for name in path.split("__"):
        column = own_column(here, name) if here else None
        if column is None:
            return None
        related = column.related_model if column.is_relation else None
        here = related if isinstance(related, type) else None
    return column


def english_beside(model: type[Model], path: str) -> str:
    """The path of the column with the same in English, as `title_en` is of `title`; else empty."""
    path = f"{path}_en"
    return path if column_at(model, path) else ""


def own_column(model: type[Model], name: str) -> "Field[Any, Any] | None":
    """A column of a model or of the models that it extends, by its name or `pk`."""
    if name == "pk":
        return model._meta.pk
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) and found.concrete else None


def columns_of(model: type[Model]) -> list[str]:
    """The columns of a model's own table: those of a parent stand in the parent's."""
    return [column.name for column in model._meta.local_concrete_fields]


def leads_to_a_person(model: type[Model], path: str) -> bool:
    if path == "pk":
        return model._meta.label == PERSON
    column = column_at(model, path)
    related = column.related_model if column is not None and column.is_relation else None
    return isinstance(related, type) and related._meta.label == PERSON
