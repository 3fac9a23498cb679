"""Whose data a row is: the ways from a row to a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q

from legal.rights.registry.words import Text

# Whose data we hold. A string: this room stands below the people's own.
PERSON, USER = "accounts.Person", "accounts.User"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The person whose rows are asked for: by key, by login, by proven addresses (lower case).

    An address that is not proven to be theirs leads to nothing: a mailbox may be shared, and a
    stranger may type any address (DESIGN, "People").
    """

    person_id: UUID
    user_id: int | None = None
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Path:
    """Keys that lead to the person, as in `user__person`; `pk` where the row is the person."""

    path: str

    def rows(self, subject: Subject) -> Q:
        return Q(**{self.path: subject.person_id})


@dataclass(frozen=True, kw_only=True)
class Address:
    """A column with an e-mail address. `unless` names a key to a person: if set, that one holds."""

    field: str
    unless: str = ""

    def rows(self, subject: Subject) -> Q:
        matches = Q(pk__in=[])
        for address in sorted(subject.addresses):
            matches |= Q(**{f"{self.field}__iexact": address})
        return matches & Q(**{f"{self.unless}__isnull": True}) if self.unless else matches


@dataclass(frozen=True)
class Lookup:
    """A custom condition that finds the person's rows."""

    find: Callable[[Subject], Q]

    def rows(self, subject: Subject) -> Q:
        return self.find(subject)


@dataclass(frozen=True)
class Unlinked:
    """Personal data in which nobody's own part can be found, and why."""

    reason: Text

    def rows(self, subject: Subject) -> Q:
        return Q(pk__in=[])


Owner: TypeAlias = Path | Address | Lookup | Unlinked
