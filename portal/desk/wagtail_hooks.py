"""The back office's overview in the staff screens, and its part of the first one."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pluc.signed_in import is_signed_in
from pluc.staff_screens.menu import register_addresses, register_screens
from portal.contact.permissions import may_read
from portal.desk import staff_views
from portal.desk.staff_panel import WaitingPanel
from portal.meetings.permissions import may_see_planning

register_screens(
    staff_views.SCREENS,
    "overzicht/",
    [path("", staff_views.overview, name="overview")],
    order=90,
)


register_addresses("handleiding/", [path("backoffice/", staff_views.guide, name="desk_guide")])


class GuideItem(MenuItem):
    """In the menu of help, for whoever works here."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_signed_in(request) and may_see_planning(request.user)


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    return GuideItem(_t("Back office guide"), reverse("desk_guide"), icon_name="help", order=0)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    if is_signed_in(request) and may_read(request.user):
        panels.append(WaitingPanel(request.user))
