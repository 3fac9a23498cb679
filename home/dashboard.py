"""The editors' dashboard: what waits for someone, before what happened."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision

from pluc.content.models import Notice

ROWS = 5


def planned() -> "QuerySet[Revision]":
    """Revisions that the worker will publish, soonest first."""
    return Revision.page_revisions.filter(approved_go_live_at__gt=timezone.now()).order_by(
        "approved_go_live_at"
    )


def unfinished() -> "QuerySet[Page]":
    """Pages with changes that visitors do not see yet, longest waiting first."""
    pages = Page.objects.filter(has_unpublished_changes=True, locked=False, depth__gte=2)
    return pages.order_by("latest_revision_created_at")


def untranslated() -> "QuerySet[Page]":
    """Live pages in the main language without a live page in another, newest first."""
    translation = Page.objects.live().filter(translation_key=OuterRef("translation_key"))
    others = translation.exclude(locale__language_code=settings.LANGUAGE_CODE)
    pages = Page.objects.live().filter(
        locale__language_code=settings.LANGUAGE_CODE, depth__gte=2, alias_of=None
    )
    return pages.exclude(Exists(others)).order_by("-first_published_at")


class WorkPanel(Component):
    """What is planned, unfinished or not translated, and which notice visitors see now."""

    name = "work"
    template_name = "wagtailadmin/home/work.html"
    order = 200

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "planned": planned().select_related("content_type")[:ROWS],
            "unfinished": unfinished()[:ROWS],
            "untranslated": untranslated()[:ROWS],
            "notices": Notice.objects.shown_at(timezone.now()).select_related("locale"),
        }
