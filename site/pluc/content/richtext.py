"""What rich text may hold, and which of its links lead nowhere."""

import re

from wagtail.models import Page

from pluc.content.references import ANCHOR, LINK_ID, RICH_TEXT_LINK

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


def broken_links(html: str) -> list[str]:
    """The texts of links in stored rich text whose page is gone or not published."""
    targets = {}
    for anchor in re.finditer(r"<a\b[^>]*>(.*?)</a>", html, re.DOTALL):
        opening = ANCHOR.match(anchor[0])
        if opening and RICH_TEXT_LINK.search(opening[0]) and (found := LINK_ID.search(opening[0])):
            targets[int(found[1])] = re.sub(r"<[^>]+>", "", anchor[1])
    live = set(Page.objects.live().filter(id__in=targets).values_list("id", flat=True))
    return [text for page_id, text in targets.items() if page_id not in live]
