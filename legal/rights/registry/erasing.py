"""What becomes of rows when somebody is erased, or their time is over (STANDARDS 3.8 to 3.11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from legal.rights.registry.retention import Retention
from legal.rights.registry.words import Text


@dataclass(frozen=True)
class Anonymise:
    """The rows stay for a reason of their own; these columns get these constants.

    Constants, not hashes: a hashed address is still a pseudonym (STANDARDS 3.11).
    """

    fields: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class Delete:
    """Deletes the rows. `where_held` replaces it where rows of other people reference them."""

    where_held: Anonymise | None = None


@dataclass(frozen=True, kw_only=True)
class Keep:
    """The rows stay until then, on this ground, and are deleted after that."""

    until: Retention
    ground: Text


@dataclass(frozen=True)
class WholePerson:
    """Erases the whole person when the retention of the row ends."""


Erasure: TypeAlias = Delete | Anonymise | Keep
Ending: TypeAlias = Delete | Anonymise | WholePerson
