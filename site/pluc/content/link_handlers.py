"""Turns links in stored rich text into HTML links of the page."""

from html import escape

from django.conf import settings
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from pluc.content.addresses import page_path
from pluc.content.references import as_page_id, referenced_page
from pluc.web_addresses import read_address


class PageLinkHandler(WagtailPageLinkHandler):
    """Links to pages of our own; one whose page is gone or not public stays plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [cls.opening_tag(attrs) for attrs in attrs_list]

    @classmethod
    def opening_tag(cls, attrs: dict[str, str]) -> str:
        page_id = as_page_id(attrs.get("id", ""))
        page = referenced_page(page_id) if page_id is not None else None
        return f'<a href="{escape(page_path(page))}">' if page else "<a>"


class ExternalLinkHandler(LinkHandler):
    """Links to other parties' sites: marked as such, and with `rel="noopener"` (P33).

    What is no address stays plain text, as a link to a page that is gone does.
    """

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        parts, href = read_address(attrs["href"]), escape(attrs["href"])
        if parts is None:
            return "<a>"
        if parts.hostname == settings.SITE_HOST:
            return f'<a href="{href}">'
        return f'<a class="external" href="{href}" rel="noopener">'
