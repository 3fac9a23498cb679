"""Finds a page, the pages above it and its translations, in one query (docs/decisions/0001)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from wagtail.models import Page
from wagtail.query import PageQuerySet

from pluc.content.addresses import home_path, language_prefix, page_path

# Each language is named in itself, whatever the language of the page.
LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}


@dataclass(frozen=True)
class Crumb:
    title: str
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """Where the same page stands in a language; its home page where there is no translation."""

    code: str
    url: str
    current: bool
    is_translation: bool

    @property
    def label(self) -> str:
        return LANGUAGE_NAMES[self.code]


@dataclass(frozen=True)
class Trail:
    """The page at an address (or `None`), the pages above it, its live translations.

    Where there is no page, `parent` is the trail to the one that may answer the address below it.
    """

    language: str
    page: Page | None = None
    above: list[Page] = field(default_factory=list)
    translations: dict[str, Page] = field(default_factory=dict)
    parent: "Trail | None" = None

    @property
    def breadcrumbs(self) -> list[Crumb]:
        """From the home page down to the parent; none on the home page itself."""
        titles = [_t("Home"), *(page.title for page in self.above[1:])]
        return [
            Crumb(title, page_path(page)) for title, page in zip(titles, self.above, strict=False)
        ]

    @property
    def languages(self) -> list[LanguageLink]:
        return [self.link_to(code) for code, _ in settings.LANGUAGES]

    def link_to(self, code: str) -> LanguageLink:
        page = self.page if code == self.language else self.translations.get(code)
        url = page_path(page) if page else f"{language_prefix(code)}/"
        return LanguageLink(code, url, code == self.language, page is not None)


def language_links(language: str, path: str) -> list[LanguageLink]:
    """The language links of an address that exists alike in every language."""
    bare = path.removeprefix(language_prefix(language))
    return [
        LanguageLink(code, language_prefix(code) + bare, code == language, True)
        for code, _ in settings.LANGUAGES
    ]


def pages_for_links() -> PageQuerySet:
    """Pages with what a link, a crumb or the choice of a model needs, and no more."""
    return Page.objects.select_related("locale").only(
        "title", "url_path", "live", "translation_key", "content_type_id", "locale__language_code"
    )


def tree_paths(path: str, language: str) -> list[str]:
    """The `url_path` of every page on the way to an address, home first."""
    parts = path.removeprefix(language_prefix(language)).strip("/").split("/")
    paths = [home_path(language)]
    for part in filter(None, parts):
        paths.append(f"{paths[-1]}{part}/")
    return paths


def trail_to(path: str, language: str) -> Trail:
    """The trail to an address of the public site."""
    paths = tree_paths(path, language)
    nearest = Page.objects.filter(url_path__in=paths[-2:]).order_by("-depth")
    key = nearest.values("translation_key")[:1]
    translated = Q(translation_key=key, live=True, alias_of=None)
    rows: Iterable[Page] = pages_for_links().filter(Q(url_path__in=paths) | translated)
    by_path = {row.url_path: row for row in rows}
    others = [row for row in by_path.values() if row.url_path not in paths]
    found = trail_along(paths, by_path, language, others)
    if found.page is None and len(paths) > 1:
        return replace(found, parent=trail_along(paths[:-1], by_path, language, others))
    return found


def trail_along(
    paths: list[str], by_path: dict[str, Page], language: str, others: list[Page]
) -> Trail:
    """The trail along these paths; `others` are the translations of the page at its end."""
    page = by_path.get(paths[-1])
    return Trail(
        language=language,
        page=page,
        above=[by_path[path] for path in paths[:-1] if path in by_path],
        translations={row.locale.language_code: row for row in others} if page else {},
    )


def home_address(base: str = "") -> str:
    """The home page in the active language; `base` as `pluc.links.site_base` gives it."""
    return f"{base}{language_prefix(get_language() or settings.LANGUAGE_CODE)}/"


def home_crumb(base: str = "") -> Crumb:
    """The first crumb of pages that are no Wagtail pages."""
    return Crumb(_t("Home"), home_address(base))
