"""What waits for the back office, on the first of the staff screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from portal.accounts.models import User
from portal.announcements import permissions as announcements
from portal.announcements.queries import waiting_for_approval
from portal.contact import permissions as contact
from portal.contact.queries import messages_without_answer


@dataclass(frozen=True)
class Thing:
    """One line: what waits, and where to deal with it."""

    text: str
    url: str


def thing(number: int, text: str, view: str) -> Thing | None:
    return Thing(text % {"n": number}, reverse(view)) if number else None


def things_waiting_for(user: User) -> list[Thing]:
    """What this colleague can do something about; one query for each kind."""
    messages = messages_without_answer().count() if contact.may_read(user) else 0
    submitted = waiting_for_approval().count() if announcements.may_approve(user) else 0
    things = [
        thing(
            messages,
            ngettext(
                "%(n)d message without an answer", "%(n)d messages without an answer", messages
            ),
            "contact_messages",
        ),
        thing(
            submitted,
            ngettext("%(n)d announcement to approve", "%(n)d announcements to approve", submitted),
            "announcements",
        ),
    ]
    return [one for one in things if one]


class WaitingPanel(Component):
    """For whoever reads messages: the back office."""

    name = "waiting"
    template_name = "wagtailadmin/desk/waiting.html"
    order = 50

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"things": things_waiting_for(self.user)}
