"""The screens of the planning, and where a meeting has its own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pluc.staff_screens.screens import Screens
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_see_planning

SCREENS = Screens(
    folder="meetings", title=_("Meetings"), icon="date", start="meetings", may=may_see_planning
)


def screen_of(meeting: Meeting) -> str:
    """Where its people are, in the room above."""
    return reverse("meeting_screen", args=[meeting.pk])
