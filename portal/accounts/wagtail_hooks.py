"""People in the staff screens."""

import logging
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from legal.rights.permissions import may_restrict
from legal.rights.queries import is_restricted
from pluc.staff_screens.links import register_link
from portal.accounts.models import Person, User
from portal.accounts.viewsets import PersonViewSet

log = logging.getLogger("pluc.accounts")


hooks.register("register_admin_viewset", PersonViewSet)
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


@hooks.register("after_bulk_action")
def log_bulk_action(request: HttpRequest, kind: str, users: list[Any], action: Any) -> None:
    """What happens to many users at once is logged by number too (STANDARDS 6.24)."""
    if action.model is User:
        numbers = sorted(user.pk for user in users if user.pk)
        role = action.cleaned_form.cleaned_data.get("role", "") if action.cleaned_form else ""
        log.info("Users %s: %s %s by user %s", numbers, kind, role, request.user.pk)
