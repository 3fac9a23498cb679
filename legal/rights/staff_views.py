"""Whose data is restricted, and restricting it, for the back office."""

from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn

from legal.rights.forms import RestrictionForm
from legal.rights.models import Restriction
from legal.rights.permissions import may_restrict, may_see_restrictions
from legal.rights.queries import restrictions_to_list
from legal.rights.registry.owners import PERSON
from legal.rights.services import lift, restrict
from pluc.deeds import Done, posted
from pluc.signed_in import SignedInRequest, for_staff
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
        TitleColumn(
            "person",
            label=_("Person"),
            get_url=lambda row: reverse("lift_restriction", args=[row.person_id]),
        ),
        Column("email", label=_("E-mail address"), accessor="person.email"),
        DateColumn("since", label=_("Since")),
        Column("ground", label=_("Why")),
    ]

    def get_base_queryset(self) -> "QuerySet[Restriction]":
        return restrictions_to_list()


@for_staff(may_restrict)
def restrict_person(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Restricts somebody's data, with a ground."""
    person = get_object_or_404(apps.get_model(PERSON), pk=person_id)
    form = RestrictionForm(posted(request))

    def do() -> Done:
        restrict(person_id=person_id, ground=form.cleaned_data["ground"], by=request.user.pk)
        return Done(_t("The data is restricted."), reverse("restrictions"))

    question = _t(
        "Restricted data is kept and not used: no mail but about the login, nothing deleted."
    )
    title, button = _t("Restrict the data of %(name)s") % {"name": person}, _t("Restrict")
    return SCREENS.deed(request, do, title=title, form=form, question=question, button=button)


@for_staff(may_restrict)
def lift_restriction(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Lifts the restriction of somebody's data that is in force."""
    person = get_object_or_404(apps.get_model(PERSON), pk=person_id)

    def do() -> Done:
        lift(person_id=person_id, by=request.user.pk)
        return Done(_t("The restriction is lifted."), reverse("restrictions"))

    question = _t("This data is restricted. Lifted, it is used again as before.")
    title = _t("Lift the restriction of %(name)s") % {"name": person}
    button = _t("Lift the restriction")
    return SCREENS.deed(request, do, title=title, question=question, button=button)
