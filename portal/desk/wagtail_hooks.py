"""The start screen in the staff screens' menu."""

from django.urls import path
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pluc.staff_screens.menu import ScreenMenuItem, register_addresses, register_screens
from portal.desk.staff_views import SCREENS, guide
from portal.meetings.permissions import may_see_planning

register_screens(SCREENS, "overzicht/", [], order=1)
register_addresses("handleiding/", [path("backoffice/", guide, name="desk_guide")])


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    """In the menu of help, for whoever works in the back office."""
    title = _t("Back office guide")
    return ScreenMenuItem(title, icon="help", start="desk_guide", may=may_see_planning, order=0)
