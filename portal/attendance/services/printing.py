"""Prints a list: a version with its pages and rows, as they stand on paper (P05)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from pluc.documents.errors import DocumentNotMade
from portal.accounts.models import User
from portal.attendance.models import ListPrint, PrintedPage, PrintedRow
from portal.attendance.paper.codes import new_code
from portal.attendance.paper.lists import PaperList, paper_list
from portal.attendance.paper.pdf import render_list
from portal.attendance.queries.lists import rows_to_print
from portal.meetings.models import Meeting, Session

# So many rows fit on a page at least, where no name is very long; else it is laid out again.
ROWS_A_PAGE = 15
SHORT = 6  # pages of a list that is laid out once more to save one
# So many empty lines are left where the others would stand on a page of their own.
FEWEST_EMPTY = 3
TRIES = 3

Pages = list[list[int]]


class NotPrinted(Refused):
    @property
    def sentence(self) -> str:
        return _t("The list could not be made just now. Try again in a minute.")


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A list as it comes out of the printer; `is_new` where it became a version of its own."""

    pdf: bytes
    version: int
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A list laid out: the document, and which rows and which code are on each page."""

    paper: PaperList
    pdf: bytes
    pages: Pages
    codes: Sequence[str]
    version: int
    made_at: dt.datetime


def print_list(*, meeting: Meeting, session: Session | None, kind: str, by: User) -> Printed:
    """The list as it is now. The same facts as the last time are that same version again.

    So a second copy for another table is no newer list, and a photograph of either is of the same
    pages (docs/decisions/0039). Raises `NotPrinted`. Rendering lasts, so nothing is locked while
    it does; who printed meanwhile comes first, and the list is laid out anew.
    """
    for _try in range(TRIES):
        people = rows_to_print(meeting_id=meeting.pk)
        paper = paper_list(meeting=meeting, session=session, kind=kind, people=people)
        last = last_print(meeting=meeting, session=session, kind=kind)
        if last is not None and (again := printed_again(last, paper)) is not None:
            return Printed(pdf=again, version=last.version, is_new=False)
        layout = laid_out(paper, version=last.version + 1 if last else 1)
        if store(paper, layout, meeting=meeting, session=session, by=by):
            return Printed(pdf=layout.pdf, version=layout.version, is_new=True)
    raise NotPrinted


def last_print(*, meeting: Meeting, session: Session | None, kind: str) -> ListPrint | None:
    prints = ListPrint.objects.filter(meeting=meeting, session=session, kind=kind)
    return prints.order_by("-version").first()


def printed_again(last: ListPrint, paper: PaperList) -> bytes | None:
    """The PDF of the last version; `None` where the list is another one by now."""
    if last.digest != paper.digest:
        return None
    codes = list(last.pages.order_by("number").values_list("code", flat=True))
    stored = stored_pages(last)
    same = replace(paper, rows=paper.rows[: sum(map(len, stored))])
    pdf, pages = rendered(same, codes, version=last.version, made_at=last.made_at)
    return pdf if pages == stored else None


def stored_pages(one: ListPrint) -> Pages:
    rows = PrintedRow.objects.filter(page__print=one).order_by("position")
    pages: Pages = [[] for _ in range(one.pages.count())]
    for page, position in rows.values_list("page__number", "position"):
        pages[page - 1].append(position)
    return pages


def laid_out(paper: PaperList, *, version: int) -> Layout:
    """A new version; with fewer empty lines, where those alone would take one more page.

    A long list stays as it is: laying it out again takes seconds, and saves one page of many.
    """
    layout = laid_out_whole(paper, version=version)
    is_short = len(layout.pages) <= SHORT
    shorter = without_empty_page(paper, layout.pages) if is_short else None
    return layout if shorter is None else laid_out_whole(shorter, version=version)


def without_empty_page(paper: PaperList, pages: Pages) -> PaperList | None:
    """The list without its last page, where only empty lines stand there and enough are left."""
    on_last = set(pages[-1])
    kept = [row for row in paper.rows if row.number not in on_last]
    goes = len(pages) > 1 and all(row.is_empty for row in paper.rows if row.number in on_last)
    if not goes or sum(row.is_empty for row in kept) < FEWEST_EMPTY:
        return None
    return replace(paper, rows=kept)


def laid_out_whole(paper: PaperList, *, version: int) -> Layout:
    """All its rows, with a code for every page."""
    made_at, codes = timezone.now(), [new_code()]
    more = len(paper.rows) // ROWS_A_PAGE + 1
    while True:
        codes += [new_code() for _ in range(more)]
        pdf, pages = rendered(paper, codes, version=version, made_at=made_at)
        if len(pages) <= len(codes):
            return Layout(
                paper=paper, pdf=pdf, pages=pages, codes=codes, version=version, made_at=made_at
            )
        more = len(pages) - len(codes)


def rendered(
    paper: PaperList, codes: Sequence[str], *, version: int, made_at: dt.datetime
) -> tuple[bytes, Pages]:
    try:
        return render_list(paper, codes=codes, version=version, made_at=made_at)
    except DocumentNotMade as error:
        raise NotPrinted from error


@transaction.atomic
def store(
    paper: PaperList, layout: Layout, *, meeting: Meeting, session: Session | None, by: User
) -> bool:
    """Stores the version; not where somebody stored one meanwhile."""
    Meeting.objects.select_for_update().only("pk").get(pk=meeting.pk)
    last = last_print(meeting=meeting, session=session, kind=paper.kind)
    if (last.version if last else 0) != layout.version - 1:
        return False
    one = ListPrint.objects.create(
        meeting=meeting,
        session=session,
        kind=paper.kind,
        version=layout.version,
        digest=paper.digest,
        made_at=layout.made_at,
        made_by=by,
    )
    pages = [
        PrintedPage(print=one, number=number, code=code)
        for number, (code, _) in enumerate(zip(layout.codes, layout.pages, strict=False), start=1)
    ]
    PrintedPage.objects.bulk_create(pages)
    page_of = {row: page for page, rows in zip(pages, layout.pages, strict=True) for row in rows}
    PrintedRow.objects.bulk_create(
        PrintedRow(
            page=page_of[row.number],
            position=row.number,
            enrolment_id=row.enrolment_id,
            is_empty=row.is_empty,
        )
        for row in layout.paper.rows
    )
    return True
