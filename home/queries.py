"""What visitors may see of the blog."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import QuerySet

if TYPE_CHECKING:
    from home.models import BlogPostPage, Topic

RELATED_POSTS = 3


def posts_in(locale_id: int, *, topic: "Topic | None" = None) -> "QuerySet[BlogPostPage]":
    """Live posts in a language, newest first, with what a card shows; bodies left out."""
    model = apps.get_model("home", "BlogPostPage")
    posts = model.objects.live().filter(locale_id=locale_id)
    if topic:
        posts = posts.filter(topics=topic)
    return posts.defer("body").select_related("picture", "author").order_by("-date", "-id")


def topics_in(locale_id: int) -> "list[Topic]":
    """Topics that have a live post in this language."""
    model = apps.get_model("home", "Topic")
    topics = model.objects.filter(locale_id=locale_id, blogpostpage__live=True)
    return list(topics.distinct())


def related_to(post: "BlogPostPage", topics: "Sequence[Topic]") -> "list[BlogPostPage]":
    """The newest other posts that share a topic."""
    others = posts_in(post.locale_id).exclude(pk=post.pk)
    return list(others.filter(topics__in=topics).distinct()[:RELATED_POSTS])
