"""Messages in the staff screens' menu and addresses."""

from django.urls import path

from pluc.staff_screens.menu import register_screens
from portal.contact import staff_views

register_screens(
    staff_views.SCREENS,
    "berichten/",
    [
        path("", staff_views.MessageListing.as_view(), name="contact_messages"),
        path("<int:number>/", staff_views.show, name="contact_message"),
        path("<int:number>/beantwoord/", staff_views.mark_answered, name="contact_answered"),
    ],
    order=410,
)
