"""The planning as a list and as a calendar."""

import calendar
import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _t

from pluc.errors import NotHere
from pluc.paging import page_by_key
from pluc.signed_in import SignedInRequest, for_staff
from portal.meetings.forms.days import month_from
from portal.meetings.forms.meetings import PlanningFilters
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE
from portal.meetings.on_site import Reasons, why_not_on_site
from portal.meetings.permissions import may_plan, may_see_planning
from portal.meetings.queries.staff import (
    meetings_in,
    meetings_to_plan,
    meetings_without_day,
    next_step,
)
from portal.meetings.staff_views.screens import SCREENS
from portal.meetings.wording import local

A_PAGE = 30
MOST_SHOWN = 40  # characters of what was asked for


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
    undated = list(undated)
    off_site = why_not_on_site([*undated, *shown.rows])
    return SCREENS.show(
        request,
        "planning",
        filters=filters,
        undated=lines_of(undated, off_site),
        lines=lines_of(shown.rows, off_site),
        shown=shown,
        may_plan=may_plan(request.user),
    )


def lines_of(meetings: Iterable[Meeting], off_site: Reasons) -> list[tuple[Meeting, str]]:
    """Each with its next step."""
    return [
        (meeting, next_step(meeting, off_site=off_site.get(meeting.pk, ""))) for meeting in meetings
    ]


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
