"""What can be found: live pages, in one language."""

from dataclasses import dataclass

from wagtail.models import Locale, Page

from home.models import BlogPostPage
from home.queries import posts_in
from pluc.content.addresses import home_path, page_path

MAX_LENGTH = 100
SUGGESTED_POSTS = 3


@dataclass(frozen=True)
class Result:
    """A page as the list of results shows it."""

    title: str
    url: str
    intro: str
    kind: str


def as_result(page: Page) -> Result:
    return Result(page.title, page_path(page), page.intro, str(page._meta.verbose_name))


def find_pages(query: str, *, language: str) -> list[Result]:
    """Pages that match all words, best first; if none does, pages that match some of them."""
    if not query:
        return []
    locale = Locale.objects.get(language_code=language)
    pages = Page.objects.live().filter(locale=locale, depth__gte=2)
    found = list(pages.search(query, operator="and")) or list(pages.search(query, operator="or"))
    specific = {page.pk: page for page in Page.objects.filter(pk__in=[p.pk for p in found]).specific()}
    return [as_result(specific[page.pk]) for page in found]


def suggestions(*, language: str) -> list[Result]:
    """Where to go when nothing was found: the main pages and the newest posts."""
    main = Page.objects.live().filter(
        url_path__startswith=home_path(language), depth=3
    ).not_type(BlogPostPage)
    return [as_result(page) for page in main.specific()]
