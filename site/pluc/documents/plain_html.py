"""HTML as WeasyPrint takes it, without what it says of notes: no document of ours has any.

Its own stylesheet gives every element five pseudo-elements for footnotes and notes, and computes a
style for each: a seventh of the time that a list of 500 people takes.
"""

from copy import copy
from functools import cache
from typing import Any

from weasyprint import HTML
from weasyprint import UA_STYLESHEET as WHOLE

OF_NOTES = frozenset(
    ("footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback")
)


class PlainHTML(HTML):
    """A document without footnotes and notes. Pages come out the same, byte for byte."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [without_notes() if one is WHOLE else one for one in super()._ua_stylesheets(forms)]


@cache
def without_notes() -> Any:
    """The stylesheet of browsers, as WeasyPrint has it, but for rules about notes."""
    sheet, matcher = copy(WHOLE), copy(WHOLE.matcher)
    matcher.other_selectors = [
        one for one in matcher.other_selectors if pseudo_element_of(one) not in OF_NOTES
    ]
    sheet.matcher = matcher
    return sheet


def pseudo_element_of(entry: tuple[Any, ...]) -> str | None:
    """Of a selector in a matcher: test, specificity, order, pseudo-element, declarations."""
    _test, _specificity, _order, pseudo_element, _declarations = entry
    return pseudo_element
