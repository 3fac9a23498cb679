"""What waits for the back office, on the first of the staff screens."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from portal.accounts.models import User
from portal.desk.waiting import things_waiting_for
from portal.meetings.permissions import may_see_planning


class WaitingPanel(Component):
    """For whoever reads messages: the back office."""

    name = "waiting"
    template_name = "wagtailadmin/desk/waiting.html"
    order = 50

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "things": things_waiting_for(self.user),
            "has_overview": may_see_planning(self.user),
        }
