"""The blog as an Atom feed, per language."""

from datetime import datetime, time
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from wagtail.models import Locale

from home.models import BlogPostPage
from home.queries import CARD_FIELDS, posts_in
from pluc.conditional import unless_known
from pluc.content.addresses import absolute, language_prefix, page_path
from pluc.content.feeds import SteadyAtom

NEWEST = 20


class BlogFeed(Feed):  # type: ignore[type-arg]  # it takes none when the program runs
    """The newest posts with their introductions."""

    feed_type = SteadyAtom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return unless_known(request, super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return get_language() or settings.LANGUAGE_CODE

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

    def item_title(self, item: BlogPostPage) -> str:
        return item.title

    def item_description(self, item: BlogPostPage) -> str:
        return item.intro

    def item_link(self, item: BlogPostPage) -> str:
        return absolute(page_path(item))

    def item_guid(self, item: BlogPostPage) -> str:
        """Stays when the post moves or is renamed (RFC 4287, 4.2.6); each language has its own."""
        return uuid5(item.translation_key, get_language() or "").urn

    def item_author_name(self, item: BlogPostPage) -> str | None:
        return item.author.name if item.author else None

    def item_pubdate(self, item: BlogPostPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))

    def item_updateddate(self, item: BlogPostPage) -> datetime:
        return item.last_published_at or self.item_pubdate(item)
