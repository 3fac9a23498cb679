"""A post or a meeting as a card for others' pages (oEmbed 1.0, https://oembed.com).

A card is a quotation with links in it: no script, no frame, no style, so that it takes on the looks
of the page around it and nobody's browser asks us anything (docs/decisions/0052).
"""

from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.text import capfirst

from home.models import BlogPostPage, CoursePage
from pluc.content.addresses import absolute
from pluc.content.pictures import in_all_widths
from portal.meetings.prices import price_in_a_list
from portal.meetings.wording import place_of, when

# Of text as browsers set it by themselves, in pixels: how wide a card is at most and at least, and
# what its height is reckoned by.
MOST_WIDTH, LEAST_WIDTH = 600, 220
A_LETTER, A_LINE, AROUND = 8, 24, 64
KEPT = 3600  # seconds for which whoever shows a card need not ask again


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a card says. `lines` stand below its title."""

    title: str
    url: str
    lines: list[str]
    language: str
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class Room:
    """How many pixels a page has for a card; `None` for as many as it takes."""

    width: int | None = None
    height: int | None = None

    def holds(self, width: int, height: int) -> bool:
        return (self.width or width) >= width and (self.height or height) >= height


def card_of(page: BlogPostPage | CoursePage, room: Room) -> dict[str, Any]:
    """The card, in the language of the page: as rich text, or as a link where that has no room."""
    told = told_of(page)
    card = {
        "version": "1.0",
        "title": told.title,
        "author_name": told.author or None,
        "provider_name": settings.PRODUCT,
        "provider_url": absolute("/"),
        "cache_age": KEPT,
        **thumbnail_of(page, room),
    }
    width = min(room.width or MOST_WIDTH, MOST_WIDTH)
    height = height_of(told, width)
    if not room.holds(LEAST_WIDTH, height):
        return card | {"type": "link"}
    html = render_to_string("embed/card.html", asdict(told))
    return card | {"type": "rich", "html": html.strip(), "width": width, "height": height}


def told_of(page: BlogPostPage | CoursePage) -> Told:
    language = page.locale.language_code
    with translation.override(language):
        if isinstance(page, BlogPostPage):
            lines = [page.intro, formats.date_format(page.date)]
            author = page.author.name if page.author else ""
        else:
            assert page.meeting is not None  # noqa: S101  `meeting_below` gives none without
            lines = [when(page.meeting), place_of(page.meeting), price_in_a_list(page.meeting)]
            author = ""
        lines = [capfirst(line) for line in lines if line]
        return Told(
            title=page.title, url=page.full_url, lines=lines, language=language, author=author
        )


def height_of(told: Told, width: int) -> int:
    """Pixels that its text takes at a width, about: the page around it sets the type."""
    rows = (ceil(len(text) * A_LETTER / width) for text in [told.title, *told.lines])
    return sum(rows) * A_LINE + AROUND


def thumbnail_of(page: BlogPostPage | CoursePage, room: Room) -> dict[str, Any]:
    """The widest of the page's picture that has room, with its size; nothing without one."""
    renditions = in_all_widths(page.picture) if page.picture else []
    fitting = [one for one in renditions if room.holds(one.width, one.height)]
    if not fitting:
        return {}
    widest = fitting[-1]
    return {
        "thumbnail_url": absolute(widest.url),
        "thumbnail_width": widest.width,
        "thumbnail_height": widest.height,
    }
