"""What the site's Atom feeds share."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from pluc.conditional import unless_known
from pluc.content.addresses import absolute, page_path
from pluc.content.models import BasePage

EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)


class SteadyAtom(Atom1Feed):
    """Atom that is the same for as long as nothing changes: Django dates an empty feed now."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EMPTY_SINCE


class PageFeed(Feed):  # type: ignore[type-arg]  # it takes none when the program runs
    """A feed of pages in the language of its address. Its object is the code of that language."""

    feed_type = SteadyAtom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return unless_known(request, super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return get_language() or settings.LANGUAGE_CODE

    def item_title(self, item: BasePage) -> str:
        return str(item.title)

    def item_link(self, item: BasePage) -> str:
        return absolute(page_path(item))

    def item_guid(self, item: BasePage) -> str:
        """Stays when a page moves or is renamed (RFC 4287, 4.2.6); each language has its own."""
        return uuid5(item.translation_key, get_language() or "").urn
