"""The start screen in the staff screens' menu."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pluc.signed_in import is_signed_in
from pluc.staff_screens.menu import register_addresses, register_screens
from portal.desk.staff_views import SCREENS, guide
from portal.meetings.permissions import may_see_planning

register_screens(SCREENS, "overzicht/", [], order=1)
register_addresses("handleiding/", [path("backoffice/", guide, name="desk_guide")])


class GuideItem(MenuItem):
    """In the menu of help, for whoever works here."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_signed_in(request) and may_see_planning(request.user)


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    return GuideItem(_t("Back office guide"), reverse("desk_guide"), icon_name="help", order=0)
