"""Which pages the API may tell of (docs/decisions/0048).

They are live, not expired, open to everybody, and not marked "not for the API". Such a mark counts
for the page in every language, and for all that stands below it, as Wagtail's privacy does.
"""

import datetime as dt

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from pluc.content.models.pages import BasePage


def kinds_of_page() -> list[type[BasePage]]:
    """Every page type of ours."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def pages_for_api(*, now: dt.datetime | None = None) -> PageQuerySet:
    """The pages that the API may tell of. Costs two queries beside its own."""
    moment = now or timezone.now()
    still = Q(expire_at=None) | Q(expire_at__gt=moment)
    pages = Page.objects.live().public().filter(still, depth__gt=1)
    for path in paths_kept_back():
        pages = pages.exclude(path__startswith=path)
    return pages


def paths_kept_back(*, but: int | None = None) -> list[str]:
    """Where in the tree a page stands that was marked, in whatever language.

    `but` is the page whose own mark does not count.
    """
    marked = Page.objects.filter(pk__in=marked_pages()).exclude(pk=but)
    keys = marked.values("translation_key")
    return list(Page.objects.filter(translation_key__in=keys).values_list("path", flat=True))


def marked_pages() -> PageQuerySet:
    """The numbers of the marked pages of every type, for one query."""
    first, *others = [
        kind._base_manager.filter(not_for_api=True).order_by().values("pk")
        for kind in kinds_of_page()
    ]
    return first.union(*others)


def is_for_api(page: BasePage) -> bool:
    """Whether a page, as it is written now, may be told of once it is published."""
    if page.not_for_api:
        return False
    return not any(page.path.startswith(path) for path in paths_kept_back(but=page.pk))
