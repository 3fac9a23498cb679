"""Restrictions in the staff screens' menu and addresses."""

from django.urls import path

from legal.rights.staff_views import SCREENS, RestrictionListing, restriction
from pluc.staff_screens.menu import register_screens

register_screens(
    SCREENS,
    "beperkingen/",
    [
        path("", RestrictionListing.as_view(), name=SCREENS.start),
        path("<uuid:person_id>/", restriction, name="restriction"),
    ],
    order=420,
)
