"""A table as data, for pages, documents and frozen editions alike."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Table:
    """Header cells and rows of cells, in the active language. The first cell names its row."""

    caption: str
    head: list[str]
    rows: list[list[str]]

    def as_data(self) -> dict[str, Any]:
        return asdict(self)
