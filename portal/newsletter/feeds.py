"""The newsletter as an Atom feed, per language: what was sent, without anything of a recipient."""

from datetime import datetime
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from wagtail.models import Locale

from pluc.conditional import unless_known
from pluc.content.addresses import absolute, page_path
from pluc.content.feeds import SteadyAtom
from portal.newsletter.links import newsletter_address
from portal.newsletter.models.pages import FEED, IssuePage

NEWEST = 20


class IssueFeed(Feed):  # type: ignore[type-arg]  # it takes none when the program runs
    """The newest issues that were sent, each with its preheader."""

    feed_type = SteadyAtom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return unless_known(request, super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return get_language() or settings.LANGUAGE_CODE

    def title(self, language: str) -> str:
        return _t("PLUC! finance updates")

    def subtitle(self, language: str) -> str:
        return _t("Every issue of our newsletter, as it was sent.")

    def link(self, language: str) -> str:
        return newsletter_address(language)

    def feed_url(self, language: str) -> str:
        return f"{newsletter_address(language)}{FEED}/"

    def items(self, language: str) -> list[IssuePage]:
        return IssuePage.sent_in(Locale.objects.get(language_code=language).pk, limit=NEWEST)

    def item_title(self, item: IssuePage) -> str:
        return item.title

    def item_description(self, item: IssuePage) -> str:
        return item.preheader

    def item_link(self, item: IssuePage) -> str:
        return absolute(page_path(item))

    def item_guid(self, item: IssuePage) -> str:
        """Stays for ever (RFC 4287, 4.2.6); each language has its own."""
        return uuid5(item.translation_key, get_language() or "").urn

    def item_pubdate(self, item: IssuePage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: IssuePage) -> datetime | None:
        return item.first_published_at
