"""One photograph: shown beside the rows as they were printed, gone through, or taken away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import AskedFirst, Done, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.exports import download
from portal.attendance.forms.photographs import NamePageForm, PageForm
from portal.attendance.models import ListPrint, Photograph, PrintedPage
from portal.attendance.permissions import may_take
from portal.attendance.queries.photographs import newer_than, photograph_with_id, rows_on
from portal.attendance.services.confirming import KINDS, check_page, confirm_page
from portal.attendance.services.photographs import delete_photograph, name_page, remarks
from portal.attendance.staff_views.screens import PICTURE, crumbs_of, lists_address
from portal.meetings.wording import clock

# By its name in the form: that what will happen was seen.
SURE = "sure"


@for_staff(may_take)
def show(request: SignedInRequest, photograph_id: UUID) -> HttpResponse:
    """The picture, and what is to be done with it now."""
    photograph: Any = or_not_found(photograph_with_id(photograph_id=photograph_id))
    page = photograph.page
    if page is None:
        return ask_for_letters(request, photograph)
    if page.print.kind in KINDS and not photograph.is_done:
        return go_through(request, photograph, page)
    return PICTURE.show(
        request,
        "photograph",
        title_of(page),
        below=crumbs_of(photograph.meeting),
        **context_of(photograph),
        confirmed=confirmed_one(photograph),
    )


def confirmed_one(photograph: Photograph) -> Photograph | None:
    """The picture of the same page that somebody went through: this one, or another."""
    alike = Photograph.objects.filter(page=photograph.page, confirmed_at__isnull=False)
    return alike.select_related("confirmed_by__person").first()


def title_of(page: PrintedPage) -> str:
    facts = {"page": page.number, "list": page.print.get_kind_display()}
    return _t("Page %(page)d of the %(list)s") % facts


def context_of(photograph: Photograph) -> dict[str, Any]:
    page = photograph.page
    return {
        "photograph": photograph,
        "meeting": photograph.meeting,
        "page": page,
        "newer": newer_than(one=page.print) if page else None,
        "back": lists_address(photograph.meeting),
    }


def ask_for_letters(request: SignedInRequest, photograph: Photograph) -> HttpResponse:
    form, meeting = NamePageForm(posted(request)), photograph.meeting

    def do() -> Done:
        filed = name_page(
            photograph_id=photograph.pk, code=form.cleaned_data["code"], meeting_id=meeting.pk
        )
        for sentence in remarks(filed):
            messages.warning(request, sentence)
        found = photograph_address(photograph.pk)
        return Done(_t("Filed with its list. Now go through its rows."), found)

    return PICTURE.deed(
        request,
        do,
        form=form,
        template="letters",
        button=_t("Find its list"),
        title=_t("Which page is this?"),
        below=crumbs_of(meeting),
        **context_of(photograph),
    )


def go_through(request: SignedInRequest, photograph: Photograph, page: PrintedPage) -> HttpResponse:
    """The rows to tick beside the picture; then what will happen; then the marks."""
    session = or_not_found(page.print.session)
    is_in = page.print.kind == ListPrint.Kind.SIGN_IN
    form = PageForm(posted(request), rows=rows_on(page=page), session=session, is_in=is_in)
    context = context_of(photograph) | {"session": session, "is_in": is_in}

    def do() -> Done:
        by, now = request.user, timezone.now()
        if SURE not in request.POST:
            check_page(photograph_id=photograph.pk, signed=form.signed, by=by, now=now)
            raise AskedFirst(show_effect(request, form, page, context))
        number = confirm_page(photograph_id=photograph.pk, signed=form.signed, by=by, now=now)
        told = ngettext("%(n)d person is marked.", "%(n)d people are marked.", number)
        return Done(told % {"n": number}, lists_address(photograph.meeting))

    return PICTURE.deed(
        request,
        do,
        form=form,
        template="page",
        title=title_of(page),
        below=crumbs_of(photograph.meeting),
        **context,
    )


def show_effect(
    request: SignedInRequest, form: PageForm, page: PrintedPage, context: dict[str, Any]
) -> HttpResponse:
    """What confirming will do, before it is done once and for all."""
    signed = {one.position: one for one in form.signed}
    lines = [line for line in form.lines if line.row.position in signed]
    return PICTURE.show(
        request,
        "page_sure",
        title_of(page),
        below=crumbs_of(context["meeting"]),
        **context,
        form=form,
        marked=[
            (line.row, signed[line.row.position], clock(signed[line.row.position].at))
            for line in lines
        ],
        usual=clock(form.usual),
        missed=[
            line.row
            for line in form.lines
            if line.signed is not None and line.row.position not in signed
        ],
        sent_before=[
            (name, value)
            for name, value in request.POST.items()
            if name not in {"csrfmiddlewaretoken", SURE}
        ],
    )


def photograph_address(photograph_id: UUID) -> str:
    return reverse("attendance_photograph", args=[photograph_id])


@for_staff(may_take)
def picture(request: SignedInRequest, photograph_id: UUID) -> HttpResponse:
    """The picture itself. An `img` shows it; no browser or proxy keeps it."""
    photograph = or_not_found(photograph_with_id(photograph_id=photograph_id))
    try:
        with photograph.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        return or_not_found(None)
    return download(content, "pagina.jpg", "image/jpeg")


@for_staff(may_take)
def take_away(request: SignedInRequest, photograph_id: UUID) -> HttpResponse:
    photograph = or_not_found(photograph_with_id(photograph_id=photograph_id))
    back = lists_address(photograph.meeting)

    def do() -> Done:
        delete_photograph(photograph_id=photograph.pk)
        return Done(_t("Deleted."), back)

    return PICTURE.deed(
        request,
        do,
        title=_t("Delete this picture"),
        question=_t("Do so where it cannot be read, or is no list. It is gone for good."),
        button=_t("Delete"),
        is_serious=True,
        below=crumbs_of(photograph.meeting),
        back=photograph_address(photograph.pk),
    )
