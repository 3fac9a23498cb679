"""What a page's blocks point at, loaded in one query instead of one per block.

While a page is rendered, `loading(...)` holds the pages that its rich text and its choosers name.
Blocks and link handlers ask `referenced_page()`; outside of it they ask the database.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from pluc.content.tree import pages_for_links
from pluc.generation import remembered

RICH_TEXT_LINK = re.compile(r'linktype="page"')
# Nine digits: what is longer is the number of no page, and too large for a database.
PAGE_ID = re.compile(r"\d{1,9}", re.ASCII)
LINK_ID = re.compile(r'\bid="([^"]*)"')
ANCHOR = re.compile(r"<a\b[^>]*>", re.IGNORECASE)

_pages: ContextVar[dict[int, Page | None] | None] = ContextVar("referenced_pages", default=None)


def as_page_id(text: str) -> int | None:
    """A page's number, or `None` for what cannot be one."""
    return int(text) if PAGE_ID.fullmatch(text) else None


def page_id_in(opening_tag: str) -> int | None:
    """The number of the page that a link in stored rich text leads to, if it leads to one."""
    found = LINK_ID.search(opening_tag) if RICH_TEXT_LINK.search(opening_tag) else None
    return as_page_id(found[1]) if found else None


def page_ids_in(value: object) -> Iterator[int]:
    """Ids of all pages that raw StreamField data (lists, dicts, strings) names."""
    if isinstance(value, str):
        for anchor in ANCHOR.findall(value):
            if (page_id := page_id_in(anchor)) is not None:
                yield page_id
    elif isinstance(value, Mapping):
        if (page_id := as_page_id(str(value.get("page")))) is not None:
            yield page_id
        for part in value.values():
            yield from page_ids_in(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from page_ids_in(part)


def load_pages(ids: Iterable[int]) -> dict[int, Page]:
    """Live pages by the asked id; each in the active language where a live translation exists."""
    wanted = set(ids)
    if not wanted:
        return {}
    language = get_language() or settings.LANGUAGE_CODE
    keys = Page.objects.filter(id__in=wanted).values("translation_key")
    translated = Q(translation_key__in=keys, locale__language_code=language)
    rows = list(pages_for_links().filter(Q(id__in=wanted) | translated))
    own = {
        row.translation_key: row
        for row in rows
        if row.live and row.locale.language_code == language
    }
    found = ((row.id, own.get(row.translation_key, row)) for row in rows if row.id in wanted)
    return {page_id: page for page_id, page in found if page.live}


def load_remembered(request: HttpRequest) -> Callable[[Iterable[int]], dict[int, Page]]:
    """`load_pages`, asking the database once per set of ids, language and generation."""

    def load(ids: Iterable[int]) -> dict[int, Page]:
        wanted = frozenset(ids)
        return remembered(request, ("pages", get_language(), wanted), lambda: load_pages(wanted))

    return load


@contextmanager
def loading(
    *raw_data: object, load: Callable[[Iterable[int]], dict[int, Page]] = load_pages
) -> Iterator[None]:
    """Holds the pages that `raw_data` names until the block ends; within another, adds to it."""
    known = _pages.get() or {}
    wanted = {page_id for data in raw_data for page_id in page_ids_in(data)} - known.keys()
    found = load(wanted)
    token = _pages.set(known | {page_id: found.get(page_id) for page_id in wanted})
    try:
        yield
    finally:
        _pages.reset(token)


def referenced_page(page_id: int) -> Page | None:
    """The live page, in the active language if it exists there; `None` if it is gone."""
    pages = _pages.get() or {}
    return pages[page_id] if page_id in pages else load_pages([page_id]).get(page_id)
