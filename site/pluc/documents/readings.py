"""Names in other scripts, as a document in our typefaces can write them."""

import unicodedata
from functools import cache

from wagtail.coreutils import string_to_ascii


def printed(text: str) -> str:
    """With letters and their accents as one sign where there is one: a typeface draws it best."""
    return unicodedata.normalize("NFC", text)


def reading_of(name: str) -> str:
    """A name that our typeface cannot write, in Latin letters: whoever looks for it may not read
    the other script, and not every machine can draw it."""
    if set(printed(name)) <= drawn_by_us():
        return ""
    return " ".join(string_to_ascii(printed(name)).split())


@cache
def drawn_by_us() -> frozenset[str]:
    """The signs that our typeface has."""
    from pluc.fonts import UNICODES  # slow to import

    return frozenset(map(chr, UNICODES))
