"""Pages as a list or one by one, with the fields that were asked for."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

from headless.content.asking import LIST_FIELDS, PageQuery
from headless.content.pointers import kind_of
from headless.content.queries import with_own_fields
from headless.content.telling.gathering import gather
from headless.content.telling.pages import DETAIL_ONLY, FIELDS, tell_page


def tell_list(
    request: HttpRequest, pages: Sequence[Page], query: PageQuery, *, public: PageQuerySet
) -> list[dict[str, Any]]:
    """A field that is looked up page by page is not to be had in a list."""

    def names(page: Page) -> frozenset[str]:
        return query.chosen(LIST_FIELDS, frozenset(FIELDS[kind_of(page)]) - DETAIL_ONLY)

    if any(names(page) - LIST_FIELDS for page in pages):
        pages = with_own_fields(pages)
    gathered = gather(request, pages, names, public=public)
    return [tell_page(page, gathered, names(page)) for page in pages]


def tell_one(
    request: HttpRequest, page: Page, *, public: PageQuerySet, is_draft: bool = False
) -> dict[str, Any]:
    """All of a page; a draft is told as it is handed over."""
    names = frozenset(FIELDS[kind_of(page)])
    own = page if is_draft else with_own_fields([page])[0]
    gathered = gather(request, [own], lambda page: names, public=public, is_draft=is_draft)
    return tell_page(own, gathered, names)
