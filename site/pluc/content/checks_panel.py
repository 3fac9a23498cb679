"""The checks panel of the page editor: axe-core runs in the preview, with rules of our own.

Wagtail puts axe-core in a preview by way of its user bar, for a reader who may edit. A preview is
served as a visitor would get the page, and the public door knows no one: so whose preview it is
is left on the request, and only the bar reads it.
"""

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem, Userbar

from pluc.on_request import Left

PREVIEWED_BY = Left[AbstractBaseUser | None]("previewed_by", None)

# What says nothing of where a link leads, or of what a picture shows, in both languages. The
# patterns are JavaScript's; those of links know no flags, so they name both cases.
NOWHERE = (
    "[Kk]lik hier|[Hh]ier|[Dd]eze (link|pagina)|[Ll]ink|[Mm]eer|[Ll]ees (meer|verder|hier)|"
    "[Mm]eer (lezen|info|informatie)|[Vv]erder|[Dd]ownload(en)?|[Pp]df|"
    "[Cc]lick( here)?|[Hh]ere|[Tt]his (link|page)|[Mm]ore|[Rr]ead (more|on|here)|[Ll]earn more|"
    "[Mm]ore info(rmation)?"
)
PICTURE = (
    "(de |een |the |an? )?(foto|afbeelding|plaatje|beeld|illustratie|tekening|grafiek|logo|"
    "schermafbeelding|screenshot|photo|picture|image|illustration|drawing|graphic|graph|chart)"
)
SAYS_NOTHING = (
    f"^\\s*({NOWHERE}|{PICTURE}|alt|alt[- ]?tekst|alt[- ]?text|test|x+|[\\W\\d]+)[\\s.!…]*$"
    f"|^\\s*{PICTURE} (van|of) "
)


class EditorsChecks(ContentCheckerItem):
    """Wagtail's checks, and ours on texts of pictures and links that say nothing (5.5)."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", "link-says-nothing"]
    axe_custom_checks = [
        {
            "id": "check-image-alt-text",
            "options": {
                "pattern": rf"\.(avif|gif|jpe?g|png|svg|webp)$|_|{SAYS_NOTHING}",
            },
        },
        {"id": "check-empty-meta-description"},
        {
            "id": "check-link-says-nothing",
            "evaluate": "matches-definition-evaluate",
            "options": {"matcher": {"accessibleName": rf"/^({NOWHERE})[\s.!…>»]*$/"}},
        },
    ]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        {
            "id": "link-says-nothing",
            "impact": "serious",
            "selector": "main a[href]",
            "tags": ["best-practice"],
            "none": ["check-link-says-nothing"],
            "enabled": True,
        },
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "alt-text-quality": {
            "error_name": _("The text of a picture says nothing"),
            "help_text": _("Say what there is to see, or mark the picture as decorative."),
        },
        "image-alt": {
            "error_name": _("A picture has no text"),
            "help_text": _("Say what there is to see, or mark the picture as decorative."),
        },
        "link-says-nothing": {
            "error_name": _("The text of a link does not say where it leads"),
            "help_text": _("“Click here” means nothing to who hears the links one by one."),
        },
    }


class PreviewBar(Userbar):
    """Wagtail's user bar in a preview; it tells what it found to the screen around the preview."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"origin": settings.WAGTAILADMIN_BASE_URL}


def preview_bar(context: Any, page: Any) -> str:
    """The bar for whoever looks at the preview; nothing where nobody does."""
    request: HttpRequest = context["request"]
    editor = PREVIEWED_BY.read(request)
    if editor is None:
        return ""
    asked = copy(request)
    asked.user = editor  # type: ignore[assignment]  # of any login
    return str(PreviewBar(object=page).render_html({**context.flatten(), "request": asked}))


def use_our_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Puts our checks in the place of Wagtail's: in the bar, and in the editor's side panel."""
    items[:] = [
        EditorsChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
