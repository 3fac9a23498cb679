"""The entries of the portal's header: registered by the rooms that they lead to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from pluc.signed_in import is_signed_in

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`view` is the name of the address that it leads to; entries stand by `order`.

    One that is not everybody's says whose (`of`), by what the login was loaded with: every page
    asks, so only who may well have it may cost a query.
    """

    order: int
    label: str | Promise
    view: str
    is_for_guests: bool = True
    of: "Callable[[_User], bool] | None" = None

    def is_for(self, request: HttpRequest) -> bool:
        if not is_signed_in(request):
            return self.is_for_guests
        return self.of is None or self.of(request.user)


ENTRIES: list[Entry] = []


def entries_for(request: HttpRequest) -> list[tuple[str, str, str]]:
    """What each entry says, where it leads, and its `aria-current`; empty where one is not."""
    entries = sorted(ENTRIES, key=lambda one: one.order)
    shown = [one for one in entries if one.is_for(request)]
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
