"""The back office's part of the first staff screen."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from portal.contact.permissions import may_read
from portal.desk.staff_panel import WaitingPanel


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_read(request.user):  # type: ignore[arg-type]
        panels.append(WaitingPanel(request.user))  # type: ignore[arg-type]
