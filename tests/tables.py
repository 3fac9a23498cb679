"""Files with tables, as others send them: spreadsheets as openpyxl writes them, and broken ones."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEAD = ("Voornaam", "Achternaam", "E-mail")


def sheet(*rows: Sequence[Any], head: Sequence[Any] = HEAD, change: Any = None) -> bytes:
    """An XLSX file with one sheet; `change` gets the sheet before it is saved."""
    book = Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    if change:
        change(book.active)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed, or added."""
    stream, found = BytesIO(), False
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            is_it = part == name
            found |= is_it
            new.writestr(part, change(old.read(part)) if is_it else old.read(part))
        if not found:
            new.writestr(name, change(b""))
    return stream.getvalue()


def text(*rows: str, head: str = "voornaam;achternaam;e-mail", encoding: str = "utf-8") -> bytes:
    """A file with separators, as Windows saves it."""
    return "\r\n".join((head, *rows, "")).encode(encoding)
