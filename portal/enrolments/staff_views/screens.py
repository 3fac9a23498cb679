"""The staff screens of this room: those about people in meetings, and what goes to the books."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from pluc.staff_screens.screens import Crumb, Screens
from portal.enrolments import permissions
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_see_planning
from portal.meetings.staff_views import screen_of

A_PAGE = 50

ENROLMENTS = Screens(
    folder="enrolments",
    title=_("Enrolments"),
    icon="clipboard-list",
    start="enrolments",
    may=permissions.may_see,
)
# Below the planning: a meeting with its people, and each of them.
PEOPLE = Screens(
    folder="enrolments",
    title=_("Meetings"),
    icon="date",
    start="meetings",
    may=may_see_planning,
)
# One of them: below its meeting, with the icon of enrolments.
PLACE = replace(PEOPLE, icon=ENROLMENTS.icon)
PHONE = Screens(
    folder="enrolments",
    title=_("On the phone"),
    icon="mobile-alt",
    start="phone",
    may=permissions.may_call,
)
BILLING = Screens(
    folder="enrolments",
    title=_("Billing"),
    icon="decimal",
    start="billing",
    may=permissions.may_bill,
)


def crumb_of(meeting: Meeting) -> Crumb:
    return screen_of(meeting), str(meeting)
