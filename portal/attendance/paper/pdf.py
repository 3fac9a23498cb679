"""Makes the PDF of a list, and tells which rows came on which page."""

import ctypes
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import mark_safe

from pluc.documents.pdf import render_pdf
from portal.attendance.paper.codes import drawn, in_groups
from portal.attendance.paper.lists import PaperList

# Each row's number is an anchor in the PDF, by which its page is found. An element with an id has a
# style of its own, and so has all that is in it: therefore not the row.
ROW = "row-"


def render_list(
    paper: PaperList, *, codes: Sequence[str], version: int, made_at: dt.datetime
) -> tuple[bytes, list[list[int]]]:
    """The PDF, and the numbers of the rows on each of its pages.

    Page n has code n of `codes`; where there are more pages than codes the last ones have none.
    Raises `DocumentNotMade`. Never called within a transaction (`render_pdf`).
    """
    shown = [
        {"page": page, "letters": in_groups(code), "symbol": mark_safe(drawn(code))}  # noqa: S308
        for page, code in enumerate(codes, start=1)
    ]
    context = {"list": paper, "codes": shown, "version": version, "made_at": made_at}
    pdf = render_pdf("attendance/list.html", context, language=paper.language)
    return pdf, rows_by_page(pdf)


def rows_by_page(pdf: bytes) -> list[list[int]]:
    """Where the rows stand, as the document itself tells: nothing is reckoned."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages: list[list[int]] = [[] for _ in range(len(document))]
        for name, page in places_in(document):
            if name.startswith(ROW):
                pages[page].append(int(name.removeprefix(ROW)))
    finally:
        document.close()
    return [sorted(rows) for rows in pages]


def places_in(document: Any) -> list[tuple[str, int]]:
    """The anchors of a PDF, each with the index of its page."""
    from pypdfium2 import raw

    places = []
    for index in range(raw.FPDF_CountNamedDests(document)):
        size = ctypes.c_long()
        raw.FPDF_GetNamedDest(document, index, None, size)
        name = ctypes.create_string_buffer(size.value)
        place = raw.FPDF_GetNamedDest(document, index, name, size)
        page = raw.FPDFDest_GetDestPageIndex(document, place)
        places.append((name.raw[: size.value].decode("utf-16-le").rstrip("\0"), page))
    return places
