"""What a file with a table says, line by line, before anybody knows what its columns mean."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pluc.deeds import Refused

MOST_BYTES = 5 * 1024 * 1024  # of a file
MOST_ROWS = 10_000  # filled ones
MOST_LINES = 100_000  # empty ones included
MOST_COLUMNS = 200
MOST_SIGNS = 1000  # of one cell: the rest is cut off, and no name or address is longer

SENTENCES: dict[str, str | Promise] = {
    "empty": _("There is nothing in this file. Save it once more, and choose it again."),
    "no rows": _("There are headings in this file, but no rows below them."),
    "too large": _(
        "This file is larger than 5 MB. Keep the columns that are needed, and try again."
    ),
    "too many": _("There are more than 10,000 rows in this file. Split it, and send the parts."),
    "old": _(
        "This is an Excel file of an old kind, or one with a password. Save it as .xlsx without a"
        " password, and choose it again."
    ),
    "broken": _("This file cannot be read: it is damaged, or no spreadsheet. Save it once more."),
    "bomb": _("This file unpacks to far more than a list of people holds. Save only the list."),
    "no table": _("No table can be found in this file. Choose a .xlsx or a .csv file."),
    "encoding": _("The file is not written in the encoding that you chose. Choose another one."),
    "no sheet": _("There is no sheet of this name in the file. Choose another one."),
}


class NotReadable(Refused):
    """A file that cannot be read as a table; its sentence says what to do."""

    field = "file"

    @classmethod
    def because(cls, reason: str) -> Self:
        return cls(str(SENTENCES[reason]))


class Fault(Enum):
    """What is wrong with a cell or a line as such, whatever it is about."""

    FORMULA = "formula"  # without a stored result
    MERGED = "merged"  # its value stands in another cell
    GARBLED = "garbled"  # read in an encoding in which it was not written
    COLUMNS = "columns"  # more cells than there are headings


@dataclass(frozen=True, kw_only=True)
class HowToRead:
    """What somebody chose about the file; what is empty is found out."""

    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    with_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, with the number that its program shows beside it."""

    number: int
    cells: tuple[str, ...]
    # By the place of the cell; -1 for the line as a whole.
    faults: dict[int, Fault] = field(default_factory=dict)

    def cell(self, column: int | None) -> str:
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def fault_in(self, columns: "list[int]") -> Fault | None:
        """The first fault of the line itself, or of one of these cells."""
        return next((self.faults[one] for one in [-1, *columns] if one in self.faults), None)


@dataclass(frozen=True, kw_only=True)
class Table:
    """The lines that hold something, and how the file was read."""

    lines: list[Line]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    hidden: int = 0  # hidden rows that were left out
