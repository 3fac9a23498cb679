"""Restrictions in the staff screens' menu and addresses."""

from django.urls import path

from legal.rights.staff_views import (
    SCREENS,
    RestrictionListing,
    lift_restriction,
    restrict_person,
)
from pluc.staff_screens.menu import register_screens

register_screens(
    SCREENS,
    "beperkingen/",
    [
        path("", RestrictionListing.as_view(), name=SCREENS.start),
        path("<uuid:person_id>/beperken/", restrict_person, name="restrict_person"),
        path("<uuid:person_id>/opheffen/", lift_restriction, name="lift_restriction"),
    ],
    order=430,
)
