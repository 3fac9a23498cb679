"""The staff screens of this room, and the crumbs between them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pluc.staff_screens.screens import Crumb, Screens
from portal.certificates.permissions import may_issue
from portal.meetings.models import Meeting
from portal.meetings.wording import name_with_day

SCREENS = Screens(
    folder="certificates",
    title=_("Certificates"),
    icon="circle-check",
    start="certificates",
    may=may_issue,
)


def screen_of(meeting: Meeting) -> str:
    return reverse("certificates_meeting", args=[meeting.pk])


def crumb_of(meeting: Meeting) -> Crumb:
    return screen_of(meeting), name_with_day(meeting)
