"""The start screen of the staff, in the place of Wagtail's own."""

from django.urls import path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from portal.desk import staff_views

urlpatterns = [
    path("", staff_views.start, name="wagtailadmin_home"),
    # Where the overview stood before: bookmarks lead to it.
    path(
        "overzicht/", require_admin_access(RedirectView.as_view(pattern_name="wagtailadmin_home"))
    ),
]
