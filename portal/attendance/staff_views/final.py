"""Declaring attendance final, after seeing what follows; and opening it again."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done, posted
from pluc.signed_in import SignedInRequest, for_staff
from portal.attendance.forms.attendance import ReasonForm
from portal.attendance.obstacles import obstacles_to
from portal.attendance.permissions import may_finalise
from portal.attendance.queries.earning import earned_by, recognised_for, warnings_about
from portal.attendance.services import finalising
from portal.attendance.services.finalising import NothingToReopen
from portal.attendance.staff_views.meeting import where
from portal.attendance.staff_views.screens import SCREENS, crumb_of, screen_of, sheet_with


@for_staff(may_finalise)
def finalise(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Who gets how many hours and who was absent, seen before it is done; or what is in the way."""
    sheet = sheet_with(meeting_id)
    obstacles = obstacles_to(sheet, timezone.now())
    recognised = recognised_for(sheet.meeting)
    there = [row for row in sheet.rows if row.was_there]

    def do() -> Done:
        finalising.finalise(meeting_id=sheet.meeting.pk, by=request.user)
        words = ngettext(
            "Attendance is final. %(n)d person was there, and sees their hours now.",
            "Attendance is final. %(n)d people were there, and see their hours now.",
            len(there),
        )
        return Done(words % {"n": len(there)}, screen_of(sheet.meeting))

    return SCREENS.deed(
        request,
        do,
        title=_t("Make attendance final"),
        template="finalise",
        below=[crumb_of(sheet.meeting)],
        back=screen_of(sheet.meeting),
        why_not=[_t("First this has to be done.")] if obstacles else [],
        obstacles=[(one.sentence, where(one, sheet)) for one in obstacles],
        warnings=[] if obstacles else warnings_about(recognised, sheet),
        schemes=[one.accreditation.scheme.code for one in recognised if one.counts],
        there=[(row, [earned for _one, earned in earned_by(row, recognised)]) for row in there],
        absent=[row for row in sheet.rows if not row.was_there],
    )


@for_staff(may_finalise)
def reopen(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Asks why; the hours that were earned count no more until it is final again."""
    sheet = sheet_with(meeting_id)
    form = ReasonForm(posted(request))

    def do() -> Done:
        finalising.reopen(
            meeting_id=sheet.meeting.pk, reason=form.cleaned_data["reason"], by=request.user
        )
        return Done(_t("Attendance is open again."), screen_of(sheet.meeting))

    return SCREENS.deed(
        request,
        do,
        form=form,
        title=_t("Open attendance again"),
        question=_t(
            "People see no hours until it is final again. A completed meeting becomes “held”."
        ),
        is_serious=True,
        below=[crumb_of(sheet.meeting)],
        back=screen_of(sheet.meeting),
        why_not=[] if sheet.is_final else [NothingToReopen().sentence],
    )
