"""A version's text as HTML, and the headings in it. The HTML is what an edition freezes."""

import re
from dataclasses import dataclass
from html import unescape

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

# As `statements/blocks/heading.html` writes a section's heading.
SECTION = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True)
class Heading:
    text: str
    anchor: str


def as_html(body: StreamValue) -> SafeString:
    """The blocks of a text, with the registry's tables as they are now, in the active language.

    Raises whatever a block breaks by that cannot be shown.
    """
    return render_to_string("statements/body.html", {"body": body, "is_whole": True})


def as_preview(body: StreamValue, request: HttpRequest) -> SafeString:
    """The same for who writes it, with a word in the place of a block that cannot be shown."""
    return render_to_string("statements/body.html", {"body": body}, request)


def headings_in(html: str) -> list[Heading]:
    """The sections of a text, for the contents beside it."""
    return [Heading(unescape(text), anchor) for anchor, text in SECTION.findall(html)]
