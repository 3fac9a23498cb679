"""The API in the staff screens' menu, and tokens below it with their addresses and log."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from headless.tokens import staff_views
from pluc.staff_screens.menu import register_group, register_screens

API_MENU = "register_api_menu_item"  # where the API's other screens stand too

register_group(API_MENU, _("API"), icon="code", order=140)
register_screens(
    staff_views.SCREENS,
    "api/tokens/",
    [
        path("", staff_views.TokenListing.as_view(), name="api_tokens"),
        path("nieuw/", staff_views.make, name="api_token_new"),
        path("<int:number>/gemaakt/", staff_views.made, name="api_token_made"),
        path("<int:number>/intrekken/", staff_views.revoke, name="api_token_revoke"),
    ],
    order=10,
    menu=API_MENU,
)


@hooks.register("register_log_actions")
def register_deeds(actions: Any) -> None:
    """What of it stands in Wagtail's log."""
    for name, label in (("make", _("Make the token")), ("revoke", _("Revoke the token"))):
        actions.register_action(f"headless_tokens.{name}", label, label)
