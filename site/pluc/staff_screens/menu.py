"""A room's entry in the staff screens' menu, and its addresses below `/beheer/`."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import URLPattern, include, path, reverse
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from pluc.signed_in import is_signed_in
from pluc.staff_screens.screens import Screens

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

MAIN_MENU = "register_admin_menu_item"


class ScreenMenuItem(MenuItem):
    """Leads to a screen, for whoever may see it."""

    def __init__(
        self,
        title: str | Promise,
        *,
        icon: str,
        start: str,
        may: "Callable[[_User], bool]",
        order: int,
    ) -> None:
        super().__init__(title, reverse(start), icon_name=icon, order=order)
        self.may = may

    def is_shown(self, request: HttpRequest) -> bool:
        return is_signed_in(request) and self.may(request.user)


def register_screens(
    screens: Screens,
    folder: str,
    addresses: Sequence[URLPattern],
    *,
    order: int,
    menu: str = MAIN_MENU,
) -> None:
    """Puts a room's first screen in the menu at `order`, and its addresses below `folder`.

    `menu` names the hook of a group within the menu (`register_group`).
    """

    def first_screen() -> MenuItem:
        return ScreenMenuItem(
            screens.title, icon=screens.icon, start=screens.start, may=screens.may, order=order
        )

    register_addresses(folder, addresses)
    hooks.register(menu, first_screen)


def register_group(menu: str, label: str | Promise, *, icon: str, order: int) -> None:
    """An entry of the menu with entries of its own: those that are registered for hook `menu`.

    Shown to whoever may see one of them.
    """

    def group() -> MenuItem:
        entries = Menu(register_hook_name=menu)
        return SubmenuMenuItem(label, entries, icon_name=icon, order=order)

    hooks.register(MAIN_MENU, group)


def register_addresses(folder: str, addresses: Sequence[URLPattern]) -> None:
    hooks.register("register_admin_urls", lambda: [path(folder, include(list(addresses)))])
