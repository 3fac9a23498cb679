"""Whose data is restricted, for the back office."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views.generic import IndexView

from legal.rights.models import Restriction
from legal.rights.permissions import may_see_restrictions
from legal.rights.queries import restrictions_to_list
from pluc.staff_screens import require


class Listing(IndexView):
    """Restrictions in force, newest first. Whoever is not on it is not restricted."""

    model = Restriction
    any_permission_required = None  # Wagtail knows the default permissions only
    page_title = _("Restricted data")
    header_icon = "no-view"
    index_url_name = "restrictions"
    paginate_by = 20
    columns: list[BaseColumn] = [
        Column("person", label=_("Person")),
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
