"""The search over live pages and meetings to come, in one language."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _t
from wagtail.models import Locale, Page

from home.models import BlogPostPage, CoursePage
from home.queries import courses_shown
from pluc.content.addresses import home_path, page_path
from portal.accounts.search import words_in
from portal.meetings.models import Meeting
from portal.meetings.queries.remembered import offer_of
from search.meetings import Findable, findable, meetings_with, meetings_with_most
from search.spelling import MOST_WORDS, known_words, meant

MAX_LENGTH = 100


@dataclass(frozen=True)
class Result:
    """A page as the list of results shows it."""

    title: str
    url: str
    intro: str
    kind: str


@dataclass(frozen=True)
class Found:
    """What a question leads to.

    `query` is what was looked for: where nothing at all fits what was typed, the likeliest of what
    may have been `meant`.
    """

    query: str
    meetings: list[Meeting] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.meetings) + len(self.pages)


def find(request: HttpRequest, query: str, *, language: str, now: dt.datetime) -> Found:
    """Meetings and pages for a question; forgives mistyped words where not all words fit."""
    asked = sorted(words_in(query))[:MOST_WORDS]
    if not asked:
        return Found(query)
    locale = Locale.objects.get(language_code=language)
    offer = offer_of(request, now=now, courses=courses_shown(request, locale.pk))
    among = findable(request, offer)
    found = find_all_words(query, asked, among, locale)
    if found.pages or (found.meetings and are_whole(asked, among)):
        return found
    others = meant(query, words_of_site(request, among, locale))
    if not found.count:
        found = find_some_words(query, asked, among, locale)
    if found.count or not others:
        return replace(found, meant=others)
    asked = sorted(words_in(others[0]))
    again = find_all_words(others[0], asked, among, locale)
    if not again.count:
        again = find_some_words(others[0], asked, among, locale)
    return replace(again, meant=others)


def are_whole(asked: Sequence[str], among: Sequence[Findable]) -> bool:
    """Whether meetings have these words as they are, and not the beginnings of longer ones."""
    return set(asked) <= set().union(*(one.words for one in among))


def words_of_site(request: HttpRequest, among: Sequence[Findable], locale: Locale) -> Counter[str]:
    """The words of pages and meetings, and how often each is there."""
    counted = Counter(known_words(request, locale.pk))
    counted.update(word for one in among for word in one.words)
    return counted


def find_all_words(
    query: str, asked: Sequence[str], among: Sequence[Findable], locale: Locale
) -> Found:
    meetings = meetings_with(asked, among)
    pages = find_pages(query, locale, operator="and")
    return Found(query, meetings, without_courses_of(meetings, pages, locale))


def find_some_words(
    query: str, asked: Sequence[str], among: Sequence[Findable], locale: Locale
) -> Found:
    meetings = meetings_with_most(asked, among)
    pages = find_pages(query, locale, operator="or")
    return Found(query, meetings, without_courses_of(meetings, pages, locale))


def without_courses_of(
    meetings: Sequence[Meeting], pages: Sequence[Page], locale: Locale
) -> list[Page]:
    """Pages but for those of courses whose meetings are found: a line of these says as much."""
    courses = {meeting.course_id for meeting in meetings}
    told = CoursePage.objects.filter(course__in=courses, locale=locale).values_list("pk", flat=True)
    shown = set(told) if courses else set()
    return [page for page in pages if page.pk not in shown]


def find_pages(query: str, locale: Locale, *, operator: str) -> list[Page]:
    """Live pages, best first."""
    pages = Page.objects.live().filter(locale=locale, depth__gte=2)
    return list(pages.search(query, operator=operator))


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


def suggestions(*, language: str) -> list[Result]:
    """The main pages, to go on to when nothing was found."""
    main = Page.objects.live().filter(url_path__startswith=home_path(language), depth=3)
    return as_results(list(main))
