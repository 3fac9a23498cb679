"""Announcements in the staff screens' menu and addresses."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.announcements import staff_views
from portal.announcements.permissions import may_read

ADDRESSES = [
    path("", staff_views.Listing.as_view(), name="announcements"),
    path("nieuw/", staff_views.write, name="announcement_write"),
    path("<int:announcement_id>/", staff_views.show, name="announcement"),
    path("<int:announcement_id>/wijzigen/", staff_views.change, name="announcement_change"),
    path("<int:announcement_id>/<slug:slug>/", staff_views.deed, name="announcement_deed"),
]


class AnnouncementsMenuItem(MenuItem):
    """For whoever may write or approve."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)  # type: ignore[arg-type]


@hooks.register("register_admin_urls")
def announcement_urls() -> list[URLPattern | URLResolver]:
    return [path("mededelingen/", include(ADDRESSES))]


@hooks.register("register_admin_menu_item")
def announcements_item() -> MenuItem:
    address = reverse("announcements")
    return AnnouncementsMenuItem(_("Announcements"), address, icon_name="openquote", order=420)
