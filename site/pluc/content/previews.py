"""Register of what a preview can show besides the page itself. Rooms above add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, kw_only=True)
class PreviewMode:
    """`show` answers with the draft of a page, for pages of which `is_for` holds."""

    name: str
    label: Any
    is_for: Callable[[Any], bool]
    show: Callable[[HttpRequest, Any], HttpResponse]


PREVIEW_MODES: list[PreviewMode] = []


def modes_of(page: Any) -> list[PreviewMode]:
    """What others show of a page."""
    return [mode for mode in PREVIEW_MODES if mode.is_for(page)]
