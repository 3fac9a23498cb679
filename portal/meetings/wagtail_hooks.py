"""Meetings in the staff screens' menu, addresses and log."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from portal.meetings import staff_views
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_see_planning
from portal.meetings.viewsets import PlanningGroup, planning_group

ADDRESSES = [
    path("", staff_views.planning, name="meetings"),
    path("kalender/", staff_views.month, name="meetings_calendar"),
    path("nieuw/", staff_views.new, name="meeting_new"),
    path("<int:meeting_id>/wijzigen/", staff_views.edit, name="meeting_edit"),
    path("<int:meeting_id>/kopie/", staff_views.copy, name="meeting_copy"),
    path("<int:meeting_id>/stap/", staff_views.state, name="meeting_state"),
    path("<int:meeting_id>/annuleren/", staff_views.cancel, name="meeting_cancel"),
]


class MeetingsMenuItem(MenuItem):
    """For whoever may see the planning."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_planning(request.user)  # type: ignore[arg-type]


@hooks.register("register_admin_urls")
def meeting_urls() -> list[URLPattern | URLResolver]:
    return [path("bijeenkomsten/", include(ADDRESSES))]


@hooks.register("register_admin_menu_item")
def meetings_item() -> MenuItem:
    return MeetingsMenuItem(_("Meetings"), reverse("meetings"), icon_name="date", order=100)


@hooks.register("register_admin_viewset")
def planning_viewsets() -> PlanningGroup:
    return planning_group


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action("meetings.state")
    class StateChanged(LogFormatter):
        """Into which state a meeting came."""

        label = _("Change the state")

        def format_message(self, entry: Any) -> str:
            state = dict(Meeting.State.choices).get(entry.data.get("state"), "")
            return _t("State changed to “%(state)s”") % {"state": state}
