"""The attendance of one meeting: who was there, per session, and what is noted of many."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done, Refused, carry_out, posted
from pluc.signed_in import SignedInRequest, for_staff
from portal.attendance.forms import attendance as forms
from portal.attendance.obstacles import Kind, Obstacle, obstacles_to
from portal.attendance.permissions import may_finalise, may_take
from portal.attendance.queries.earning import recognised_for, warnings_about
from portal.attendance.queries.sheets import Row, Sheet
from portal.attendance.services import afterwards
from portal.attendance.services.afterwards import Outcome
from portal.attendance.staff_views.screens import SCREENS, screen_of, sheet_with
from portal.enrolments.services import mark_absent
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_plan
from portal.meetings.wording import name_with_day

# What the list can be narrowed to, by the word in the address: only those that wait for something.
SHOWN = {"zelf": Kind.SELF, "tijden": Kind.TIMES, "onbekend": Kind.UNDECIDED}
PARTS = {Kind.WALK_INS: "#walk-ins"}


class NobodyNoted(Refused):
    """Why it was noted of nobody."""


@for_staff(may_take)
def meeting(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Who was there and what still waits; below it what is noted of those who are ticked."""
    sheet = sheet_with(meeting_id)
    form = forms.ManyForm(posted(request), sheet=sheet)
    now = timezone.now()

    def show(status: int = HTTPStatus.OK) -> HttpResponse:
        only = request.GET.get("toon", "")
        obstacles = obstacles_to(sheet, now)
        return SCREENS.show(
            request,
            "meeting",
            name_with_day(sheet.meeting),
            status=status,
            sheet=sheet,
            meeting=sheet.meeting,
            rows=[row for row in sheet.rows if waits_for(row, only)],
            only=only if only in SHOWN else "",
            obstacles=[(one.sentence, where(one, sheet)) for one in obstacles],
            warnings=warnings_about(recognised_for(sheet.meeting), sheet),
            is_ready=not obstacles,
            has_begun=sheet.meeting.has_begun(now),
            is_over=sheet.meeting.is_over(now),
            may_finalise=may_finalise(request.user),
            may_plan=may_plan(request.user),
            links=ways_on(sheet.meeting),
            form=None if sheet.is_final or not sheet.meeting.has_begun(now) else form,
        )

    return carry_out(request, form, lambda: note(request, sheet, form), show=show)


def waits_for(row: Row, only: str) -> bool:
    """Whether a row is among those that the list is narrowed to."""
    found = {
        Kind.SELF: row.is_unconfirmed,
        Kind.TIMES: row.times_are_wrong,
        Kind.UNDECIDED: not row.is_known,
    }
    return found[SHOWN[only]] if only in SHOWN else True


def where(obstacle: Obstacle, sheet: Sheet) -> str:
    """Where it is put right."""
    word = next((word for word, kind in SHOWN.items() if kind == obstacle.kind), "")
    if word:
        return f"{screen_of(sheet.meeting)}?toon={word}#people"
    if obstacle.kind == Kind.PHOTOGRAPHS:
        return reverse("attendance_lists", args=[sheet.meeting.pk])
    return PARTS.get(obstacle.kind, "")


def ways_on(meeting: Meeting) -> list[tuple[str, str]]:
    """What each button says, and where it leads."""
    return [
        (_t("The door"), reverse("door", args=[meeting.code])),
        (_t("Lists"), reverse("attendance_lists", args=[meeting.pk])),
    ]


def note(request: SignedInRequest, sheet: Sheet, form: forms.ManyForm) -> Done:
    """Notes it of everybody who is ticked. Raises `NobodyNoted`, with the reason."""
    outcome = outcome_of(request, form)
    if not outcome.done:
        raise NobodyNoted(
            " ".join(outcome.refusals) or _t("Nothing is noted: it stood there already.")
        )
    for sentence in outcome.refusals:
        messages.error(request, sentence)
    words = ngettext("Noted of %(n)d person.", "Noted of %(n)d people.", outcome.done)
    return Done(words % {"n": outcome.done}, screen_of(sheet.meeting))


def outcome_of(request: SignedInRequest, form: forms.ManyForm) -> Outcome:
    rows, sessions, by = form.chosen, form.sessions, request.user
    match form.cleaned_data["do"]:
        case forms.ABSENT:
            return note_absence(rows, request)
        case forms.CONFIRM:
            return afterwards.confirm_own(rows=rows, sessions=sessions, by=by)
        case forms.END:
            return afterwards.left_at_the_end(rows=rows, sessions=sessions, by=by)
        case do:
            source = forms.Source.PAPER if do == forms.PAPER else forms.Source.OFFICE
            return afterwards.was_there_whole(rows=rows, sessions=sessions, source=source, by=by)


def note_absence(rows: list[Row], request: SignedInRequest) -> Outcome:
    """Only of whom no mark says that they were there."""
    marked = [row for row in rows if row.was_there]
    keys = [row.enrolment.pk for row in rows if not row.was_there]
    done = mark_absent(enrolment_ids=keys, was_absent=True, by=request.user)
    words = _t("%(name)s: the marks say that they were there. Take those back first.")
    return Outcome(
        done=done, refusals=[words % {"name": row.enrolment.full_name} for row in marked]
    )
