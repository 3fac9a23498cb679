"""The kinds of active content that a document may hold, in words for its editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MACRO = _("a macro")
FETCHES = _("a link by which it would fetch something")
FILE = _("a file within it")
TOO_MUCH = _("too much to look through")

# An element of an XML part: its tag and its attributes, by names in lower case.
Element = tuple[str, dict[str, str]]


class ActiveContent(Exception):
    """A document holds active content; `what` says which, in words for its editor."""

    def __init__(self, what: Any) -> None:
        super().__init__(str(what))
        self.what = what
