"""Adds to the staff screens: our styles, links in rich text, and what a draft still lacks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.models import Page, TranslatableMixin
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pluc.content.checks_panel import use_our_checks
from pluc.content.findings import findings
from pluc.content.link_handlers import ExternalLinkHandler, PageLinkHandler
from pluc.content.models import BasePage, Navigation, Notice
from pluc.content.translating import Untranslated, require_translated
from pluc.staff_screens.wording import words_of


@hooks.register("insert_global_admin_css")
def staff_css() -> str:
    """Wagtail in our colours and type, and what our own staff screens add to it."""
    sheets = (
        "fonts",
        "font_stand_ins",
        "tokens",
        "staff_theme",
        "staff",
        "components/unsent_marks",
    )
    links = ((static(f"css/{name}.css"),) for name in sheets)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@hooks.register("insert_editor_js")
def editor_script() -> str:
    """What keeps an editor's save and Wagtail's own autosave apart."""
    return format_html('<script src="{}" defer></script>', static("js/save_after_autosave.js"))


hooks.register("construct_wagtail_userbar", use_our_checks)


@hooks.register("register_admin_urls", order=-10)  # before wagtail-localize's own
def words_of_the_translation_screen() -> list[URLPattern]:
    return [path("localize/jsi18n/", words_of("wagtail_localize"))]


@hooks.register("register_rich_text_features", order=100)
def register_links(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinkHandler)
    features.register_link_type(ExternalLinkHandler)


@hooks.register("before_edit_snippet", order=-10)  # before the translation screen does it
def refuse_untranslated(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """A menu, notice or topic is shown as soon as it is saved: not with pieces of its source."""
    if request.POST.get("action") != "publish" or not isinstance(instance, TranslatableMixin):
        return None
    try:
        require_translated(instance)
    except Untranslated as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(request.path)
    return None


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_is_left(request: HttpRequest, page: Page) -> None:
    """Tells the editor, after a draft is saved, what publishing still asks for, and where."""
    autosave = "application/json" in request.headers.get("Accept", "")
    if autosave or not isinstance(page, BasePage):
        return
    if found := findings(page):
        sentences = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in found))
        intro = _t("Saved. Before this page can be published:")
        messages.warning(request, format_html_join("", "{}<ul>{}</ul>", [(intro, sentences)]))


class NavigationViewSet(SnippetViewSet):
    model = Navigation
    icon = "list-ul"
    list_display = ["__str__", "locale", "visibility"]


class NoticeViewSet(SnippetViewSet):
    model = Notice
    icon = "warning"
    list_display = ["text", "locale", "starts_at", "ends_at", "visibility"]


class SiteGroup(SnippetViewSetGroup):
    """The menu entry for navigation and notices."""

    items = (NavigationViewSet, NoticeViewSet)
    menu_icon = "bars"
    menu_order = 350

    @property
    def menu_label(self) -> str:
        return _t("Around the pages")


register_snippet(SiteGroup)
