"""The declarations themselves, and the one registry that all rooms fill."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.apps import apps
from django.db.models import Model, Q
from django.utils.text import capfirst

from legal.rights.registry.columns import column_at
from legal.rights.registry.erasing import Anonymise, Delete, Ending, Erasure, Keep
from legal.rights.registry.owners import Owner, Path, Subject, Unlinked
from legal.rights.registry.retention import Retention
from legal.rights.registry.words import Basis, Group, Recipient, Source, Text

# Turns a value into words, in the active language; `None` leaves it as it is.
Render: TypeAlias = Callable[[Any], Text | None]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A table: a model's label, or the name of a table that has no model."""

    table: str
    retention: Retention

    @property
    def ending(self) -> Ending:
        """What the purge does to rows whose time is over."""
        return Delete()

    @property
    def has_model(self) -> bool:
        return "." in self.table

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.table)


@dataclass(frozen=True, kw_only=True)
class Personal(Declared):
    """A table, or a part of one, that holds data about people.

    A table that holds several groups of data, or rows of several people, is declared once for each;
    together the declarations name every column.
    """

    owners: tuple[Owner, ...]
    title: Text
    group: Group
    purpose: Text
    basis: Basis
    source: Source
    recipients: tuple[Recipient, ...]
    shown: Mapping[str, Text] = field(hash=False)
    internal: tuple[str, ...]
    erasure: Erasure
    # What the end of its time does, where that is not what erasure does.
    at_end: Ending | None = None
    # Whether anybody may have it; what only some have (a speaker, a contact) is told to them alone.
    is_for_all: bool = True
    # What is said where there is nothing; and how values become words, by column.
    empty: Text = ""
    render: Mapping[str, Render] = field(default_factory=dict, hash=False)
    # The columns by which one tells its rows apart, the rest of a row being folded; else the first.
    known_by: tuple[str, ...] = ()
    # A log of what was done: a phone folds it.
    is_log: bool = False

    @property
    def is_linked(self) -> bool:
        """Whether a person's own part of it can be found."""
        return self.has_model and not any(isinstance(owner, Unlinked) for owner in self.owners)

    @property
    def ending(self) -> Ending:
        if self.at_end is not None:
            return self.at_end
        return Delete() if isinstance(self.erasure, Keep) else self.erasure

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.shown, *self.internal)

    def rows(self, subject: Subject) -> Q:
        """The condition that finds the person's own rows."""
        condition = Q(pk__in=[])
        for owner in self.owners:
            condition |= owner.rows(subject)
        return condition


@dataclass(frozen=True, kw_only=True)
class NotPersonal(Declared):
    """A table without personal data, and why. `despite` names columns that look as if.

    What piles up has a retention all the same.
    """

    reason: str
    despite: tuple[str, ...] = ()
    # On one of the two databases only.
    may_be_absent: bool = False
    retention: Retention = field(default_factory=Retention)


@dataclass(frozen=True)
class Registry:
    """Everything that has been declared."""

    personal: list[Personal] = field(default_factory=list)
    others: list[NotPersonal] = field(default_factory=list)

    def without(self, table: str) -> "Registry":
        """A copy that knows nothing of a table."""
        return Registry(
            personal=[one for one in self.personal if one.table != table],
            others=[one for one in self.others if one.table != table],
        )


REGISTRY = Registry()
# Columns in order: their names, or each with what it is called.
Shown: TypeAlias = Mapping[str, Text] | Sequence[str | tuple[str, Text]]


def labelled(table: str, shown: Shown) -> Mapping[str, Text]:
    """The columns that are shown, each with what it is called; else as its model calls it."""
    if isinstance(shown, Mapping):
        return shown
    named = [(one, own_label(table, one)) if isinstance(one, str) else one for one in shown]
    return dict(named)


def own_label(table: str, path: str) -> Text:
    """Raises `LookupError` for a column that is not there."""
    column = column_at(apps.get_model(table), path)
    if column is None:
        raise LookupError(f"{table} has no {path}")
    return capfirst(column.verbose_name)


def personal(
    table: str,
    *,
    owner: str | Owner | tuple[str | Owner, ...],
    title: Text,
    group: Group,
    purpose: Text,
    basis: Basis,
    source: Source,
    retention: Retention,
    shown: Shown,
    internal: Iterable[str],
    erasure: Erasure,
    at_end: Ending | None = None,
    recipients: Iterable[Recipient] = (Recipient.HOST,),
    empty: Text = "",
    render: Mapping[str, Render] | None = None,
    is_for_all: bool = True,
    known_by: Iterable[str] = (),
    is_log: bool = False,
) -> None:
    """Declares a table with personal data, or a part of it. A string as owner is a path of keys."""
    owners = owner if isinstance(owner, tuple) else (owner,)
    REGISTRY.personal.append(
        Personal(
            table=table,
            owners=tuple(Path(one) if isinstance(one, str) else one for one in owners),
            title=title,
            group=group,
            purpose=purpose,
            basis=basis,
            source=source,
            recipients=tuple(recipients),
            retention=retention,
            shown=labelled(table, shown),
            internal=tuple(internal),
            erasure=erasure,
            at_end=at_end,
            empty=empty,
            render=render or {},
            is_for_all=is_for_all,
            known_by=tuple(known_by),
            is_log=is_log,
        )
    )


def work_of_staff(
    table: str,
    column: str,
    *,
    title: Text,
    purpose: Text,
    retention: Retention,
    shown: Shown,
    internal: Iterable[str] = (),
    empty: Text = "",
    at_end: Ending | None = None,
) -> None:
    """Declares what a colleague did, of a table whose `column` says which user it was.

    The row stays when the colleague goes, without their name. When its period is over the name
    goes, or what `at_end` says: `Delete` where no other declaration ends the row.
    """
    personal(
        table,
        owner=f"{column}__person",
        title=title,
        group=Group.STAFF,
        purpose=purpose,
        basis=Basis.INTEREST,
        source=Source.US,
        retention=retention,
        shown=shown,
        internal=[column, *internal],
        erasure=Anonymise({column: None}),
        empty=empty,
        at_end=at_end,
    )


def not_personal(
    *tables: str,
    reason: str,
    despite: Iterable[str] = (),
    may_be_absent: bool = False,
    retention: Retention | None = None,
) -> None:
    """Declares models without personal data, for one reason."""
    REGISTRY.others.extend(
        NotPersonal(
            table=table,
            reason=reason,
            despite=tuple(despite),
            may_be_absent=may_be_absent,
            retention=retention or Retention(),
        )
        for table in tables
    )


def not_personal_tables(*tables: str, reason: str, may_be_absent: bool = False) -> None:
    """Declares tables that have no model."""
    not_personal(*tables, reason=reason, may_be_absent=may_be_absent)
