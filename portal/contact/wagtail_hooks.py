"""Messages in the staff screens' menu and addresses."""

from django.urls import path

from pluc.staff_screens.menu import register_screens
from portal.contact import staff_views

register_screens(
    staff_views.SCREENS,
    "berichten/",
    [
        path("", staff_views.MessageListing.as_view(), name="contact_messages"),
        path(
            "lijst/",
            staff_views.MessageListing.as_view(results_only=True),
            name="contact_messages_results",
        ),
        path("<int:number>/", staff_views.show, name="contact_message"),
        path("<int:number>/<slug:slug>/", staff_views.deed, name="contact_deed"),
    ],
    order=410,
)
