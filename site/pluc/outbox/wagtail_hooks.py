"""The outbox in the staff screens: its list in the menu, and an alarm when mail is stuck."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from pluc.outbox import queries, staff_views
from pluc.outbox.models import Mail

READ = "outbox.read_mail"


@hooks.register("register_admin_urls")
def mail_urls() -> list[URLPattern]:
    mails = staff_views.MailsView
    return [
        path("mail/", mails.as_view(), name="outbox_mails"),
        path("mail/lijst/", mails.as_view(results_only=True), name="outbox_mails_results"),
        path("mail/<uuid:mail_id>/", staff_views.MailView.as_view(), name="outbox_mail"),
        path("mail/<uuid:mail_id>/opnieuw/", staff_views.AgainView.as_view(), name="outbox_again"),
    ]


class MailMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(READ)


@hooks.register("register_admin_menu_item")
def mail_item() -> MenuItem:
    return MailMenuItem(_t("Mail"), reverse("outbox_mails"), icon_name="mail", order=600)


class StuckPanel(Component):
    """How many mails are stuck or held back; nothing at all where none is (STANDARDS 7.12)."""

    name = "stuck_mail"
    template_name = "wagtailadmin/outbox/stuck.html"
    order = 10

    @cached_property
    def number(self) -> int:
        return queries.stuck_mails().count()

    @cached_property
    def held_back(self) -> int:
        return Mail.objects.held_back().count()

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"number": self.number, "held_back": self.held_back}


@hooks.register("construct_homepage_panels")
def add_alarm(request: HttpRequest, panels: list[Any]) -> None:
    panel = StuckPanel()
    if request.user.has_perm(READ) and (panel.number or panel.held_back):
        panels.append(panel)
