"""The features of rich text, and checks of its links."""

import re
from collections.abc import Iterator

from wagtail.models import Page
from wagtail.rich_text.rewriters import extract_attrs

from pluc.content.references import ANCHOR, page_id_in
from pluc.web_addresses import can_be_followed

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)


def links_in(html: str) -> Iterator[tuple[str, str]]:
    """The opening tag and the text of each link in stored rich text."""
    for link in LINK.finditer(html):
        if opening := ANCHOR.match(link[0]):
            yield opening[0], re.sub(r"<[^>]+>", "", link[1])


def broken_links(html: str) -> list[str]:
    """The texts of links in stored rich text whose page is gone or not published."""
    named = [(page_id_in(opening), text) for opening, text in links_in(html)]
    targets = {page_id: text for page_id, text in named if page_id is not None}
    live = set(Page.objects.live().filter(id__in=targets).values_list("id", flat=True))
    return [text for page_id, text in targets.items() if page_id not in live]


def impossible_addresses(html: str) -> list[str]:
    """The addresses in stored rich text that no browser can follow."""
    attributes = [extract_attrs(opening) for opening, _text in links_in(html)]
    typed = [one["href"] for one in attributes if "href" in one and "linktype" not in one]
    return [address for address in typed if not can_be_followed(address)]
