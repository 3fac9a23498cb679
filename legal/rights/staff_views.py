"""Whose data is restricted, and restricting it, for the back office."""

import logging
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from legal.rights.forms import RestrictionForm
from legal.rights.models import Restriction
from legal.rights.permissions import may_restrict, may_see_restrictions
from legal.rights.queries import restricted_people, restrictions_to_list
from legal.rights.registry.owners import PERSON
from legal.rights.services import AlreadyRestricted, NotRestricted, lift, restrict
from pluc.staff_screens import require, staff_screen

log = logging.getLogger("pluc.rights")


class Listing(IndexView):
    """Restrictions in force, newest first. Whoever is not on it is not restricted."""

    model = Restriction
    any_permission_required = None  # Wagtail knows the default permissions only
    page_title = _("Restricted data")
    header_icon = "no-view"
    index_url_name = "restrictions"
    paginate_by = 20
    columns: list[BaseColumn] = [
        TitleColumn(
            "person",
            label=_("Person"),
            get_url=lambda row: reverse("restriction", args=[row.person_id]),
        ),
        Column("email", label=_("E-mail address"), accessor=lambda row: row.person.email),
        DateColumn("since", label=_("Since")),
        Column("ground", label=_("Why")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(may_see_restrictions, request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> "QuerySet[Restriction]":
        return restrictions_to_list()


def restriction(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Restricts somebody's data, with a ground; or lifts the restriction that is in force."""
    user = require(may_restrict, request)
    person = get_object_or_404(apps.get_model(PERSON), pk=person_id)
    is_restricted = restricted_people().filter(person=person_id).exists()
    form = None if is_restricted else RestrictionForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        change(person_id, form, by=user.pk)
        return redirect("restrictions")
    return staff_screen(
        request,
        "rights/restriction",
        title=str(person),
        icon=Listing.header_icon,
        trail=[(reverse("restrictions"), _t("Restricted data"))],
        status=422 if form is not None and form.errors else 200,
        form=form,
    )


def change(person_id: UUID, form: RestrictionForm | None, *, by: int) -> None:
    """What somebody else did a moment before is done: it is not done twice."""
    if form is None:
        with suppress(NotRestricted):
            lift(person_id=person_id, by=by)
            log.info("Person %s: restriction lifted by user %s", person_id, by)
    else:
        with suppress(AlreadyRestricted):
            restrict(person_id=person_id, ground=form.cleaned_data["ground"], by=by)
            log.info("Person %s: restricted by user %s", person_id, by)
