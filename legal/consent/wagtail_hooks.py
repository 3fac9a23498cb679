"""Cookie groups, cookies and the bar's texts in the staff screens."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from legal.consent.models import BarTexts, Group, SetCookie
from legal.consent.services import archive_question

TEXTS = (BarTexts, Group, SetCookie)


class GroupViewSet(SnippetViewSet):
    model = Group
    icon = "folder-open-1"
    list_display = ["name", "varname", "is_required"]
    panels = [
        FieldRowPanel(
            [
                FieldPanel("varname", heading=_("Short name")),
                FieldPanel("is_required", heading=_("Always on")),
                FieldPanel("ordering", heading=_("Position")),
            ]
        ),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("description"), FieldPanel("description_en")]),
    ]


class SetCookieViewSet(SnippetViewSet):
    model = SetCookie
    icon = "tag"
    list_display = ["name", "cookiegroup", "provider", "lifetime"]
    panels = [
        FieldRowPanel(
            [
                FieldPanel("cookiegroup", heading=_("Group")),
                FieldPanel("name"),
                FieldPanel("provider"),
            ]
        ),
        FieldRowPanel([FieldPanel("description"), FieldPanel("description_en")]),
        FieldRowPanel(
            [FieldPanel("lifetime"), FieldPanel("lifetime_en")],
            help_text=_("Write {period} where the software knows the number."),
        ),
    ]


class BarTextsViewSet(SnippetViewSet):
    model = BarTexts
    icon = "comment"
    panels = [
        FieldRowPanel([FieldPanel("heading"), FieldPanel("heading_en")]),
        FieldRowPanel([FieldPanel("sentence"), FieldPanel("sentence_en")]),
    ]


class CookiesGroup(SnippetViewSetGroup):
    items = (BarTextsViewSet, GroupViewSet, SetCookieViewSet)
    menu_label = _("Cookies")
    menu_icon = "view"
    menu_order = 360


register_snippet(CookiesGroup)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def archive_texts(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, TEXTS):
        archive_question()


@hooks.register("after_delete_snippet")
def archive_texts_without(request: HttpRequest, instances: list[Any]) -> None:
    if any(isinstance(instance, TEXTS) for instance in instances):
        archive_question()
