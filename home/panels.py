"""What the page editor shows besides fields."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import HelpPanel

from portal.meetings.permissions import may_plan, may_see_planning


class PlanningPanel(HelpPanel):
    """On the page of a course: its dates to come, and the way to it for whoever may plan."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["template"] = "wagtailadmin/home/course_planning.html"
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Any:
            user = self.request.user
            return super().get_context_data(parent_context) | {
                "page": self.instance,
                "sees_planning": may_see_planning(user),
                "plans": may_plan(user),
            }
