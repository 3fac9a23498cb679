"""What the session remembers for signing in and registering: where to return to, and who it is."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

WAY_BACK, TYPED = "way_back", "typed_about_oneself"
# What another form asked already; a session keeps no more of it than a field takes.
ABOUT_ONESELF = ("first_name", "last_name", "email")
LONGEST = 254


def come_back_to(request: HttpRequest, path: str) -> None:
    """Remembers where somebody was, also while they look for a mail. A path of our own only."""
    request.session[WAY_BACK] = path


def way_back(request: HttpRequest) -> str:
    """Where somebody was before they signed in or registered; told once."""
    path: str = request.session.pop(WAY_BACK, "")
    return path


def remember_who(request: HttpRequest, typed: Mapping[str, Any]) -> None:
    """Keeps the name and address that a guest typed, so that registering need not ask again."""
    known = {name: str(typed.get(name) or "")[:LONGEST] for name in ABOUT_ONESELF}
    if any(known.values()):
        request.session[TYPED] = known


def typed_who(request: HttpRequest) -> dict[str, str]:
    """The name and address that were typed before in this browser, if any."""
    typed: dict[str, str] = request.session.get(TYPED, {})
    return typed


def forget_who(request: HttpRequest) -> None:
    request.session.pop(TYPED, None)
