"""The newsletter in the staff screens' menu and addresses."""

from django.urls import path

from pluc.staff_screens.menu import register_screens
from portal.newsletter import sending_views

register_screens(
    sending_views.SCREENS,
    "nieuwsbrief/verzending/",
    [
        path("", sending_views.MailingListing.as_view(), name="newsletter_mailings"),
        path("<int:number>/", sending_views.show, name="newsletter_mailing"),
        path("<int:number>/stand/", sending_views.stand, name="newsletter_mailing_stand"),
        path("<int:number>/<slug:slug>/", sending_views.deed, name="newsletter_mailing_deed"),
    ],
    order=347,
)
