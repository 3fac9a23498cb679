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

from home.dashboard import WorkPanel
from home.models import Author, Topic


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    list_display = ["name", "role", "locale"]


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "locale"]


class BlogGroup(SnippetViewSetGroup):
    items = (AuthorViewSet, TopicViewSet)
    menu_label = _("Blog")
    menu_icon = "edit"
    menu_order = 340


register_snippet(BlogGroup)


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
