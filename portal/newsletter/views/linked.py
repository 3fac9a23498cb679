"""What the pages behind a link in a mail share: their languages, and that nobody remembers them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from pluc.content.tree import LanguageLink
from pluc.counting import Deed, Refusal, count
from portal.accounts.views.tokens import with_token

View = Callable[[HttpRequest, str], HttpResponse]


def by_link(view: View) -> View:
    """A page whose address holds a token: it is not measured, stored, or found by a search."""

    @wraps(view)
    def marked(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return with_token(never_cache(marked))


def languages_of(view: str, token: str) -> list[LanguageLink]:
    """The same page in each language: its path is another one there."""
    active, found = translation.get_language(), []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(LanguageLink(code, reverse(view, args=[token]), code == active, True))
    return found


def over_limit(request: HttpRequest, token: str) -> Refusal | None:
    """Counts what is done by a link. Leaving never is: a mail program does it for thousands."""
    return count(request, Deed(name="newsletter_link", keys={token: 1}))


def shown(view: str, token: str, **more: Any) -> dict[str, Any]:
    return {"token": token, "languages": languages_of(view, token)} | more
