"""Certificates in the staff screens' menu, addresses and log."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import register_screens
from portal.certificates.permissions import may_issue
from portal.certificates.staff_views import meeting, one
from portal.certificates.staff_views.screens import SCREENS
from portal.meetings.models import Meeting

register_screens(
    SCREENS,
    "certificaten/",
    [
        path("", meeting.start, name="certificates"),
        path("bijeenkomst/<int:meeting_id>/", meeting.meeting, name="certificates_meeting"),
        path("bijeenkomst/<int:meeting_id>/stand/", meeting.stand, name="certificates_stand"),
        path("bijeenkomst/<int:meeting_id>/uitgeven/", meeting.issue, name="certificates_issue"),
        path("<uuid:certificate>/", one.show, name="certificate_screen"),
        path("<uuid:certificate>/intrekken/", one.revoke, name="certificate_revoke"),
        path("<uuid:certificate>/vervangen/", one.replace, name="certificate_replace"),
    ],
    order=105,
)
register_link(
    Meeting,
    _("Certificates"),
    "certificates_meeting",
    may=may_issue,
    when=lambda meeting: meeting.state in (Meeting.State.HELD, Meeting.State.COMPLETED),
)


@hooks.register("register_log_actions")
def register_deeds(actions: Any) -> None:
    """What of it stands in Wagtail's log."""
    for name, label in (
        ("issue", _("Issue certificates")),
        ("revoke", _("Revoke the certificate")),
        ("replace", _("Replace the certificate")),
    ):
        actions.register_action(f"certificates.{name}", label, label)
