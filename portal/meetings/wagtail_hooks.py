"""Meetings in the staff screens' menu, addresses and log."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import register_screens
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_plan
from portal.meetings.services.states import steps_from
from portal.meetings.staff_views import SCREENS, life, looking, writing
from portal.meetings.viewsets import PlanningGroup

register_screens(
    SCREENS,
    "bijeenkomsten/",
    [
        path("", looking.planning, name="meetings"),
        path("kalender/", looking.month, name="meetings_calendar"),
        path("nieuw/", writing.new, name="meeting_new"),
        path("<int:meeting_id>/wijzigen/", writing.edit, name="meeting_edit"),
        path("<int:meeting_id>/kopie/", writing.copy, name="meeting_copy"),
        path("<int:meeting_id>/stap/", life.state, name="meeting_state"),
        path("<int:meeting_id>/annuleren/", life.cancel, name="meeting_cancel"),
    ],
    order=100,
)
register_link(Meeting, _("Change"), "meeting_edit", may=may_plan)
register_link(Meeting, _("Copy"), "meeting_copy", may=may_plan)
register_link(
    Meeting,
    _("Cancel this meeting"),
    "meeting_cancel",
    may=may_plan,
    when=lambda meeting: Meeting.State.CANCELLED in steps_from(meeting),
)
hooks.register("register_admin_viewset", PlanningGroup)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action("meetings.state")
    class StateChanged(LogFormatter):
        """Into which state a meeting came."""

        label = _("Change the state")

        def format_message(self, entry: Any) -> str:
            state = dict(Meeting.State.choices).get(entry.data.get("state"), "")
            return _t("State changed to “%(state)s”") % {"state": state}
