"""The back office's overview in the staff screens, and its part of the first one."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks

from pluc.signed_in import is_signed_in
from pluc.staff_screens.menu import register_screens
from portal.contact.permissions import may_read
from portal.desk import staff_views
from portal.desk.staff_panel import WaitingPanel

register_screens(
    staff_views.SCREENS,
    "overzicht/",
    [path("", staff_views.overview, name="overview")],
    order=90,
)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    if is_signed_in(request) and may_read(request.user):
        panels.append(WaitingPanel(request.user))
