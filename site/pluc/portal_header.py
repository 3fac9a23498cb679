"""The entries of the portal's header: registered by the rooms that they lead to."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`view` is the name of the address that it leads to; entries stand by `order`."""

    order: int
    label: str | Promise
    view: str
    is_for_guests: bool = True


ENTRIES: list[Entry] = []


def entries_for(request: HttpRequest) -> list[tuple[str, str, str]]:
    """What each entry says, where it leads, and its `aria-current`; empty where one is not."""
    is_guest = not request.user.is_authenticated
    entries = sorted(ENTRIES, key=lambda one: one.order)
    shown = [one for one in entries if one.is_for_guests or not is_guest]
    urls = [reverse(one.view) for one in shown]
    return [
        (str(one.label), url, current_at(request.path, url, urls))
        for one, url in zip(shown, urls, strict=True)
    ]


def current_at(path: str, url: str, urls: list[str]) -> str:
    """The `aria-current` of an entry. One that others stand below tells of its own page only."""
    if path == url:
        return "page"
    is_start = any(other != url and other.startswith(url) for other in urls)
    return "true" if path.startswith(url) and not is_start else ""
