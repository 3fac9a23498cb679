"""Files that a colleague takes along. A spreadsheet has columns as a list on a screen has."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from wagtail.admin.ui.tables import Column

from pluc.documents.spreadsheets import Sheet, workbook


def spreadsheet(name: str, columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """An XLSX file with one sheet. A column has a `label`, and an `accessor` for its values."""
    values = [[column.get_value(row) for column in columns] for row in rows]
    head = [str(column.label) for column in columns]
    return workbook([Sheet(name=name, head=head, rows=values)])


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file that no browser or proxy keeps."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
