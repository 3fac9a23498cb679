"""An issue in one language as the mail that its readers get: subject, HTML and text (P08).

Both are made from the same parts, in the house's design of mails (docs/decisions/0022), and hold a
placeholder where the address for leaving stands: recipients differ in nothing else.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _t
from wagtail.rich_text import expand_db_html

from pluc.content.addresses import absolute, page_path
from pluc.content.typography import unbroken_html
from pluc.outbox.elements import Button
from pluc.outbox.letters import rendered, surroundings
from portal.meetings.addresses import offer_path
from portal.newsletter import offer
from portal.newsletter.links import newsletter_address
from portal.newsletter.models.mailings import LEAVE
from portal.newsletter.models.pages import IssuePage
from portal.newsletter.parts import Dates, Heading, IssueLetter, Part, Photo, Prose, Story
from portal.newsletter.pictures import CUT, WHOLE, shown
from portal.newsletter.plain import with_whole_addresses

SECTION, PART_OF_ONE = 2, 3  # levels of headings; the issue's own is 1


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """An issue in one language as it is sent, but for the address for leaving."""

    language: str
    subject: str
    preheader: str
    html: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest by which anybody can tell that it was not changed."""
        whole = "\0".join((self.subject, self.preheader, self.html, self.text))
        return hashlib.sha256(whole.encode()).hexdigest()


def render(page: IssuePage, *, keep: bool = False) -> Rendered:
    """The mail of an issue, in the language of its page, with posts and offer as they are now.

    `keep`: its pictures are copied, so that they stay as they are for as long as it stands.
    """
    language = page.locale.language_code
    with translation.override(language), timezone.override(settings.TIME_ZONE):
        letter = letter_of(page, keep=keep)
        around = surroundings(language) | {
            "letter": letter,
            "leave": LEAVE,
            "newsletter": newsletter_address(language),
        }
        return Rendered(
            language=language,
            subject=page.subject,
            preheader=page.preheader,
            html=rendered("parts/newsletter/issue.html", around),
            text=rendered("parts/newsletter/issue.txt", around).strip() + "\n",
        )


def letter_of(page: IssuePage, *, keep: bool) -> IssueLetter:
    """The issue in the active language, in parts."""
    return IssueLetter(
        subject=page.subject,
        preheader=page.preheader,
        heading=page.title,
        why=_t(
            "You are receiving this e-mail because you subscribed to our finance updates and "
            "confirmed it."
        ),
        elements=list(parts_of(page, keep=keep)),
    )


def parts_of(page: IssuePage, *, keep: bool) -> Iterator[Part]:
    """The blocks of an issue, in order. What is empty by now is left out."""
    now, level = timezone.now(), SECTION
    for block in page.body:
        yield from parts_of_block(block.block_type, block.value, now=now, level=level, keep=keep)
        if block.block_type in {"heading", "courses", "cafes"}:
            level = PART_OF_ONE


def parts_in(page: IssuePage, *, only: int) -> list[Part]:
    """What one block of a draft shows, in its language, by its position."""
    block = page.body[only]
    with translation.override(page.locale.language_code), timezone.override(settings.TIME_ZONE):
        found = parts_of_block(
            block.block_type, block.value, now=timezone.now(), level=SECTION, keep=False
        )
        return list(found)


def parts_of_block(
    kind: str, value: Any, *, now: dt.datetime, level: int, keep: bool
) -> Iterator[Part]:
    match kind:
        case "heading":
            yield Heading(label=str(value))
        case "text":
            yield prose(value.source)
        case "picture":
            yield from photo(value, keep=keep)
        case "posts":
            yield from (story(post, level, keep=keep) for post in value if post and post.live)
        case "button":
            yield from button(value)
        case "courses":
            lines = offer.courses(
                now=now, how_many=value["how_many"], subject=value["subject"] or ""
            )
            yield from dates(_t("Courses to come"), lines, _t("See all meetings"))
        case "cafes":
            lines = offer.cafes(
                now=now,
                how_many=value["how_many"],
                in_each_region=bool(value["in_each_region"]),
            )
            yield from dates(_t("PE-cafés near you"), lines, _t("See all PE-cafés"), "?format=cafe")


def prose(source: str) -> Prose:
    """Rich text as Wagtail expands it, with amounts and the like on one line."""
    return Prose(source=unbroken_html(with_whole_addresses(expand_db_html(source))))


def photo(value: Any, *, keep: bool) -> Iterator[Photo]:
    image = value["picture"]
    picture = shown(image, WHOLE, kept=keep)
    if picture is not None:
        alt = "" if image.decorative else image.contextual_alt_text or ""
        yield Photo(picture=picture, alt=alt, caption=value["caption"] or "")


def story(post: Any, level: int, *, keep: bool) -> Story:
    """A post of the blog as it is now."""
    post = post.specific
    return Story(
        title=post.title,
        intro=post.intro,
        address=absolute(page_path(post)),
        level=level,
        picture=shown(post.picture, CUT, kept=keep),
        alt="" if post.picture_is_decorative else post.picture_alt,
    )


def button(value: Any) -> Iterator[Button]:
    address = value["link"].address
    if address:
        yield Button(value["label"], absolute(address) if address.startswith("/") else address)


def dates(heading: str, lines: list[Any], more: str, query: str = "") -> Iterator[Part]:
    """Meetings below a heading of their own; nothing where there are none."""
    if lines:
        yield Heading(label=heading)
        address = absolute(offer_path(translation.get_language())) + query
        yield Dates(lines=lines, more=more, more_address=address, level=PART_OF_ONE)
