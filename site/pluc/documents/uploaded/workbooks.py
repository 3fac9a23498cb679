"""Lines of an XLSX file, by openpyxl's parser of read-only sheets, which holds one row at a time.

What a sheet says of its own size is not looked at. XML with entities is refused by defusedxml.
"""

import datetime as dt
import warnings
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from pluc.documents.uploaded.tables import (
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    MOST_SIGNS,
    Fault,
    HowToRead,
    Line,
    NotReadable,
    Table,
)

# What it may unpack to, in bytes. zipfile reads no more of a part than the archive says it holds.
MOST_UNPACKED = 64 * 1024 * 1024
MOST_STRINGS = 24 * 1024 * 1024  # the table of texts is read as a whole
MOST_PARTS = 500
MOST_MERGED = 100_000  # cells that merged ranges cover


def read(content: bytes, how: HowToRead) -> Table:
    """Raises `NotReadable`."""
    refuse_bombs(content)
    with errors_of_broken_files():
        return read_book(content, how)


@contextmanager
def errors_of_broken_files() -> Iterator[None]:
    """Whatever a damaged or hostile file makes the parsers raise is one refusal."""
    from lxml.etree import LxmlError
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, of parts that it leaves out
            yield
    except (
        *(
            BadZipFile,
            zlib.error,
            LxmlError,
            InvalidFileException,
            SyntaxError,
            NotImplementedError,
        ),
        *(LookupError, ValueError, TypeError, AttributeError, EOFError, OverflowError),
    ) as error:
        raise NotReadable.because("broken") from error


def refuse_bombs(content: bytes) -> None:
    """Looks at what the archive says of its parts, without unpacking any."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise NotReadable.because("broken") from error
    strings = sum(one.file_size for one in parts if "sharedstrings" in one.filename.lower())
    whole = sum(one.file_size for one in parts)
    if whole > MOST_UNPACKED or strings > MOST_STRINGS or len(parts) > MOST_PARTS:
        raise NotReadable.because("bomb")


def read_book(content: bytes, how: HowToRead) -> Table:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        shown = [one for one in book.worksheets if one.sheet_state == "visible"]
        sheets = tuple(one.title for one in shown)
        if not sheets or (how.sheet and how.sheet not in sheets):
            raise NotReadable.because("no sheet" if sheets else "no table")
        sheet = next(one for one in shown if one.title == (how.sheet or sheets[0]))
        lines, hidden = lines_of(book, sheet, with_hidden=how.with_hidden)
    finally:
        book.close()
    return Table(lines=lines, sheet=sheet.title, sheets=sheets, hidden=hidden)


def lines_of(book: Any, sheet: Any, *, with_hidden: bool) -> tuple[list[Line], int]:
    """The filled lines, wherever they stand, and how many hidden ones were left out."""
    lines, hidden = list[Line](), 0
    with sheet._get_source() as source:
        parser = parser_of(book, sheet, source)
        for count, (number, cells) in enumerate(parser.parse(), start=1):
            if count > MOST_LINES:
                raise NotReadable.because("too many")
            line = line_of(number, cells)
            if not any(line.cells) and not line.faults:
                continue
            if not with_hidden and is_hidden(parser, number):
                hidden += 1
                continue
            lines.append(line)
            if len(lines) > MOST_ROWS + 1:
                raise NotReadable.because("too many")
        mark_merged(lines, parser)
    return lines, hidden


def parser_of(book: Any, sheet: Any, source: Any) -> Any:
    """openpyxl's parser, which also tells cells whose formula has no stored result."""
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        def parse_cell(self, element: Any) -> Any:
            cell = super().parse_cell(element)
            if cell["value"] is None and element.find(FORMULA_TAG) is not None:
                cell["value"] = Fault.FORMULA
            return cell

    return Parser(
        source,
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def is_hidden(parser: Any, number: int) -> bool:
    """By hand or by a filter: both are the same in the file."""
    return parser.row_dimensions.get(str(number), {}).get("hidden") in {"1", "true"}


def line_of(number: int, cells: list[dict[str, Any]]) -> Line:
    """A row's cells in their places, as text."""
    texts: list[str] = []
    faults: dict[int, Fault] = {}
    for cell in cells:
        place = cell["column"] - 1
        if cell["value"] is None or place >= MOST_COLUMNS:
            continue
        texts.extend([""] * (place + 1 - len(texts)))
        if cell["value"] is Fault.FORMULA:
            faults[place] = Fault.FORMULA
        elif cell["data_type"] != "e":  # such as #REF!: as good as empty
            texts[place] = text_of(cell["value"])
    return Line(number, tuple(texts), faults)


def text_of(value: Any) -> str:
    """A value as a person would type it; a date by its ISO form."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return str(value)[:MOST_SIGNS].strip()


def mark_merged(lines: list[Line], parser: Any) -> None:
    """Marks cells whose value stands in the first cell of a merged range.

    Raises `NotReadable` where ranges cover more cells than a list has: they may overlap in a file
    that was made to keep us busy.
    """
    ranges = parser.merged_cells.mergeCell if parser.merged_cells else []
    in_order = sorted(lines, key=number_of)
    covered = 0
    for one in ranges:
        places = range(one.min_col - 1, min(one.max_col, MOST_COLUMNS))
        start = bisect_left(in_order, one.min_row, key=number_of)
        end = bisect_right(in_order, one.max_row, key=number_of)
        covered += 1 + (end - start) * len(places)
        if covered > MOST_MERGED:
            raise NotReadable.because("bomb")
        for line in in_order[start:end]:
            first = {one.min_col - 1} if line.number == one.min_row else set()
            line.faults.update(dict.fromkeys({*places} - first, Fault.MERGED))


def number_of(line: Line) -> int:
    return line.number
