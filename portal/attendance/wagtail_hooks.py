"""Attendance in the staff screens' menu, addresses and log."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import register_screens
from portal.attendance.permissions import may_take
from portal.attendance.staff_views import (
    final,
    lists,
    marks,
    meeting,
    overview,
    photographs,
    walk_ins,
)
from portal.attendance.staff_views.screens import SCREENS
from portal.attendance.viewsets import HoursRuleViewSet
from portal.meetings.models import Meeting

ONE = "<int:meeting_id>/"
PERSON, WALK_IN = f"{ONE}persoon/<uuid:enrolment_id>/", f"{ONE}inloper/<uuid:walk_in_id>/"
PICTURE = "foto/<uuid:photograph_id>/"

register_screens(
    SCREENS,
    "presentie/",
    [
        path("", overview.overview, name="attendance"),
        path(ONE, meeting.meeting, name="attendance_meeting"),
        path(f"{ONE}definitief/", final.finalise, name="attendance_finalise"),
        path(f"{ONE}heropenen/", final.reopen, name="attendance_reopen"),
        path(PERSON, marks.person, name="attendance_person"),
        path(f"{PERSON}merk/<uuid:mark_id>/", marks.correct, name="attendance_correct"),
        path(f"{PERSON}erbij/<uuid:session_id>/", marks.add, name="attendance_add"),
        path(f"{WALK_IN}lijst/", walk_ins.join, name="walk_in_joins"),
        path(f"{WALK_IN}vervangt/", walk_ins.instead, name="walk_in_instead"),
        path(f"{WALK_IN}plek/", walk_ins.enrol, name="walk_in_enrols"),
        path(f"{WALK_IN}vervalt/", walk_ins.drop, name="walk_in_drops"),
        path(f"{ONE}lijsten/", lists.lists, name="attendance_lists"),
        path(f"{ONE}foto/", lists.upload, name="attendance_upload"),
        path(f"{ONE}<slug:kind>.pdf", lists.print_one, name="attendance_print"),
        path(f"{ONE}<slug:kind>.xlsx", lists.take_sheet, name="attendance_sheet"),
        path(PICTURE, photographs.show, name="attendance_photograph"),
        path("foto/<uuid:photograph_id>.jpg", photographs.picture, name="attendance_picture"),
        path(f"{PICTURE}verwijder/", photographs.take_away, name="attendance_take_away"),
    ],
    order=103,
)
register_link(
    Meeting,
    _("Attendance"),
    "attendance_meeting",
    may=may_take,
    when=lambda meeting: meeting.state not in (Meeting.State.PLANNED, Meeting.State.CANCELLED),
)
register_link(Meeting, _("Lists"), "attendance_lists", may=may_take)


@hooks.register("register_admin_viewset")
def rules_for_hours() -> HoursRuleViewSet:
    return HoursRuleViewSet("hours_rules")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "attendance.final", _("Make attendance final"), _("Attendance declared final")
    )
    actions.register_action(
        "attendance.reopened", _("Open attendance again"), _("Attendance opened again")
    )
    actions.register_action("attendance.print", _("Print a list"), _("List printed or taken along"))
