"""One person's marks: what was marked, how and by whom; and putting it right."""

from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.screens import Crumb
from portal.attendance.forms.attendance import AddForm, CorrectForm
from portal.attendance.models import Mark
from portal.attendance.permissions import may_take
from portal.attendance.queries.earning import earned_by, recognised_for
from portal.attendance.queries.hours import hours_of
from portal.attendance.queries.sheets import Cell, Row, Sheet
from portal.attendance.services import afterwards
from portal.attendance.services.placing import IsFinal
from portal.attendance.staff_views.screens import SCREENS, crumb_of, sheet_with
from portal.meetings.wording import clock, session_times


@for_staff(may_take)
def person(request: SignedInRequest, meeting_id: int, enrolment_id: UUID) -> HttpResponse:
    """All marks per session, those that were corrected too, and the hours that follow."""
    sheet = sheet_with(meeting_id)
    row = or_not_found(sheet.row_of(enrolment_id))
    prefetch_related_objects([mark for cell in row.cells for mark in cell.all_marks], "by__person")
    return SCREENS.show(
        request,
        "person",
        row.enrolment.full_name,
        below=[crumb_of(sheet.meeting)],
        sheet=sheet,
        row=row,
        expected=earned_by(row, recognised_for(sheet.meeting)),
        hours=hours_of(person=row.enrolment.person, meeting_id=meeting_id),
    )


@for_staff(may_take)
def correct(
    request: SignedInRequest, meeting_id: int, enrolment_id: UUID, mark_id: UUID
) -> HttpResponse:
    """Another mark in the place of one that counts. The old one stays to be seen."""
    sheet = sheet_with(meeting_id)
    row = or_not_found(sheet.row_of(enrolment_id))
    mark = or_not_found(mark_of(row, mark_id))
    form = CorrectForm(posted(request), initial={"kind": mark.kind, "at": mark.at})

    def do() -> Done:
        afterwards.correct_mark(mark=mark, by=request.user, **form.cleaned_data)
        return Done(_t("Corrected. The mark as it was stays to be seen."), screen(sheet, row))

    told = _t("Now it says: %(what)s, %(when)s, %(how)s.") % {
        "what": mark.get_kind_display(),
        "when": clock(mark.at),
        "how": mark.get_source_display(),
    }
    return SCREENS.deed(
        request,
        do,
        form=form,
        title=_t("Correct a mark"),
        question=told,
        below=crumbs(sheet, row),
        back=screen(sheet, row),
        why_not=why_not(sheet),
    )


@for_staff(may_take)
def add(
    request: SignedInRequest, meeting_id: int, enrolment_id: UUID, session_id: UUID
) -> HttpResponse:
    """A mark that nobody made on the day."""
    sheet = sheet_with(meeting_id)
    row = or_not_found(sheet.row_of(enrolment_id))
    cell = or_not_found(cell_in(row, session_id))
    is_out = cell.presence.is_in
    moment = cell.session.ends_at if is_out else cell.session.starts_at
    kind = Mark.Kind.OUT if is_out else Mark.Kind.IN
    form = AddForm(posted(request), initial={"kind": kind, "at": moment, "source": "office"})

    def do() -> Done:
        afterwards.add_mark(mark=form.mark_of(row, cell.session), by=request.user)
        return Done(_t("Noted."), screen(sheet, row))

    return SCREENS.deed(
        request,
        do,
        form=form,
        title=_t("Add a mark"),
        question=session_times(cell.session),
        below=crumbs(sheet, row),
        back=screen(sheet, row),
        button=_t("Save"),
        why_not=why_not(sheet),
    )


def mark_of(row: Row, mark_id: UUID) -> Mark | None:
    """One of the marks that count."""
    marks = (mark for cell in row.cells for mark in cell.marks)
    return next((mark for mark in marks if mark.pk == mark_id), None)


def cell_in(row: Row, session_id: UUID) -> Cell | None:
    return next((cell for cell in row.cells if cell.session.pk == session_id), None)


def screen(sheet: Sheet, row: Row) -> str:
    return reverse("attendance_person", args=[sheet.meeting.pk, row.enrolment.pk])


def crumbs(sheet: Sheet, row: Row) -> list[Crumb]:
    return [crumb_of(sheet.meeting), (screen(sheet, row), row.enrolment.full_name)]


def why_not(sheet: Sheet) -> list[str]:
    """Once attendance is final no mark is added or corrected."""
    return [IsFinal().sentence] if sheet.is_final else []
