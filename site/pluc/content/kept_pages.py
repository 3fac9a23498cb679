"""Pages that nobody may move or delete, superusers included (docs/decisions/0018).

A room above registers which pages those are. What stands above such a page is kept with it, since
deleting or moving it would take the page along.
"""

from collections.abc import Callable

from wagtail.models import Page
from wagtail.query import PageQuerySet

KEPT_PAGES: "list[Callable[[], PageQuerySet]]" = []


def stands_above_kept(page: Page) -> bool:
    """Whether a page below this one is kept. A page without pages below it costs no query."""
    if page.is_leaf():
        return False
    return any(pages().descendant_of(page).exists() for pages in KEPT_PAGES)
