"""Spreadsheets: the one way one is written. No cell ever becomes a formula (STANDARDS 6.17)."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a cell of a spreadsheet cannot hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST = 60
CREATOR = "PLUC!"
# How cells are shown; the program of who reads them puts in its own point and comma.
AMOUNT, DAY, MOMENT = "#,##0.00", "dd-mm-yyyy", "dd-mm-yyyy hh:mm"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet: its name, what stands above each column, and the rows.

    `titles` are lines above all that, which tell what it is of; they repeat on each printed page.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    titles: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file. Text stays text whatever it starts with; moments are told in local time."""
    from openpyxl import Workbook  # slow to import

    book = Workbook()
    book.properties.creator = CREATOR
    book.remove(book.active)
    for sheet in sheets:
        write(book.create_sheet(CONTROL.sub("", sheet.name)[:31]), sheet)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def write(target: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    above = [[line] for line in sheet.titles]
    for number, row in enumerate([*above, sheet.head, *sheet.rows], start=1):
        for column, value in enumerate(row, start=1):
            fill(target.cell(number, column), value)
    head = len(above) + 1
    for cell in [*target[1], *target[head]]:
        cell.font = Font(bold=True)
    target.freeze_panes = f"A{head + 1}"
    target.print_title_rows = f"1:{head}"
    for number, label in enumerate(sheet.head, start=1):
        longest = max([len(label), *(len(str(row[number - 1])) for row in sheet.rows)])
        target.column_dimensions[get_column_letter(number)].width = min(longest + 2, WIDEST)


def fill(cell: Any, value: Any) -> None:
    """Writes a value into a cell: amounts, numbers and dates as such, everything else as text."""
    if isinstance(value, dt.datetime):
        cell.value = value.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None)
        cell.number_format = MOMENT
    elif isinstance(value, dt.date):
        cell.value, cell.number_format = value, DAY
    elif isinstance(value, Decimal):
        cell.value, cell.number_format = value, AMOUNT
    elif isinstance(value, bool | int | float):
        cell.value = value
    else:
        cell.value = CONTROL.sub("", str("" if value is None else value))
        cell.data_type = "s"  # openpyxl makes a formula of what starts with "="
