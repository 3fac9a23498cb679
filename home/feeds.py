"""The blog as an Atom feed, per language."""

from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from wagtail.models import Locale

from home.models import BlogPostPage
from home.queries import CARD_FIELDS, posts_in
from pluc.content.addresses import absolute, language_prefix
from pluc.content.feeds import PageFeed

NEWEST = 20


class BlogFeed(PageFeed):
    """The newest posts with their introductions."""

    def title(self, language: str) -> str:
        return _t("PLUC! blog")

    def subtitle(self, language: str) -> str:
        return _t("On reporting, audit, tax, data and finance as a profession.")

    def link(self, language: str) -> str:
        return absolute(f"{language_prefix(language)}/blog/")

    def feed_url(self, language: str) -> str:
        return absolute(reverse("blog_feed"))

    def items(self, language: str) -> Any:
        locale = Locale.objects.get(language_code=language)
        return posts_in(locale.pk).only(*CARD_FIELDS, "translation_key")[:NEWEST]

    def item_description(self, item: BlogPostPage) -> str:
        return item.intro

    def item_author_name(self, item: BlogPostPage) -> str | None:
        return item.author.name if item.author else None

    def item_pubdate(self, item: BlogPostPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))

    def item_updateddate(self, item: BlogPostPage) -> datetime:
        return item.last_published_at or self.item_pubdate(item)
