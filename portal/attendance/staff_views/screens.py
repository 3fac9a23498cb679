"""The staff screens of this room: all meetings, the attendance of one, and its lists on paper."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.errors import or_not_found
from pluc.staff_screens.screens import Crumb, Screens
from portal.attendance.permissions import may_take
from portal.attendance.queries.sheets import Sheet, sheet_of
from portal.enrolments.staff_views.screens import PEOPLE
from portal.enrolments.staff_views.screens import crumb_of as crumb_of_meeting
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import meeting_at_a_glance
from portal.meetings.wording import name_with_day

SCREENS = Screens(
    folder="attendance",
    title=_("Attendance"),
    icon="calendar-check",
    start="attendance",
    may=may_take,
)
# Below a meeting: its lists, and the photographs of what was signed.
LISTS = replace(PEOPLE, folder="attendance", icon="list-ul")
PICTURE = replace(LISTS, icon="image")


def screen_of(meeting: Meeting) -> str:
    """Where the attendance of a meeting is."""
    return reverse("attendance_meeting", args=[meeting.pk])


def crumb_of(meeting: Meeting) -> Crumb:
    return screen_of(meeting), name_with_day(meeting)


def sheet_with(meeting_id: int) -> Sheet:
    """The attendance of a meeting. Raises `Http404` for none."""
    return sheet_of(or_not_found(meeting_at_a_glance(meeting_id=meeting_id)))


def lists_address(meeting: Meeting) -> str:
    return reverse("attendance_lists", args=[meeting.pk])


def crumbs_of(meeting: Meeting) -> list[Crumb]:
    """The meeting, and its lists."""
    return [crumb_of_meeting(meeting), (lists_address(meeting), _t("Lists"))]
