"""The newsletter as an Atom feed, per language: what was sent, without anything of a recipient."""

from datetime import datetime

from django.utils.translation import gettext as _t
from wagtail.models import Locale

from pluc.content.feeds import PageFeed
from portal.newsletter.links import newsletter_address
from portal.newsletter.models.pages import FEED, IssuePage

NEWEST = 20


class IssueFeed(PageFeed):
    """The newest issues that were sent, each with its preheader."""

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

    def item_description(self, item: IssuePage) -> str:
        return item.preheader

    def item_pubdate(self, item: IssuePage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: IssuePage) -> datetime | None:
        return item.first_published_at
