"""The statement in the staff screens: the action on a version, and the recipients."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from legal.consent.services import archive_question
from legal.statements.models import Recipient, VersionPage
from legal.statements.permissions import may_put_in_force
from legal.statements.staff_views import SCREENS, confirm, start, versions
from pluc.staff_screens.menu import register_screens


class RecipientViewSet(SnippetViewSet):
    """Who gets data: the statement's table is made from it."""

    model = Recipient
    icon = "link-external"
    list_display = ["name", "task", "place", "measures_visits"]
    add_to_admin_menu = True
    menu_order = 355
    panels = [
        FieldRowPanel([FieldPanel("position"), FieldPanel("measures_visits")]),
        *(
            FieldRowPanel([FieldPanel(name), FieldPanel(f"{name}_en")])
            for name in ("name", "task", "data_groups", "place", "safeguard")
        ),
    ]


register_snippet(RecipientViewSet)


register_screens(
    SCREENS,
    "verklaring/",
    [
        path("", versions, name="statement_list"),
        path("nieuw/", start, name="statement_start"),
        path("<int:page_id>/", confirm, name="statement_put_in_force"),
    ],
    order=345,
)


@hooks.register("register_page_header_buttons")
def put_in_force_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page, VersionPage) and page.pk and may_put_in_force(user):
        address = reverse("statement_put_in_force", args=[page.pk])
        yield Button(_t("Put in force"), address, icon_name="check", priority=5)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def lead_on(request: HttpRequest, page: Page) -> None:
    """Once a version was saved by hand, the way to put it in force is one click away."""
    autosave = "application/json" in request.headers.get("Accept", "")
    if autosave or not isinstance(page, VersionPage) or not may_put_in_force(request.user):
        return
    address = reverse("statement_put_in_force", args=[page.pk])
    buttons = [messages.button(address, _t("Put in force"))]
    messages.info(request, _t("Is the text as it should be?"), buttons=buttons)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def ask_again(request: HttpRequest, instance: Any) -> None:
    """A changed recipient of measurement asks visitors for their choice again."""
    if isinstance(instance, Recipient):
        archive_question()


@hooks.register("after_delete_snippet")
def ask_again_without(request: HttpRequest, instances: list[Any]) -> None:
    if any(isinstance(instance, Recipient) for instance in instances):
        archive_question()
