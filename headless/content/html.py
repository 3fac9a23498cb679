"""Rich text as HTML that others can show: whole addresses, and nothing of how we store it."""

import re
from collections.abc import Callable
from html import escape

from django.conf import settings
from wagtail.rich_text.rewriters import EmbedRewriter, extract_attrs

from headless.content.pointers import Known
from pluc.content.references import ANCHOR, as_page_id
from pluc.web_addresses import can_be_followed

without_embeds: Callable[[str], str] = EmbedRewriter()
PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)  # none is ours: a picture is a block
OUR_PATH = re.compile(r'\b(href|src)="(?=/(?!/))')


def display_html(source: str, known: Known, language: str) -> str:
    """Stored rich text as HTML. A link to what is gone or not public stays plain text."""

    def opening(match: re.Match[str]) -> str:
        address = address_of(extract_attrs(match[0]), known, language)
        return f'<a href="{escape(address)}">' if address else "<a>"

    return ANCHOR.sub(opening, PICTURE.sub("", without_embeds(source)))


def address_of(attributes: dict[str, str], known: Known, language: str) -> str:
    """Where a link in stored rich text leads; empty for nowhere."""
    match attributes.get("linktype", ""):
        case "page":
            page = known.page(attributes.get("id"), language)
            return page.html_url if page else ""
        case "document":
            return known.documents.get(as_page_id(attributes.get("id", "")) or 0, "")
        case "":
            return whole_address(attributes.get("href", ""))
    return ""


def whole_address(href: str) -> str:
    """A typed address, with our own host before a path; empty for what no browser can follow."""
    if not can_be_followed(href):
        return ""
    return settings.SITE_URL + href if href.startswith("/") else href


def with_whole_addresses(html: str) -> str:
    """HTML that was made for the site, with our own host before each path in it."""
    return OUR_PATH.sub(rf'\1="{settings.SITE_URL}', html)
