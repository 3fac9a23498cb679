"""Remembers where to return to after signing in."""

from django.http import HttpRequest

WAY_BACK = "way_back"


def come_back_to(request: HttpRequest, path: str) -> None:
    """Remembers where somebody was, also while they look for a mail. A path of our own only."""
    request.session[WAY_BACK] = path


def way_back(request: HttpRequest) -> str:
    """Where somebody was before they signed in or registered; told once."""
    path: str = request.session.pop(WAY_BACK, "")
    return path
