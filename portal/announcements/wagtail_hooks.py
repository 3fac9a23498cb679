"""Announcements in the staff screens' menu and addresses."""

from django.urls import path

from pluc.staff_screens.menu import register_screens
from portal.announcements import staff_views

register_screens(
    staff_views.SCREENS,
    "mededelingen/",
    [
        path("", staff_views.AnnouncementListing.as_view(), name="announcements"),
        path("nieuw/", staff_views.write, name="announcement_write"),
        path("<int:announcement_id>/", staff_views.show, name="announcement"),
        path("<int:announcement_id>/wijzigen/", staff_views.change, name="announcement_change"),
        path("<int:announcement_id>/<slug:slug>/", staff_views.deed, name="announcement_deed"),
    ],
    order=420,
)
