"""People in the staff screens."""

import logging
from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from legal.rights.permissions import may_restrict
from legal.rights.queries import is_restricted
from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import register_addresses
from portal.accounts import people_screens
from portal.accounts.models import Person, User
from portal.accounts.viewsets import PersonViewSet

log = logging.getLogger("pluc.accounts")


hooks.register("register_admin_viewset", PersonViewSet)
register_addresses(
    "mensen/",
    [
        path("dubbel/", people_screens.doubles, name="doubles"),
        path("<uuid:person_id>/notitie/", people_screens.write_note, name="write_note"),
        path("notitie/<int:note_id>/", people_screens.remove_note, name="remove_note"),
        path(
            "<uuid:stays_id>/samenvoegen/<uuid:goes_id>/",
            people_screens.merge_people,
            name="merge_people",
        ),
    ],
)
register_link(
    Person,
    _("Restrict"),
    "restrict_person",
    may=may_restrict,
    when=lambda person: not is_restricted(person.pk),
)
register_link(
    Person,
    _("Lift the restriction"),
    "lift_restriction",
    may=may_restrict,
    when=lambda person: is_restricted(person.pk),
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("accounts.merge", _("Merge two people"), _("Two people merged"))


@hooks.register("after_bulk_action")
def log_bulk_action(request: HttpRequest, kind: str, users: list[Any], action: Any) -> None:
    """What happens to many users at once is logged by number too (STANDARDS 6.24)."""
    if action.model is User:
        numbers = sorted(user.pk for user in users if user.pk)
        role = action.cleaned_form.cleaned_data.get("role", "") if action.cleaned_form else ""
        log.info("Users %s: %s %s by user %s", numbers, kind, role, request.user.pk)
