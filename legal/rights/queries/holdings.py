"""What is held of a person, from the registry: the values of their own rows, and no one else's.

The number of queries follows from the number of tables with something in them, never from the
number of rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import DateField, IntegerField, Model, QuerySet
from django.db.models import Value as Constant
from django.utils.translation import gettext as _t

from legal.rights.queries.wording import in_words
from legal.rights.registry import REGISTRY, Basis, Group, Path, Personal, Source, Subject, Unlinked
from legal.rights.registry.columns import column_at, english_beside
from pluc.language import in_active_language

# Records beyond these are folded away; and what a record holds beyond the values it is known by.
RECORDS_IN_SIGHT = 3
VALUES_IN_LINE = 2
# What people may fill in: a value that is missing is named there.
PROFILE = {Group.CONTACT, Group.PROFESSION, Group.BILLING}
# A table and the ways to its owner: declarations that share both share a query.
Place: TypeAlias = tuple[str, tuple[Any, ...]]
Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Value:
    label: str
    # Empty where nothing is stored.
    text: str
    # Whether its row is told from others by it.
    is_known_by: bool = False


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of a table."""

    values: list[Value]

    @property
    def line(self) -> str:
        """What it is known by, where it holds more than that: a phone folds the rest."""
        known_by = [value.text for value in self.values if value.is_known_by and value.text]
        has_more = len(self.values) > VALUES_IN_LINE
        return ", ".join(known_by) if has_more else ""


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one table holds of a person, as labels and words."""

    title: str
    # One row at most, by the table's own nature.
    is_single: bool
    # Whether it is a log of what was done: a phone folds it.
    is_log: bool
    records: list[Record]
    # Said where there are no records.
    empty: str

    @property
    def count(self) -> int:
        """How many things are held: values of a single row, otherwise rows."""
        if not self.is_single:
            return len(self.records)
        return sum(1 for one in self.records for value in one.values if value.text)

    @property
    def is_short(self) -> bool:
        """Whether its records are one value each, so that several fit on a line."""
        return all(len(record.values) == 1 for record in self.records)

    @property
    def is_even(self) -> bool:
        """Whether its records can stand below one line of labels."""
        labels = {tuple(value.label for value in one.values if value.text) for one in self.records}
        return len(labels) == 1 and not self.is_short

    @property
    def gaps(self) -> list[str]:
        """What somebody may still fill in of a single row."""
        values = self.records[0].values if self.records else []
        return [value.label for value in values if not value.text]

    @property
    def in_sight(self) -> list[Record]:
        return self.records[:RECORDS_IN_SIGHT]

    @property
    def folded(self) -> list[Record]:
        return self.records[RECORDS_IN_SIGHT:]


@dataclass(frozen=True, kw_only=True)
class Part:
    """Tables with the same reason and the same end, and where all of it comes from and goes to."""

    purpose: str
    basis: Basis
    retention: str
    sources: list[str]
    recipients: list[str]
    holdings: list[Holding]

    @property
    def count(self) -> int:
        return sum(holding.count for holding in self.holdings)

    def with_holdings(self, *, that_are_empty: bool) -> "Part":
        """The part with only those of its tables that hold something, or only the others."""
        found = [one for one in self.holdings if (one.count == 0) is that_are_empty]
        return replace(self, holdings=found)


@dataclass(frozen=True, kw_only=True)
class Section:
    group: Group
    parts: list[Part]

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def filled(self) -> list[Part]:
        """What is held of this person."""
        return self.with_holdings(that_are_empty=False)

    @property
    def empty(self) -> list[Part]:
        """What could be, and is not: folded away."""
        return self.with_holdings(that_are_empty=True)

    @property
    def empty_titles(self) -> list[str]:
        return list(dict.fromkeys(one.title for part in self.empty for one in part.holdings))

    def with_holdings(self, *, that_are_empty: bool) -> list[Part]:
        parts = [part.with_holdings(that_are_empty=that_are_empty) for part in self.parts]
        return [part for part in parts if part.holdings]


def subject_of(*, person_id: UUID) -> Subject:
    """The person with their login and the addresses that it has proven."""
    users = get_user_model()._default_manager.filter(person=person_id)
    proven = EmailAddress.objects.filter(user__person=person_id, verified=True)
    return Subject(
        person_id=person_id,
        user_id=users.values_list("pk", flat=True).first(),
        addresses=frozenset(email.lower() for email in proven.values_list("email", flat=True)),
    )


def sections_of(*, person_id: UUID) -> list[Section]:
    """All groups of data, each with what is held of this person, in the active language (P24)."""
    rows = rows_of(subject_of(person_id=person_id), REGISTRY.personal)
    sections = [section_of(group, rows) for group in Group]
    return [section for section in sections if section.parts]


def rows_of(subject: Subject, declared: Iterable[Personal]) -> dict[Place, list[Row]]:
    """The subject's rows in every table that has any."""
    places: dict[Place, list[Personal]] = {}
    for one in declared:
        if one.is_linked and one.shown:
            places.setdefault(place_of(one), []).append(one)
    own = {place: own_rows(subject, ones[0]) for place, ones in places.items()}
    return {place: read(own[place], places[place]) for place in with_rows(own)}


