"""Lists that somebody outside is shown, as a page or a file; each look is written down."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from pluc.documents.pdf import render_pdf
from pluc.documents.spreadsheets import CONTENT_TYPE, Sheet, workbook
from pluc.signed_in import SignedInRequest
from pluc.staff_screens.exports import download
from portal.desk.queries.rolls import Roll
from portal.desk.rooms import Page
from portal.desk.services import record_shown


def shown(request: SignedInRequest, rolls: Sequence[Roll], response: HttpResponse) -> HttpResponse:
    """The response that shows these lists, once that is written down. HEAD shows nothing."""
    if request.method == "GET":
        for roll in rolls:
            record_shown(roll=roll, viewer=request.user.person)
    return response


def as_spreadsheet(request: SignedInRequest, page: Page, code: str) -> HttpResponse:
    """The lists of a page as an XLSX file: a sheet each, of exactly the three fields.

    Raises `Http404` where the page shows none.
    """
    refuse_without_lists(page)
    head = [_t("Name"), _t("Organisation"), _t("Titles")]
    sheets = [
        Sheet(
            name=name_of_sheet(number, len(page.rolls)),
            head=head,
            rows=[(one.name, one.organisation, one.titles) for one in roll.people],
        )
        for number, roll in enumerate(page.rolls, start=1)
    ]
    return shown(request, page.rolls, download(workbook(sheets), f"{code}.xlsx", CONTENT_TYPE))


def name_of_sheet(number: int, of: int) -> str:
    """Several are told apart by a number: not every name of an organisation may name a sheet."""
    label = _t("Participants")
    return label if of == 1 else f"{label} {number}"


def as_pdf(request: SignedInRequest, page: Page, code: str) -> HttpResponse:
    """The lists of a page on paper. Raises `Http404` where the page shows none."""
    refuse_without_lists(page)
    made = render_pdf("desk/list.html", page.context, language=get_language() or "nl")
    return shown(request, page.rolls, download(made, f"{code}.pdf", "application/pdf"))


def refuse_without_lists(page: Page) -> None:
    if not page.rolls:
        raise Http404
