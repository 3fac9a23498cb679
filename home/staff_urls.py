"""Staff screens of the public site that Wagtail does not have."""

from django.urls import path

from home import staff_views

urlpatterns = [
    path("componenten/", staff_views.components, name="components"),
    path("handleiding/", staff_views.guide, name="editors_guide"),
    path("account/", staff_views.account, name="wagtailadmin_account_without_name"),
]
