"""The back office's overview in the staff screens, and its part of the first one."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.contact.permissions import may_read
from portal.desk import staff_views
from portal.desk.staff_panel import WaitingPanel
from portal.meetings.permissions import may_see_planning


class OverviewMenuItem(MenuItem):
    """For whoever may see the planning."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_planning(request.user)  # type: ignore[arg-type]


@hooks.register("register_admin_urls")
def overview_url() -> list[URLPattern]:
    return [path("overzicht/", staff_views.overview, name="overview")]


@hooks.register("register_admin_menu_item")
def overview_item() -> MenuItem:
    return OverviewMenuItem(_("Overview"), reverse("overview"), icon_name="home", order=90)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_read(request.user):  # type: ignore[arg-type]
        panels.append(WaitingPanel(request.user))  # type: ignore[arg-type]
