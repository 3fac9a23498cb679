"""The planning in the staff screens: list, calendar, form, and the steps in a meeting's life."""

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST

from pluc.errors import NotHere
from pluc.paging import page_by_key
from pluc.staff_screens import require, staff_screen
from portal.meetings import services
from portal.meetings.errors import MeetingError
from portal.meetings.forms import (
    CancelForm,
    CopyForm,
    MeetingForm,
    PlanningFilters,
    accreditation_rows,
    month_from,
    session_rows,
)
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE
from portal.meetings.permissions import may_plan, may_see_planning
from portal.meetings.queries.choices import choices_for
from portal.meetings.queries.staff import (
    meeting_with_id,
    meetings_in,
    meetings_to_plan,
    meetings_without_day,
    next_step,
)
from portal.meetings.wording import local, place_of

A_PAGE = 30
MOST_SHOWN = 40  # characters of what was asked for


def found(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting, for who may plan. Raises `PermissionDenied` or `Http404`."""
    require(may_plan, request)
    meeting = meeting_with_id(meeting_id=meeting_id)
    if meeting is None:
        raise Http404
    return meeting


def screen(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """A screen of the planning, or below it."""
    planning = _t("Meetings")
    trail = [] if title == planning else [(reverse("meetings"), planning)]
    return staff_screen(
        request, f"meetings/{name}", title=title, icon="date", trail=trail, **context
    )


# --- Looking -------------------------------------------------------------------------------------


def planning(request: HttpRequest) -> HttpResponse:
    """A line per meeting: where it is in its life, and what the next step is."""
    user = require(may_see_planning, request)
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
    return screen(
        request,
        "planning",
        _t("Meetings"),
        filters=filters,
        undated=lines_of(undated),
        lines=lines_of(shown.rows),
        shown=shown,
        may_plan=may_plan(user),
    )


def lines_of(meetings: Iterable[Meeting]) -> list[tuple[Meeting, str]]:
    """Each with its next step."""
    return [(meeting, next_step(meeting)) for meeting in meetings]


def month(request: HttpRequest) -> HttpResponse:
    """A month as weeks of days."""
    require(may_see_planning, request)
    first = month_asked_for(request)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    by_day: dict[dt.date, list[Meeting]] = {}
    for meeting in meetings_in(start=weeks[0][0], end=weeks[-1][-1] + dt.timedelta(days=1)):
        for day in {local(session.starts_at).date() for session in meeting.sessions.all()}:
            by_day.setdefault(day, []).append(meeting)
    return screen(
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


def new(request: HttpRequest) -> HttpResponse:
    require(may_plan, request)
    return edit_form(request, Meeting(), _t("New meeting"))


def edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = found(request, meeting_id)
    return edit_form(request, meeting, _t("Change %(code)s") % {"code": meeting.code})


def edit_form(request: HttpRequest, meeting: Meeting, title: str) -> HttpResponse:
    """The meeting with its sessions and accreditations: shown, or stored."""
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, instance=meeting)
    sessions, accreditations = session_rows(meeting, data), accreditation_rows(meeting, data)
    parts: dict[str, Any] = {"form": form, "sessions": sessions, "accreditations": accreditations}
    if data is None:
        return shown_form(request, title, meeting, parts)
    if all([form.is_valid(), sessions.is_valid(), accreditations.is_valid()]):
        try:
            saved = services.save_meeting(
                meeting=form.instance,
                sessions=sessions.facts,
                accreditations=accreditations.facts,
                speakers=form.cleaned_data["speakers"],
                by=request.user,  # type: ignore[arg-type]
            )
        except MeetingError as error:
            parts.get(error.field, form).refuse(error)
        else:
            messages.success(request, _t("Saved."))
            return redirect("meeting_screen", saved.pk)
    messages.error(request, _t("Nothing is saved yet: look at what is marked below."))
    return shown_form(request, title, meeting, parts, status=422)


def shown_form(
    request: HttpRequest, title: str, meeting: Meeting, parts: dict[str, Any], status: int = 200
) -> HttpResponse:
    choices = choices_for(meeting)
    for name in ("form", "accreditations"):
        parts[name].show(choices)
    return screen(request, "edit", title, status=status, meeting=meeting, **parts)


def copy(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = found(request, meeting_id)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new_one = services.copy_meeting(
                meeting_id=meeting.pk,
                code=form.cleaned_data["code"],
                first_day=form.cleaned_data["first_day"],
                by=request.user,  # type: ignore[arg-type]
            )
        except MeetingError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, _t("Copied. It is planned, and has nobody in it yet."))
            return redirect("meeting_screen", new_one.pk)
    return screen(
        request,
        "copy",
        _t("Copy %(code)s") % {"code": meeting.code},
        status=422 if form.errors else 200,
        meeting=meeting,
        form=form,
    )


@require_POST
def state(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = found(request, meeting_id)
    try:
        services.change_state(
            meeting_id=meeting.pk,
            to=request.POST.get("state", ""),
            by=request.user,  # type: ignore[arg-type]
        )
    except MeetingError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _t("Done."))
    return redirect("meeting_screen", meeting.pk)


def cancel(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Asks why, says how many are told, and then does it."""
    meeting = found(request, meeting_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_meeting(
                meeting_id=meeting.pk,
                because=form.cleaned_data["because"],
                by=request.user,  # type: ignore[arg-type]
            )
        except MeetingError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _t("Cancelled. Everybody who had a place is being told."))
            return redirect("meeting_screen", meeting.pk)
    return screen(
        request,
        "cancel",
        _t("Cancel %(code)s") % {"code": meeting.code},
        status=422 if form.errors else 200,
        meeting=meeting,
        form=form,
        place=place_of(meeting),
    )
