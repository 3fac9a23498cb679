"""Lists as spreadsheets: the same three fields as on paper, and columns to fill in (P05)."""

import datetime as dt

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _t
from django.utils.translation import pgettext

from pluc.documents.spreadsheets import Sheet, workbook
from portal.attendance.paper.lists import PaperList


def sheet_of(paper: PaperList, *, made_at: dt.datetime, version: int | None = None) -> bytes:
    """A list as XLSX, without the empty lines: a spreadsheet has room below.

    `version` is that of the printed list with the same people on it, where there is one.
    """
    with translation.override(paper.language):
        titles = titles_of(paper, made_at, version)
        more = [_t("Signature, and the time if it is another")] if paper.is_signed else []
        head = [_t("No."), *heads(), *more]
    rows = [
        [row.number, row.name, row.organisation, row.titles, *([""] * len(more))]
        for row in paper.rows
        if not row.is_empty
    ]
    return workbook([Sheet(name=paper.title, head=head, rows=rows, titles=titles)])


def titles_of(paper: PaperList, made_at: dt.datetime, version: int | None) -> list[str]:
    """What it is a list of, and from when, as the heading of a printed list tells."""
    told = {"version": version, "moment": date_format(localtime(made_at), "DATETIME_FORMAT")}
    made = _t("Version %(version)s, made on %(moment)s") if version else _t("Made on %(moment)s")
    session = [paper.session] if paper.session else []
    return [f"{paper.title}: {paper.course}", paper.when, *session, paper.place, made % told]


def heads() -> list[str]:
    return [_t("Name"), _t("Organisation"), pgettext("of a professional", "Title")]
