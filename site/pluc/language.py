"""The language of a request: the address decides, nothing else (no cookie, no browser header).

And what follows from the active language: which of two texts is shown, and words that are worked
out once per language.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

P = ParamSpec("P")
T = TypeVar("T")
MOST_WORDS = 2_000  # answers that a process keeps of one function


def language_of_path(path: str) -> str:
    """`en` for addresses under `/en/`, else the default language."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


class PathLanguageMiddleware:
    """Activates the path's language, and says so in `Content-Language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of_path(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def is_english() -> bool:
    return translation.get_language() == "en"


def in_active_language(dutch: str, english: str) -> str:
    """The text in the active language; the Dutch one where there is no English."""
    return english if english and is_english() else dutch


def only_in_active_language(dutch: str, english: str) -> str:
    """The text in the active language; nothing where there is no English.

    For mail, which whoever reads English can do nothing with in Dutch.
    """
    return english if is_english() else dutch


def once_per_language(function: Callable[P, T]) -> Callable[P, T]:
    """Keeps what `function` answers to the same arguments in the same language.

    Only for a function of nothing but its arguments and the language, such as a date in words: its
    answer never becomes out of date (docs/decisions/0023).
    """

    in_language: Callable[..., T] = lru_cache(maxsize=MOST_WORDS)(
        lambda language, *args, **kwargs: function(*args, **kwargs)
    )

    @wraps(function)
    def known(*args: P.args, **kwargs: P.kwargs) -> T:
        return in_language(translation.get_language(), *args, **kwargs)

    return known
