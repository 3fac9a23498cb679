"""The outbox in the staff screens: its list in the menu, and an alarm when mail is stuck."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.ui.components import Component

from pluc.outbox import mailbox, queries, staff_views
from pluc.outbox.models import Mail
from pluc.outbox.permissions import may_read
from pluc.staff_screens.menu import register_screens

MAILS = staff_views.MailListing
register_screens(
    staff_views.SCREENS,
    "mail/",
    [
        path("", MAILS.as_view(), name="outbox_mails"),
        path("lijst/", MAILS.as_view(results_only=True), name="outbox_mails_results"),
        path("terug/", staff_views.came_back, name="outbox_returns"),
        path("<uuid:mail_id>/", staff_views.show, name="outbox_mail"),
        path("<uuid:mail_id>/opnieuw/", staff_views.send_again, name="outbox_again"),
    ],
    order=600,
)


class StuckPanel(Component):
    """What is wrong with mail: how many are stuck or held back, or that what comes back cannot be
    read; nothing at all where nothing is (STANDARDS 7.12)."""

    name = "stuck_mail"
    template_name = "wagtailadmin/outbox/stuck.html"
    order = 10

    @cached_property
    def number(self) -> int:
        return queries.stuck_mails().count()

    @cached_property
    def held_back(self) -> int:
        return Mail.objects.held_back().count()

    @cached_property
    def fault(self) -> str:
        return mailbox.fault()

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"number": self.number, "held_back": self.held_back, "fault": self.fault}


@hooks.register("construct_homepage_panels")
def add_alarm(request: HttpRequest, panels: list[Any]) -> None:
    panel = StuckPanel()
    if may_read(request.user) and (panel.number or panel.held_back or panel.fault):
        panels.append(panel)
