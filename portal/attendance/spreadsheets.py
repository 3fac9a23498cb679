"""Lists as spreadsheets: the same three fields as on paper, and columns to fill in (P05)."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _t
from django.utils.translation import pgettext

from pluc.documents.spreadsheets import Sheet, workbook
from portal.attendance.paper.lists import PaperList
from portal.attendance.queries.lists import ListedPerson


def sheet_of(paper: PaperList) -> bytes:
    """A list as XLSX, without the empty lines: a spreadsheet has room below."""
    with translation.override(paper.language):
        more = [_t("Signature, and the time if it is another")] if paper.is_signed else []
        head = [_t("No."), *heads(), *more]
    rows = [
        [row.number, row.name, row.organisation, row.titles, *([""] * len(more))]
        for row in paper.rows
        if not row.is_empty
    ]
    return workbook([Sheet(name=paper.title, head=head, rows=rows)])


def people_sheet(people: Sequence[ListedPerson], *, title: str) -> bytes:
    """The participants of a meeting as XLSX, in the active language, for whoever may have them."""
    rows = [[one.name, one.organisation, one.titles] for one in people]
    return workbook([Sheet(name=title, head=heads(), rows=rows)])


def heads() -> list[str]:
    return [_t("Name"), _t("Organisation"), pgettext("of a professional", "Title")]
