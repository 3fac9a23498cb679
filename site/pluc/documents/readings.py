"""Names in other scripts, as a document in our typefaces can write them."""

import unicodedata
from functools import cache

from wagtail.coreutils import string_to_ascii

from pluc.fonts import MORE, drawn_by


def printed(text: str) -> str:
    """With letters and their accents as one sign where there is one: a typeface draws it best."""
    return unicodedata.normalize("NFC", text)


def reading_of(name: str, *, family: str = "") -> str:
    """A name that our typefaces cannot write, in Latin letters: whoever looks for it may not read
    the other script, and not every machine can draw it. Nothing for one that they can write.

    `family` where one of them has to do it alone: "sans" or "serif".
    """
    if set(printed(name)) <= drawn_by_us(family):
        return ""
    return " ".join(string_to_ascii(printed(name)).split())


@cache
def drawn_by_us(family: str) -> frozenset[str]:
    """The signs that our typefaces have, or one of them."""
    families = [family] if family else list(MORE)
    return frozenset(chr(sign) for one in families for sign in drawn_by(one))
