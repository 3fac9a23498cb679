"""The editors' living page of components, their guide, and their account settings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel

from home.component_samples import samples
from pluc.content.pictures import load_renditions


@require_admin_access
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the design, in its states."""
    context = samples()
    load_renditions([context["picture"], *(post.picture for post in context["posts"])])
    return render(request, "components/index.html", context)


@require_admin_access
def guide(request: HttpRequest) -> HttpResponse:
    """The editor's guide, in Dutch."""
    return render(request, "wagtailadmin/guide.html", {})


class StaffAccountView(AccountView):
    """Wagtail's account settings without the name: that is changed where the person is."""

    def get_panels(self) -> list[Any]:
        panels = super().get_panels()
        return [panel for panel in panels if not isinstance(panel, NameEmailSettingsPanel)]


account = require_admin_access(StaffAccountView.as_view())
