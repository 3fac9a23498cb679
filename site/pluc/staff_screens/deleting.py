"""What deleting a row would touch: what holds on to it, what goes along, and what only lets go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CASCADE, DO_NOTHING, PROTECT, RESTRICT, ManyToOneRel, Model, QuerySet
from django.utils.text import capfirst

NAMED = 5  # rows of a kind that a screen names


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Rows of one kind, by what becomes of them: one of the lists of `Effects`."""

    kind: str
    number: int
    names: list[str]

    @property
    def more(self) -> int:
        return self.number - len(self.names)


@dataclass(frozen=True, kw_only=True)
class Effects:
    """`holds` keep the row where it is; `goes` are deleted with it; `lets_go` lose their link."""

    holds: list[Touched]
    goes: list[Touched]
    lets_go: list[Touched]


def effects_of_deleting(row: Model, *, going: Sequence[Model] = ()) -> Effects:
    """What the database would do, and what would lose its history without being asked.

    Rows of `going` hold nothing: whoever asks deletes them along with it.
    """
    effects = Effects(holds=[], goes=[], lets_go=[])
    for relation in relations_to(row):
        rows, kind = rows_behind(relation, row)
        rows = rows.exclude(pk__in=[one.pk for one in going if isinstance(one, rows.model)])
        if number := rows.count():
            names = [str(one) for one in rows[:NAMED]]
            touched = Touched(kind=capfirst(str(kind)), number=number, names=names)
            list_for(relation, effects).append(touched)
    return effects


def relations_to(row: Model) -> Iterator[ManyToOneRel]:
    """Keys of other tables to this row, those without a name of their own too."""
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.on_delete is not DO_NOTHING:
            yield relation


def rows_behind(relation: ManyToOneRel, row: Model) -> "tuple[QuerySet[Any], Any]":
    """The rows with this key, and their kind. Behind a table of pairs: those at the other end."""
    model: Any = relation.related_model
    keyed = model._base_manager.filter(**{relation.field.name: row.pk})
    if not model._meta.auto_created:
        return keyed, model._meta.verbose_name_plural
    (other,) = (
        field
        for field in model._meta.concrete_fields
        if field.is_relation and field != relation.field
    )
    far = other.related_model
    found = far._default_manager.filter(pk__in=keyed.values(other.attname))
    return found, far._meta.verbose_name_plural


def list_for(relation: ManyToOneRel, effects: Effects) -> list[Touched]:
    """A row that others are paired with is part of their history: it stays, as a protected one."""
    if relation.on_delete in (PROTECT, RESTRICT) or relation.related_model._meta.auto_created:
        return effects.holds
    return effects.goes if relation.on_delete is CASCADE else effects.lets_go
