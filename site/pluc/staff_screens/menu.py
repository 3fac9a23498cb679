"""A room's entry in the staff screens' menu, and its addresses below `/beheer/`."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import URLPattern, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pluc.signed_in import is_signed_in
from pluc.staff_screens.screens import Screens


class ScreensMenuItem(MenuItem):
    """Leads to a room's first screen, for whoever may see it."""

    def __init__(self, screens: Screens, *, order: int) -> None:
        address = reverse(screens.start)
        super().__init__(screens.title, address, icon_name=screens.icon, order=order)
        self.may = screens.may

    def is_shown(self, request: HttpRequest) -> bool:
        return is_signed_in(request) and self.may(request.user)


def register_screens(
    screens: Screens, folder: str, addresses: Sequence[URLPattern], *, order: int
) -> None:
    """Puts a room's first screen in the menu at `order`, and its addresses below `folder`."""
    register_addresses(folder, addresses)
    hooks.register("register_admin_menu_item", lambda: ScreensMenuItem(screens, order=order))


def register_addresses(folder: str, addresses: Sequence[URLPattern]) -> None:
    hooks.register("register_admin_urls", lambda: [path(folder, include(list(addresses)))])
