"""What erasure does to rows (STANDARDS 3.8, 3.10, 3.11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from legal.rights.registry.retention import Retention
from legal.rights.registry.words import Text


@dataclass(frozen=True)
class Delete:
    """The rows go."""


@dataclass(frozen=True)
class Anonymise:
    """The rows stay for a reason of their own; these columns get these constants.

    Constants, not hashes: a hashed address is still a pseudonym (STANDARDS 3.11).
    """

    fields: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class Keep:
    """The rows stay until then, on this ground, and go after that."""

    until: Retention
    ground: Text


Erasure: TypeAlias = Delete | Anonymise | Keep
