"""A button in the menu of a page: a link to its draft, for a front end elsewhere."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from headless.content import staff_views
from headless.content.drafts import may_show
from headless.content.previews import is_told
from pluc.staff_screens.menu import register_addresses

# Below the pages, which the menu then marks as where one is.
register_addresses(
    "pages/",
    [
        path("<int:number>/api/", staff_views.draft_link, name="api_draft_link"),
        path("<int:number>/api/link/", staff_views.draft_link_made, name="api_draft_link_made"),
    ],
)


@hooks.register("register_page_header_buttons")
def draft_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if is_told(page.specific_deferred) and may_show(user, page):
        address = reverse("api_draft_link", args=[page.pk])
        label = _t("Show this draft elsewhere")
        yield Button(label, address, icon_name="link", priority=66)
