"""Queries of the blog that visitors may see, and of the offer that has pages."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from pluc.generation import remembered
from portal.meetings.models import Course, Meeting, to_come

if TYPE_CHECKING:
    from home.models import BlogPostPage, Topic

RELATED_POSTS = 3
# What a meeting's own page tells besides a line in a list.
PAGE_FIELDS = (
    *("changed_at", "course__level", "partner__is_partner"),
    *("venue__name", "venue__street", "venue__postal_code"),
    *(f"policy__{name}_days" for name in ("cancelling", "moving", "substituting", "payment")),
)
CARD_FIELDS: tuple[str, ...] = (
    "title",
    "url_path",
    "locale_id",
    "last_published_at",
    "intro",
    "date",
)
CARD_FIELDS += ("picture_alt", "picture_is_decorative", "author__name")
CARD_FIELDS += tuple(f"picture__{name}" for name in ("title", "width", "height", "file"))
CARD_FIELDS += tuple(f"picture__focal_point_{name}" for name in ("x", "y", "width", "height"))
CARD_FIELDS += ("picture__file_hash", "picture__description")


def posts_in(locale_id: int, *, topic: "Topic | None" = None) -> "QuerySet[BlogPostPage]":
    """Live posts in a language, newest first, with what a card shows and no more."""
    model = apps.get_model("home", "BlogPostPage")
    posts = model.objects.live().filter(locale_id=locale_id)
    if topic:
        posts = posts.filter(topics=topic)
    cards = posts.select_related("picture", "author").only(*CARD_FIELDS)
    return cards.order_by("-date", "-id")


def topics_in(locale_id: int) -> "list[Topic]":
    """Topics that have a live post in this language."""
    model = apps.get_model("home", "Topic")
    topics = model.objects.filter(
        locale_id=locale_id, blogpostpage__live=True, awaits_translation=False
    )
    return list(topics.distinct())


def related_to(post: "BlogPostPage", topics: "Sequence[Topic]") -> "list[BlogPostPage]":
    """The newest other posts that share a topic."""
    others = posts_in(post.locale_id).exclude(pk=post.pk)
    return list(others.filter(topics__in=topics).distinct()[:RELATED_POSTS])


def latest_posts(request: HttpRequest, locale_id: int, *, limit: int) -> "list[BlogPostPage]":
    """The newest posts in a language, asked for once per generation."""
    newest = posts_in(locale_id)[:limit]
    return remembered(request, ("latest posts", locale_id, limit), lambda: list(newest))


def courses_shown(request: HttpRequest, locale_id: int) -> frozenset[int]:
    """Ids of the courses with a live page in this language, asked for once per generation.

    Meetings of no other are public.
    """
    pages = apps.get_model("home", "CoursePage").objects.live().filter(locale_id=locale_id)
    ids = pages.order_by().values_list("course", flat=True)
    return remembered(request, ("courses shown", locale_id), lambda: frozenset(ids))


def meetings_around(*, course: Course, code: str, now: dt.datetime) -> list[Meeting]:
    """The public meeting with a code, past and cancelled ones too, among the dates to come.

    Each with what a line in a list tells, and where it is held.
    """
    shown = Meeting.objects.public().filter(to_come(now) | Q(code=code), course=course)
    dated = shown.filter(starts_at__isnull=False).order_by("starts_at", "id")
    return list(dated.with_line(*PAGE_FIELDS))
