"""Register of the tables that a statement may contain. Rooms add theirs here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pluc.content.tables import Table


@dataclass(frozen=True)
class Source:
    """Where a table comes from."""

    label: Any
    make: Callable[[], Table] = field(repr=False)


TABLES: dict[str, Source] = {}


def register_table(key: str, label: Any, make: Callable[[], Table]) -> None:
    """Offers a table under a key that editors choose by its label."""
    TABLES[key] = Source(label, make)
