"""A meeting's lists: printed, taken along as a spreadsheet, and their photographs uploaded."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from pluc.deeds import Refused
from pluc.documents.spreadsheets import CONTENT_TYPE
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.exports import download
from pluc.uploads import Outcome, told, wants_json
from portal.attendance.forms.photographs import UploadForm
from portal.attendance.models import ListPrint
from portal.attendance.paper.lists import paper_list, title_of
from portal.attendance.permissions import may_take
from portal.attendance.queries.lists import rows_to_print
from portal.attendance.queries.photographs import lists_of, photographs_of
from portal.attendance.services.photographs import counted_read, file_photographs, remarks_on
from portal.attendance.services.printing import last_print, print_list
from portal.attendance.spreadsheets import sheet_of
from portal.attendance.staff_views.screens import LISTS, lists_address
from portal.enrolments.staff_views.screens import crumb_of
from portal.meetings.models import Meeting, Session
from portal.meetings.queries.staff import meeting_at_a_glance
from portal.meetings.wording import local


@for_staff(may_take)
def lists(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Which lists there are, which version is the newest, and what was photographed of them."""
    meeting = or_not_found(meeting_at_a_glance(meeting_id=meeting_id))
    return show_lists(request, meeting, UploadForm())


def show_lists(
    request: SignedInRequest, meeting: Meeting, form: UploadForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    return LISTS.show(
        request,
        "lists",
        _t("Lists: %(meeting)s") % {"meeting": meeting},
        below=[crumb_of(meeting)],
        status=status,
        meeting=meeting,
        lists=lists_of(meeting_id=meeting.pk, sessions=meeting.sessions.all()),
        photographs=photographs_of(meeting_id=meeting.pk),
        form=form,
    )


@require_POST
@for_staff(may_take)
def print_one(request: SignedInRequest, meeting_id: int, kind: str) -> HttpResponse:
    """The list as PDF: a new version where anything on it changed since the last one."""
    meeting, session = which(request, meeting_id, kind, asked=request.POST.get("session", ""))
    try:
        printed = print_list(meeting=meeting, session=session, kind=kind, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(lists_address(meeting))
    log(instance=meeting, action="attendance.print", user=request.user, title=meeting.code)
    name = f"{meeting.code}-{name_of(kind, session, meeting.language)}-{printed.version}.pdf"
    return download(printed.pdf, name, "application/pdf")


@for_staff(may_take)
def take_sheet(request: SignedInRequest, meeting_id: int, kind: str) -> HttpResponse:
    """The same list as a spreadsheet, with the version of the printed one where that is the same.

    It is no version of its own: nobody signs it.
    """
    meeting, session = which(request, meeting_id, kind, asked=request.GET.get("session", ""))
    people = rows_to_print(meeting_id=meeting.pk)
    paper = paper_list(meeting=meeting, session=session, kind=kind, people=people)
    log(instance=meeting, action="attendance.print", user=request.user, title=meeting.code)
    last = last_print(meeting=meeting, session=session, kind=kind)
    version = last.version if last is not None and last.digest == paper.digest else None
    name = f"{meeting.code}-{name_of(kind, session, meeting.language)}.xlsx"
    content = sheet_of(paper, made_at=timezone.now(), version=version)
    return download(content, name, CONTENT_TYPE)


def which(
    request: SignedInRequest, meeting_id: int, kind: str, *, asked: str
) -> tuple[Meeting, Session | None]:
    """The meeting and session of a list; a participant list is of no session."""
    meeting = or_not_found(meeting_at_a_glance(meeting_id=meeting_id))
    if kind == ListPrint.Kind.PARTICIPANTS:
        return meeting, None
    if kind not in ListPrint.Kind:
        raise Http404
    of_meeting = {str(session.pk): session for session in meeting.sessions.all()}
    return meeting, or_not_found(of_meeting.get(asked))


def name_of(kind: str, session: Session | None, language: str) -> str:
    """Of a file: which list it is, in the language of the list, and when the session begins."""
    with translation.override(language):
        name = slugify(title_of(kind))
    return f"{name}-{local(session.starts_at):%Y%m%d-%H%M}" if session else name


@require_POST
@for_staff(may_take)
def upload(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Files photographs and scans; each page with the list that its code names."""
    meeting = or_not_found(meeting_at_a_glance(meeting_id=meeting_id))
    form = UploadForm(request.POST, request.FILES)
    files = form.cleaned_data["photographs"] if form.is_valid() else []
    outcomes = [file_one(request, meeting, file) for file in files]
    if wants_json(request):
        return told(form, outcomes)
    if not form.is_valid():
        return show_lists(request, meeting, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    for one in outcomes:
        if not one.is_taken:
            messages.error(request, f"{one.name}: {one.sentence}")
    return HttpResponseRedirect(lists_address(meeting))


def file_one(request: SignedInRequest, meeting: Meeting, file: "UploadedFile[Any]") -> Outcome:
    """One that cannot be read is in no other's way. What was filed is told on the next page."""
    name = str(file.name)
    try:
        filed = file_photographs(meeting_id=meeting.pk, content=file.read(), by=request.user)
    except Refused as refusal:
        return Outcome(name=name, sentence=refusal.sentence, is_taken=False)
    if counted := counted_read(filed):
        messages.success(request, counted)
    for remark in remarks_on(filed):
        messages.warning(request, remark)
    return Outcome(name=name, sentence=counted, is_taken=True)
