"""The tables that a statement may place. Who has one to offer registers it here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Table:
    """A table as it is now, in the active language: header cells, and rows of cells."""

    caption: str
    head: list[str]
    rows: list[list[str]]

    def as_data(self) -> dict[str, Any]:
        return {"caption": self.caption, "head": self.head, "rows": self.rows}


@dataclass(frozen=True)
class Source:
    """Where a table comes from."""

    label: Any
    make: Callable[[], Table] = field(repr=False)


TABLES: dict[str, Source] = {}


def register_table(key: str, label: Any, make: Callable[[], Table]) -> None:
    """Offers a table under a key that editors choose by its label."""
    TABLES[key] = Source(label, make)
