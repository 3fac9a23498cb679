"""Finding pages: by what was asked, among those that the API may tell of and no others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _t
from wagtail.models import Page
from wagtail.query import PageQuerySet

from headless.answers.problems import FieldProblem, Refusal
from headless.content.asking import PageQuery
from headless.content.pointers import kind_of
from headless.content.schemas.pages import BY_KIND
from home.models import BlogPostPage
from pluc.content.addresses import home_path
from pluc.content.tree import tree_paths
from pluc.language import language_of_path
from portal.accounts.search import words_in
from portal.newsletter.models import IssuePage

MOST_FOUND = 500  # pages that a search goes through
DATED = (BlogPostPage, IssuePage)


@dataclass(frozen=True)
class Part:
    """Some pages of a list, and how many it has in all."""

    pages: list[Page]
    total: int


def told_pages(public: PageQuerySet) -> PageQuerySet:
    """The pages of types that the API tells of."""
    kinds = ContentType.objects.get_for_models(*(apps.get_model(kind) for kind in BY_KIND))
    return public.filter(content_type__in=kinds.values()).select_related("locale")


def page_numbered(public: PageQuerySet, number: int) -> Page | None:
    return told_pages(public).filter(pk=number).first()


def page_at_path(public: PageQuerySet, path: str) -> Page | None:
    """The page at a path of the site."""
    address = f"/{path.strip('/')}/" if path.strip("/") else "/"
    url_path = tree_paths(address, language_of_path(address))[-1]
    return told_pages(public).filter(url_path=url_path).first()


def pages_asked(public: PageQuerySet, query: PageQuery) -> Part:
    """The pages that were asked for. Raises `Refusal` (404) where another page is named in vain."""
    pages = below_and_above(filtered(told_pages(public), query), public, query)
    if query.search:
        return searched(pages, query)
    total = pages.count()
    ordered = in_order(pages, query.order) if query.order else pages.order_by("path")
    return Part(list(ordered[query.offset : query.offset + query.limit]), total)


def filtered(pages: PageQuerySet, query: PageQuery) -> PageQuerySet:
    if query.language:
        pages = pages.filter(locale__language_code=query.language)
    if query.type:
        models = [apps.get_model(kind) for kind in query.type.split(",")]
        kinds = ContentType.objects.get_for_models(*models)
        pages = pages.filter(content_type__in=kinds.values())
    if query.slug:
        pages = pages.filter(slug=query.slug)
    if query.show_in_menus is not None:
        pages = pages.filter(show_in_menus=query.show_in_menus == "true")
    if query.topic:
        about = BlogPostPage.objects.filter(
            topics__slug=query.topic, topics__awaits_translation=False
        )
        pages = pages.filter(pk__in=about.order_by().values("pk"))
    return pages


def below_and_above(pages: PageQuerySet, public: PageQuerySet, query: PageQuery) -> PageQuerySet:
    language = query.locale or "nl"
    if query.child_of is not None:
        pages = pages.child_of(named(public, query.child_of, "child_of", language))
    if query.descendant_of is not None:
        pages = pages.descendant_of(named(public, query.descendant_of, "descendant_of", language))
    if query.ancestor_of is not None:
        pages = pages.ancestor_of(named(public, query.ancestor_of, "ancestor_of", language))
    if query.translation_of is not None:
        pages = pages.translation_of(
            named(public, query.translation_of, "translation_of", language)
        )
    return pages


def named(public: PageQuerySet, number: int | str, parameter: str, language: str) -> Page:
    """The page that a parameter names. Raises `Refusal` where there is no such public page."""
    wanted = Q(url_path=home_path(language)) if number == "root" else Q(pk=number)
    page: Page | None = told_pages(public).filter(wanted).first()
    if page is None:
        detail = _t("There is no page %(number)s in the API.") % {"number": number}
        error = FieldProblem(where=f"query.{parameter}", detail=detail)
        raise Refusal(HTTPStatus.NOT_FOUND, detail, errors=[error])
    return page


def in_order(pages: PageQuerySet, order: str) -> PageQuerySet:
    """By the columns asked for. Pages of types without a date come last, whichever way round."""
    columns: list[Any] = []
    for one in order.split(","):
        if one.removeprefix("-") != "date":
            columns.append(one)
            continue
        pages, date = with_date(pages), F("date_on_page")
        turned = one.startswith("-")
        columns.append(date.desc(nulls_last=True) if turned else date.asc(nulls_last=True))
    return pages.order_by(*columns, "pk")


def with_date(pages: PageQuerySet) -> PageQuerySet:
    """With the date that a post or an issue bears."""
    own = [kind._base_manager.filter(pk=OuterRef("pk")).order_by() for kind in DATED]
    return pages.annotate(date_on_page=Coalesce(*(Subquery(one.values("date")) for one in own)))


def searched(pages: PageQuerySet, query: PageQuery) -> Part:
    """The best ones first, unless another order is asked for."""
    if not words_in(query.search):
        return Part([], 0)
    live = Page.objects.live().filter(depth__gt=1)
    hits = live.search(query.search, operator=query.search_operator)[:MOST_FOUND]
    rank = {page.pk: place for place, page in enumerate(hits)}
    found = pages.filter(pk__in=rank)
    ordered = in_order(found, query.order) if query.order else found
    rows = list(ordered)
    if not query.order:
        rows.sort(key=lambda page: rank[page.pk])
    return Part(rows[query.offset : query.offset + query.limit], len(rows))


def with_own_fields(pages: Sequence[Page]) -> list[Page]:
    """The same pages with the fields of their types, in one query for each type."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for page in pages:
        numbers[kind_of(page)].append(page.pk)
    found: dict[int, Page] = {}
    for kind, those in numbers.items():
        manager = apps.get_model(kind)._default_manager
        found |= manager.for_display().in_bulk(those)
    return [found[page.pk] for page in pages if page.pk in found]