def place_of(one: Personal) -> Place:
    return one.table, one.owners


def own_rows(subject: Subject, one: Personal) -> "QuerySet[Any]":
    return one.model._base_manager.filter(one.rows(subject))


def with_rows(own: "dict[Place, QuerySet[Any]]") -> list[Place]:
    """The places that have rows, by one query for all of them."""
    places = list(own)
    questions = [
        own[place]
        .order_by()
        .annotate(place_number=Constant(number, IntegerField()))
        .values_list("place_number", flat=True)
        .distinct()
        for number, place in enumerate(places)
    ]
    answers = questions[0].union(*questions[1:], all=True) if questions else []
    return [places[number] for number in answers]


def read(rows: "QuerySet[Any]", ones: list[Personal]) -> list[Row]:
    """The columns that are shown of rows, the newest first."""
    names = list(dict.fromkeys(name for one in ones for name in one.shown))
    names += [one for one in in_english(rows.model, names).values() if one not in names]
    moments = [name for name in names if isinstance(column_at(rows.model, name), DateField)]
    return list(rows.order_by(*(f"-{name}" for name in moments[:1]), "-pk").values(*names))


def in_english(model: type[Model], names: Iterable[str]) -> dict[str, str]:
    """The columns that have the same in English beside them, with the path of that."""
    return {name: beside for name in names if (beside := english_beside(model, name))}


def section_of(group: Group, rows: dict[Place, list[Row]]) -> Section:
    """A group's parts. What only some people have is left out where there is nothing of it."""
    parts: dict[tuple[Any, ...], list[Personal]] = {}
    for one in REGISTRY.personal:
        is_for_all = one.is_for_all and not group.is_for_staff
        has_some = bool(one.shown) and place_of(one) in rows
        if one.group is group and (has_some or is_for_all):
            reasons = (str(one.purpose), one.basis, str(one.retention))
            parts.setdefault(reasons, []).append(one)
    return Section(group=group, parts=[part_of(ones, rows) for ones in parts.values()])


def part_of(ones: list[Personal], rows: dict[Place, list[Row]]) -> Part:
    """What is held for one reason, of declarations that name the same one."""
    sources = dict.fromkeys(one.source for one in ones)
    recipients = dict.fromkeys(recipient for one in ones for recipient in one.recipients)
    return Part(
        purpose=str(ones[0].purpose),
        basis=ones[0].basis,
        retention=str(ones[0].retention),
        sources=[str(source.label) for source in sources],
        recipients=[str(recipient.label) for recipient in recipients],
        holdings=[holding_of(one, rows.get(place_of(one), [])) for one in ones],
    )


def holding_of(one: Personal, rows: list[Row]) -> Holding:
    reasons = [str(owner.reason) for owner in one.owners if isinstance(owner, Unlinked)]
    return Holding(
        title=str(one.title),
        is_single=one.is_linked and is_single(one),
        is_log=one.is_log,
        records=[record for row in rows if (record := record_of(one, row)).values],
        empty=next(iter(reasons), str(one.empty) or _t("nothing so far")),
    )


def record_of(one: Personal, row: Row) -> Record:
    """A row's values. What somebody may still fill in is named where it is empty, too."""
    gaps = one.group in PROFILE and one.source is not Source.US
    known_by = one.known_by or tuple(one.shown)[:VALUES_IN_LINE]
    values = [
        Value(label=str(label), text=text_in(one, row, name), is_known_by=name in known_by)
        for name, label in one.shown.items()
    ]
    return Record(values=[value for value in values if value.text or gaps])


def text_in(one: Personal, row: Row, name: str) -> str:
    """A value in words; in English what stands in English beside it, unless that is shown too."""
    text = in_words(column_at(one.model, name), row[name], one.render.get(name))
    beside = english_beside(one.model, name)
    return in_active_language(text, row[beside]) if beside and beside not in one.shown else text


def is_single(one: Personal) -> bool:
    """Whether a person can have one row at most: every key on the way is unique."""
    owner = one.owners[0]
    if not isinstance(owner, Path) or len(one.owners) > 1:
        return False
    names = owner.path.split("__")
    steps = ["__".join(names[: length + 1]) for length in range(len(names))]
    columns = [column_at(one.model, step) for step in steps]
    return all(column is not None and column.unique for column in columns)
