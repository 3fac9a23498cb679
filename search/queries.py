"""The search over live pages, in one language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _t
from wagtail.models import Locale, Page

from home.models import BlogPostPage
from pluc.content.addresses import home_path, page_path

MAX_LENGTH = 100


@dataclass(frozen=True)
class Result:
    """A page as the list of results shows it."""

    title: str
    url: str
    intro: str
    kind: str


def as_results(pages: list[Page]) -> list[Result]:
    """Pages as results; what a post is about is read in one query for all."""
    intros = dict(
        BlogPostPage.objects.filter(pk__in=[page.pk for page in pages]).values_list("pk", "intro")
    )
    return [
        Result(
            title=page.title,
            url=page_path(page),
            intro=intros.get(page.pk) or page.search_description,
            kind=_t("Blog") if page.pk in intros else "",
        )
        for page in pages
    ]


def find_pages(query: str, *, language: str) -> list[Page]:
    """Pages that match all words, best first; if none does, pages that match some of them."""
    words = query.strip()
    if not words:
        return []
    locale = Locale.objects.get(language_code=language)
    pages = Page.objects.live().filter(locale=locale, depth__gte=2)
    return list(pages.search(words, operator="and")) or list(pages.search(words, operator="or"))


def suggestions(*, language: str) -> list[Result]:
    """The main pages, to go on to when nothing was found."""
    main = Page.objects.live().filter(url_path__startswith=home_path(language), depth=3)
    return as_results(list(main))
