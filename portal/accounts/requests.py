"""The request of somebody who is signed in, and where one was going before one had to."""

from django.http import HttpRequest

from portal.accounts.models import User

WAY_BACK = "way_back"


class SignedInRequest(HttpRequest):
    """The request of a view that `login_required` guards."""

    user: User


def come_back_to(request: HttpRequest, path: str) -> None:
    """Remembers where somebody was, also while they look for a mail. A path of our own only."""
    request.session[WAY_BACK] = path


def way_back(request: HttpRequest) -> str:
    """Where somebody was before they signed in or registered; told once."""
    path: str = request.session.pop(WAY_BACK, "")
    return path
