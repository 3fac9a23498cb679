"""The planning in the staff screens: list, calendar, form, and the steps in a meeting's life."""

import calendar
import datetime as dt
from collections.abc import Iterable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pluc.deeds import Done, carry_out, posted
from pluc.errors import NotHere, or_not_found
from pluc.paging import page_by_key
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.screens import Screens
from portal.meetings import services
from portal.meetings.forms.days import month_from
from portal.meetings.forms.meetings import (
    CancelForm,
    CopyForm,
    PlanningFilters,
    StateForm,
    WholeMeeting,
)
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE
from portal.meetings.permissions import may_plan, may_see_planning
from portal.meetings.queries.choices import choices_for
from portal.meetings.queries.staff import (
    dates_to_offer,
    meeting_with_id,
    meetings_in,
    meetings_to_plan,
    meetings_without_day,
    next_step,
)
from portal.meetings.wording import local

A_PAGE = 30
MOST_SHOWN = 40  # characters of what was asked for


SCREENS = Screens(
    folder="meetings", title=_("Meetings"), icon="date", start="meetings", may=may_see_planning
)


# --- Looking -------------------------------------------------------------------------------------


@for_staff(may_see_planning)
def planning(request: SignedInRequest) -> HttpResponse:
    """A line per meeting: where it is in its life, and what the next step is."""
    filters = PlanningFilters(request.GET)
    filters.is_valid()  # what is no choice is named in the form, and the others hold
    wanted = filters.cleaned_data
    period = wanted.get("period", "")
    is_past = period == "past"
    names = {"state": "state", "form": "format", "q": "q"}
    asked = {name: wanted.get(field, "") for name, field in names.items()}
    meetings = meetings_to_plan(period=period, **asked).filter(starts_at__isnull=False)
    order = ("-starts_at", "-id") if is_past else ("starts_at", "id")
    shown = page_by_key(meetings, order=order, request=request, size=A_PAGE)
    undated = meetings_without_day(**asked)[:A_PAGE] if shown.is_first and not is_past else []
    return SCREENS.show(
        request,
        "planning",
        filters=filters,
        undated=lines_of(undated),
        lines=lines_of(shown.rows),
        shown=shown,
        may_plan=may_plan(request.user),
    )


def lines_of(meetings: Iterable[Meeting]) -> list[tuple[Meeting, str]]:
    """Each with its next step."""
    return [(meeting, next_step(meeting)) for meeting in meetings]


@for_staff(may_see_planning)
def month(request: SignedInRequest) -> HttpResponse:
    """A month as weeks of days."""
    first = month_asked_for(request)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    by_day: dict[dt.date, list[Meeting]] = {}
    for meeting in meetings_in(start=weeks[0][0], end=weeks[-1][-1] + dt.timedelta(days=1)):
        for day in {local(session.starts_at).date() for session in meeting.sessions.all()}:
            by_day.setdefault(day, []).append(meeting)
    return SCREENS.show(
        request,
        "calendar",
        _t("Calendar"),
        month=formats.date_format(first, "F Y"),
        weeks=[
            [(day, day.month == first.month, by_day.get(day, [])) for day in week] for week in weeks
        ],
        today=timezone.localdate(timezone=ZONE),
        previous=f"{first - dt.timedelta(days=1):%Y-%m}",
        following=f"{first + dt.timedelta(days=32):%Y-%m}",
    )


def month_asked_for(request: HttpRequest) -> dt.date:
    """The first of the month in the address. Raises `NotHere` for what is no month."""
    text = request.GET.get("maand", "")
    try:
        return month_from(text)
    except ValueError as error:
        raise NotHere(
            request,
            _t("There is no month “%(month)s”.") % {"month": text[:MOST_SHOWN]},
            url=request.path,
            label=_t("To this month"),
        ) from error


# --- Writing -------------------------------------------------------------------------------------


@for_staff(may_plan)
def new(request: SignedInRequest) -> HttpResponse:
    return edit_form(request, Meeting(), _t("New meeting"))


@for_staff(may_plan)
def edit(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    return edit_form(request, meeting, _t("Change %(code)s") % {"code": meeting.code})


def edit_form(request: SignedInRequest, meeting: Meeting, title: str) -> HttpResponse:
    """The meeting with its sessions and accreditations: shown, or stored."""
    whole = WholeMeeting(meeting, posted(request))

    def do() -> Done:
        saved = services.save_meeting(**whole.facts, by=request.user)
        return Done(_t("Saved."), screen_of(saved))

    def show(status: int) -> HttpResponse:
        if status == HTTPStatus.UNPROCESSABLE_ENTITY:
            messages.error(request, _t("Nothing is saved yet: look at what is marked below."))
        whole.show(choices_for(meeting))
        return SCREENS.show(request, "edit", title, status=status, **vars(whole))

    return carry_out(request, whole, do, show=show)


@for_staff(may_plan)
def copy(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    form = CopyForm(posted(request))

    def do() -> Done:
        copied = services.copy_meeting(meeting_id=meeting.pk, **form.cleaned_data, by=request.user)
        told = _t("Copied. It is planned, and has nobody in it yet.")
        return Done(told, screen_of(copied))

    return SCREENS.deed(
        request,
        do,
        form=form,
        template="deed",
        title=_t("Copy %(code)s") % {"code": meeting.code},
        question=_t(
            "All but its people and dates come along; each session keeps its time on the clock."
        ),
        button=_t("Copy"),
        back=screen_of(meeting),
        meeting=meeting,
    )


@for_staff(may_plan)
def state(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The next step in a meeting's life, or back; it is cancelled by `cancel`."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    form = StateForm(posted(request))

    def do() -> Done:
        to = form.cleaned_data["state"]
        services.change_state(meeting_id=meeting.pk, to=to, by=request.user)
        return Done(_t("Done."), screen_of(meeting))

    return SCREENS.deed(
        request,
        do,
        form=form,
        template="deed",
        title=_t("Change the state"),
        back=screen_of(meeting),
        meeting=meeting,
    )


@for_staff(may_plan)
def cancel(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Asks why, says how many are told, and then does it."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    form = CancelForm(posted(request), dates=dates_to_offer(meeting=meeting))

    def do() -> Done:
        because, offers = form.cleaned_data["because"], form.meeting_ids
        services.cancel_meeting(
            meeting_id=meeting.pk, because=because, by=request.user, offers=offers
        )
        told = _t("Cancelled. Everybody who had a place is being told.")
        return Done(told, screen_of(meeting))

    question = ngettext(
        "%(n)d place is taken. Whoever has one, or waits for one, gets a mail; nobody pays.",
        "%(n)d places are taken. Whoever has one, or waits for one, gets a mail; nobody pays.",
        meeting.enrolled,
    )
    return SCREENS.deed(
        request,
        do,
        form=form,
        template="deed",
        title=_t("Cancel %(code)s") % {"code": meeting.code},
        question=question % {"n": meeting.enrolled},
        button=_t("Cancel this meeting"),
        is_serious=True,
        back=screen_of(meeting),
        meeting=meeting,
    )


def screen_of(meeting: Meeting) -> str:
    """Where its people are, in the room above."""
    return reverse("meeting_screen", args=[meeting.pk])
