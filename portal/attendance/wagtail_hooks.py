"""Attendance in the staff screens: its addresses, links and log."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import register_addresses
from portal.attendance.permissions import may_take
from portal.attendance.staff_views import lists, photographs
from portal.meetings.models import Meeting

register_addresses(
    "presentie/",
    [
        path("<int:meeting_id>/lijsten/", lists.lists, name="attendance_lists"),
        path("<int:meeting_id>/foto/", lists.upload, name="attendance_upload"),
        path("<int:meeting_id>/<slug:kind>.pdf", lists.print_one, name="attendance_print"),
        path("<int:meeting_id>/<slug:kind>.xlsx", lists.take_sheet, name="attendance_sheet"),
        path("foto/<uuid:photograph_id>/", photographs.show, name="attendance_photograph"),
        path("foto/<uuid:photograph_id>.jpg", photographs.picture, name="attendance_picture"),
        path(
            "foto/<uuid:photograph_id>/verwijder/",
            photographs.take_away,
            name="attendance_take_away",
        ),
    ],
)
register_link(Meeting, _("Lists"), "attendance_lists", may=may_take)


@hooks.register("register_log_actions")
def log_list_actions(actions: Any) -> None:
    actions.register_action("attendance.print", _("Print a list"), _("List printed or taken along"))
