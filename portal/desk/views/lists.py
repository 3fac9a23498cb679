"""Lists that somebody outside is shown, as a page or a file; each look is written down."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from pluc.documents.errors import DocumentNotMade
from pluc.documents.pdf import render_pdf
from pluc.documents.spreadsheets import CONTENT_TYPE, Sheet, workbook
from pluc.signed_in import SignedInRequest
from pluc.staff_screens.exports import download
from portal.attendance.models import ListPrint
from portal.attendance.services.disclosing import record_list_shown
from portal.attendance.services.printing import NotPrinted, print_list
from portal.attendance.spreadsheets import heads
from portal.desk.queries.rolls import Roll, places_printed
from portal.desk.rooms import Page

PDF = "application/pdf"


def shown(request: SignedInRequest, rolls: Sequence[Roll], response: HttpResponse) -> HttpResponse:
    """The response that shows these lists, once that is written down. HEAD shows nothing."""
    if request.method == "GET":
        for roll in rolls:
            record_list_shown(
                meeting=roll.meeting,
                places=roll.places,
                viewer=request.user.person,
                kind=roll.kind,
                seen_for=roll.seen_for,
            )
    return response


def as_spreadsheet(request: SignedInRequest, page: Page, code: str) -> HttpResponse:
    """The lists of a page as an XLSX file: a sheet each, of exactly the three fields.

    Raises `Http404` where the page shows none.
    """
    refuse_without_people(page)
    sheets = [
        Sheet(
            name=name_of_sheet(number, len(page.rolls)),
            head=heads(),
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
    """The lists of a page on paper. Raises `Http404` where the page shows none.

    The whole list is the one that the back office prints, with its version; a bureau's people stand
    on a list of their own. One that cannot be made just now leads back to the page, which says so.
    """
    refuse_without_people(page)
    (roll, *_others) = page.rolls
    try:
        return printed(request, roll) if roll.is_whole else written(request, page, code)
    except (NotPrinted, DocumentNotMade):
        messages.error(request, NotPrinted().sentence)
        return redirect(page.eyes.meeting(code))


def printed(request: SignedInRequest, roll: Roll) -> HttpResponse:
    """The participant list of a meeting; written down is who stands on exactly that version."""
    kind = ListPrint.Kind.PARTICIPANTS
    made = print_list(meeting=roll.meeting, session=None, kind=kind, by=request.user)
    places = places_printed(meeting=roll.meeting, version=made.version)
    file = download(made.pdf, f"{roll.meeting.code}.pdf", PDF)
    return shown(request, [replace(roll, places=places)], file)


def written(request: SignedInRequest, page: Page, code: str) -> HttpResponse:
    """A list for each bureau, of its own people."""
    made = render_pdf("desk/list.html", page.context, language=get_language() or "nl")
    return shown(request, page.rolls, download(made, f"{code}.pdf", PDF))


def refuse_without_people(page: Page) -> None:
    if not any(page.rolls):
        raise Http404
