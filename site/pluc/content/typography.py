"""What a line must not end within: a postal code, an amount, a day, a word of several parts."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|January|February|March|April|May|June|July|August|September|October|November|December"
)
TOGETHER = re.compile(
    r"\b[1-9][0-9]{3} [A-Z]{2}\b"  # 3511 AB
    r"|€ [0-9](?:[0-9.,]*[0-9])?"  # € 1.195,00
    rf"|\b[0-9](?:[0-9.,]*[0-9])? (?:PE-\w+|PE hours?|uur|{MONTHS})\b"  # 3,5 PE-uren, 9 mei
    r"|\b\w+(?:-\w+)+"  # PE-café
)
LONGEST = 26  # what is longer may break: it would not fit beside another word on a phone
TAG = re.compile(r"(<[^>]*>)")


def unbroken(text: str) -> SafeString:
    """A text as HTML in which "3511 AB", "€ 195,00", "9 mei" and "PE-café" stay on one line.

    By an element and not by other signs, so that what one copies or searches is what is written.
    """
    return unbroken_html(conditional_escape(text))


def unbroken_html(html: str) -> SafeString:
    """The same of HTML: its words, and nothing within its tags."""
    parts = TAG.split(html)
    parts[::2] = [TOGETHER.sub(kept_together, part) for part in parts[::2]]
    return SafeString("".join(parts))


def kept_together(match: re.Match[str]) -> str:
    words = match[0]
    return words if len(words) > LONGEST else f'<span class="unbroken">{words}</span>'
