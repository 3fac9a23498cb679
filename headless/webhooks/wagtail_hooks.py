"""Webhooks in the staff screens' menu and addresses."""

from django.urls import path

from headless.tokens.wagtail_hooks import API_MENU
from headless.webhooks import staff_views
from pluc.staff_screens.menu import register_screens

register_screens(
    staff_views.SCREENS,
    "api/webhooks/",
    [
        path("", staff_views.EndpointListing.as_view(), name="webhooks"),
        path("nieuw/", staff_views.make, name="webhook_make"),
        path("bericht/<int:delivery_id>/", staff_views.delivery, name="webhook_delivery"),
        path("bericht/<int:delivery_id>/opnieuw/", staff_views.send_again, name="webhook_again"),
        path("<uuid:endpoint_id>/", staff_views.show, name="webhook"),
        path("<uuid:endpoint_id>/wijzigen/", staff_views.change, name="webhook_change"),
        path("<uuid:endpoint_id>/geheim/", staff_views.renew_secret, name="webhook_secret"),
        path(
            "<uuid:endpoint_id>/geheim/gemaakt/",
            staff_views.secret_made,
            name="webhook_secret_made",
        ),
        path("<uuid:endpoint_id>/<slug:slug>/", staff_views.deed, name="webhook_deed"),
    ],
    order=20,
    menu=API_MENU,
)
