"""What the public site adds to the staff screens."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.authors import AuthorDeleteView, keep_authors_who_wrote
from home.dashboard import WorkPanel
from home.models import Author, Topic


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    list_display = ["name", "role", "locale", "visibility"]
    delete_view_class = AuthorDeleteView
    delete_template_name = "wagtailadmin/home/delete_author.html"


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "locale", "visibility"]


class BlogGroup(SnippetViewSetGroup):
    items = (AuthorViewSet, TopicViewSet)
    menu_label = _("Blog")
    menu_icon = "edit"
    menu_order = 340


register_snippet(BlogGroup)
hooks.register("before_bulk_action", keep_authors_who_wrote)


@hooks.register("construct_homepage_panels")
def add_work_panel(request: HttpRequest, panels: list[Any]) -> None:
    if page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        panels.append(WorkPanel())


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    return MenuItem(_t("Editor's guide"), reverse("editors_guide"), icon_name="help", order=1)


@hooks.register("register_help_menu_item")
def components_item() -> MenuItem:
    return MenuItem(_t("Components"), reverse("components"), icon_name="palette", order=2)


# Wagtail's own entries that lead away from here: news of its versions, and a guide to it.
OUTSIDE = ("whats-new", "editor-guide")


@hooks.register("construct_help_menu")
def leave_out_the_outside(request: HttpRequest, items: list[MenuItem]) -> None:
    """Help is ours: the guide in the menu says how things are done here."""
    items[:] = [item for item in items if not item.name.startswith(OUTSIDE)]
