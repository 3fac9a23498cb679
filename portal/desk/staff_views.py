"""Overview: the one start screen of the staff, of what each colleague may see."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access, user_has_any_page_permission
from wagtail.admin.views.home import HomeView

from pluc.signed_in import SignedInRequest, for_staff, is_signed_in
from pluc.staff_screens.screens import Screens
from portal.desk.overview import Overview
from portal.meetings.permissions import may_plan, may_see_planning

SCREENS = Screens(
    folder="desk",
    title=_("Overview"),
    icon="home",
    start="wagtailadmin_home",
    may=lambda user: True,
)


class StartView(HomeView):
    """What waits for the back office, today and this week; for editors Wagtail's panels."""

    template_name = "wagtailadmin/desk/start.html"
    page_title = SCREENS.title
    header_icon = SCREENS.icon

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        request, shown = self.request, None
        if is_signed_in(request) and may_see_planning(request.user):
            shown = Overview.of(user=request.user, now=timezone.now())
        return context | {"overview": shown, "beginnings": self.beginnings()}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": "", "label": str(self.page_title)}]

    def get_panels(self) -> list[Any]:
        """Wagtail's own are about pages, and of nobody else's concern."""
        panels: list[Any] = super().get_panels()
        if self.writes_pages:
            return panels
        return [panel for panel in panels if not type(panel).__module__.startswith("wagtail.")]

    @property
    def writes_pages(self) -> bool:
        return bool(user_has_any_page_permission(self.request.user))

    def beginnings(self) -> list[tuple[str, str]]:
        """What a colleague may start on, and where."""
        if not (is_signed_in(self.request) and may_plan(self.request.user)):
            return []
        return [
            (_t("Plan a meeting"), reverse("meeting_new")),
            (_t("New course"), reverse("courses:add")),
        ]


start = require_admin_access(StartView.as_view())


@for_staff(may_see_planning)
def guide(request: SignedInRequest) -> HttpResponse:
    """The back office's guide, in Dutch."""
    return render(request, "wagtailadmin/desk/guide.html")
