"""Restrictions in the staff screens' menu and addresses."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from legal.rights.permissions import may_see_restrictions
from legal.rights.staff_views import Listing, restriction


class RestrictionsMenuItem(MenuItem):
    """For whoever may look people up."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_restrictions(request.user)


@hooks.register("register_admin_urls")
def restriction_urls() -> list[URLPattern]:
    return [
        path("beperkingen/", Listing.as_view(), name="restrictions"),
        path("beperkingen/<uuid:person_id>/", restriction, name="restriction"),
    ]


@hooks.register("register_admin_menu_item")
def restrictions_item() -> MenuItem:
    address = reverse("restrictions")
    return RestrictionsMenuItem(_("Restricted data"), address, icon_name="no-view", order=420)
