"""What a line must not end within: a postal code, an amount, a day, a word of several parts."""

import re

NO_BREAK_SPACE = "\u00a0"
WORD_JOINER = "\u2060"  # has no width, and keeps what stands around it together
POSTAL_CODE = re.compile(r"\b([1-9][0-9]{3}) ([A-Z]{2})\b")
AMOUNT = re.compile(r"€ (?=[0-9])")
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|January|February|March|April|May|June|July|August|September|October|November|December"
)
COUNTED = re.compile(rf"(?<=[0-9]) (?=(?:uur|PE|{MONTHS})\b)")
COMPOUND = re.compile(r"(?<=\w)-(?=\w)")
TAG = re.compile(r"(<[^>]*>)")


def unbroken(text: str) -> str:
    """The same text, in which "3511 AB", "€ 195,00", "9 mei" and "PE-café" stay on one line.

    The longest compounds still break where a line is narrower than they are (`overflow-wrap`).
    """
    text = POSTAL_CODE.sub(rf"\1{NO_BREAK_SPACE}\2", text)
    text = AMOUNT.sub(f"€{NO_BREAK_SPACE}", text)
    text = COUNTED.sub(NO_BREAK_SPACE, text)
    return COMPOUND.sub(f"-{WORD_JOINER}", text)


def unbroken_html(html: str) -> str:
    """The same of HTML: its words, and nothing within its tags."""
    parts = TAG.split(html)
    parts[::2] = map(unbroken, parts[::2])
    return "".join(parts)
