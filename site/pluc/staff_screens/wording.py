"""The words of Wagtail's scripts, with our Dutch in the place of theirs (docs/decisions/0031).

Django's catalogue for scripts reads the folders of the packages that it is asked for, and no other.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response


class WordsOfScripts(JavaScriptCatalog):
    """A package's catalogue, and ours on top of it."""

    def get_paths(self, packages: list[str]) -> list[str]:
        paths: list[str] = super().get_paths(packages)
        return [*paths, str(settings.LOCALE_OF_WAGTAIL)]


def words_of(package: str) -> Any:
    """The view of a package's words, in the language that the colleague chose."""
    catalogue = WordsOfScripts.as_view(packages=[package])

    def view(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = get_localized_response(catalogue, request)
        return response

    return view
