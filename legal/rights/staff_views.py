"""Whose data is restricted, for the back office."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn

from legal.rights.models import Restriction
from legal.rights.permissions import may_see_restrictions
from legal.rights.queries import restrictions_to_list
from pluc.staff_screens.listing import Listing
from pluc.staff_screens.screens import Screens

SCREENS = Screens(
    folder="rights",
    title=_("Restricted data"),
    icon="no-view",
    start="restrictions",
    may=may_see_restrictions,
)


class RestrictionListing(Listing):
    """Restrictions in force, newest first. Whoever is not on it is not restricted."""

    model = Restriction
    screens = SCREENS
    columns: list[BaseColumn] = [
        Column("person", label=_("Person")),
        Column("email", label=_("E-mail address"), accessor="person.email"),
        DateColumn("since", label=_("Since")),
        Column("ground", label=_("Why")),
    ]

    def get_base_queryset(self) -> "QuerySet[Restriction]":
        return restrictions_to_list()
