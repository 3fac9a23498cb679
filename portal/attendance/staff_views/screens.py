"""The staff screens of this room below a meeting."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _t

from pluc.staff_screens.screens import Crumb
from portal.enrolments.staff_views.screens import PEOPLE, crumb_of
from portal.meetings.models import Meeting

LISTS = replace(PEOPLE, folder="attendance", icon="list-ul")
PICTURE = replace(LISTS, icon="image")


def lists_address(meeting: Meeting) -> str:
    return reverse("attendance_lists", args=[meeting.pk])


def crumbs_of(meeting: Meeting) -> list[Crumb]:
    """The meeting, and its lists."""
    return [crumb_of(meeting), (lists_address(meeting), _t("Lists"))]
