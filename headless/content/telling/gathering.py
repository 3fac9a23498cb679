"""Everything that several pages are told with, gathered before any is told.

So a list costs the same number of queries for one page and for a hundred.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from headless.content.pointers import Known, Pointers, link_to, links_among, load
from headless.content.schemas.answers import PageLink
from home.models import BlogPostPage, CoursePage, PartnerPage, Topic
from pluc.content.models import BasePage, Picture
from portal.meetings.queries.remembered import Line, offer_of
from portal.newsletter.models import IssuePage, MailingText

STREAMS = ("body", "hero_link", "directions", "opening_hours", "goals")
Names = Callable[[Page], Collection[str]]  # of the fields of a page that were asked for


@dataclass(kw_only=True)
class Gathered:
    """What is known around some pages. `is_draft`: the one page is as its editor has it now."""

    request: HttpRequest
    public: PageQuerySet
    known: Known
    parents: dict[str, PageLink]
    translations: dict[UUID, list[PageLink]]
    topics: dict[int, list[Topic]] = field(default_factory=dict)
    texts: dict[tuple[UUID, str], str] = field(default_factory=dict)
    is_draft: bool = False
    now: dt.datetime = field(default_factory=timezone.now)
    offers: dict[int, list[Line]] = field(default_factory=dict)

    def offer(self, locale_id: int) -> list[Line]:
        """The meetings to come of courses that the API tells of in a language."""
        if locale_id not in self.offers:
            pages = CoursePage.objects.filter(pk__in=self.public.values("pk"), locale=locale_id)
            courses = frozenset(pages.order_by().values_list("course", flat=True))
            self.offers[locale_id] = offer_of(self.request, now=self.now, courses=courses)
        return self.offers[locale_id]


def gather(
    request: HttpRequest,
    pages: Sequence[Page],
    names: Names,
    *,
    public: PageQuerySet,
    is_draft: bool = False,
) -> Gathered:
    """What the asked fields (`names`) of these pages are told with."""
    parents, translations = relatives(pages, public)
    pointers, pictures = Pointers(), list[Picture | None]()
    for page in pages:
        asked = names(page)
        for name in STREAMS:
            if name in asked:
                pointers.add(list(getattr(page, name).raw_data))
        pictures += pictures_of(page, asked)
    return Gathered(
        request=request,
        public=public,
        known=load(pointers, public, pictures),
        parents=parents,
        translations=translations,
        topics={} if is_draft else topics_of(page for page in pages if "topics" in names(page)),
        texts={} if is_draft else texts_of(page for page in pages if "html" in names(page)),
        is_draft=is_draft,
    )


def relatives(
    pages: Sequence[Page], public: PageQuerySet
) -> tuple[dict[str, PageLink], dict[UUID, list[PageLink]]]:
    """The public pages right above these, by path, and their translations, by key."""
    above = {page.path[: -Page.steplen] for page in pages}
    keys = {page.translation_key for page in pages}
    translated = Q(translation_key__in=keys, alias_of=None)
    parents: dict[str, PageLink] = {}
    translations: defaultdict[UUID, list[PageLink]] = defaultdict(list)
    for row in links_among(public.filter(Q(path__in=above) | translated)):
        if row.path in above:
            parents[row.path] = link_to(row)
        if row.translation_key in keys and row.alias_of_id is None:
            translations[row.translation_key].append(link_to(row))
    return parents, dict(translations)


def pictures_of(page: Page, asked: Collection[str]) -> Iterable[Picture | None]:
    """The pictures that stand in fields of a page's own, or of whom it names."""
    if isinstance(page, BasePage) and "picture" in asked:
        yield page.picture
    if isinstance(page, BlogPostPage) and "author" in asked and page.author:
        yield page.author.picture
    if isinstance(page, PartnerPage) and "partner" in asked:
        yield page.organisation.logo


def topics_of(pages: Iterable[Page]) -> dict[int, list[Topic]]:
    """The topics of posts that are said in the language of the post, by post."""
    posts = {page.pk: page for page in pages if isinstance(page, BlogPostPage)}
    found: defaultdict[int, list[Topic]] = defaultdict(list)
    if posts:
        pairs = BlogPostPage.topics.through.objects.filter(blogpostpage__in=posts)
        for pair in pairs.select_related("topic").order_by("topic__name"):
            topic, post = pair.topic, posts[pair.blogpostpage_id]
            if topic.locale_id == post.locale_id and not topic.awaits_translation:
                found[post.pk].append(topic)
    return dict(found)


def texts_of(pages: Iterable[Page]) -> dict[tuple[UUID, str], str]:
    """The HTML of issues as they were sent, by key and language."""
    keys = [page.translation_key for page in pages if isinstance(page, IssuePage)]
    if not keys:
        return {}
    texts = MailingText.objects.filter(mailing__issue_key__in=keys)
    rows: Any = texts.values_list("mailing__issue_key", "language", "html")
    return {(key, language): html for key, language, html in rows}
