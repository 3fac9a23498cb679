"""Query parameters that an address does not know, that stand there twice or empty, are refused.

django-ninja drops them in silence, and whoever misspells a filter would get the whole list.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from ninja.operation import Operation

from headless.answers.problems import FieldProblem, Refusal

LOCALE = "locale"
MOST_TOLD = 5  # names of parameters
MOST_SHOWN = 40  # characters of one


def operation_of(run: Any) -> Operation:
    """The operation whose own method `run` is: what ninja hands a decorator."""
    operation: Operation = run.__self__
    return operation


def names_in(operation: Operation) -> tuple[set[str], set[str]]:
    """The query parameters of an operation, and which of them may be given more than once."""
    names: set[str] = set()
    several: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            names |= set(getattr(model, "__ninja_flatten_map__", {}))
            several |= set(getattr(model, "__ninja_collection_fields__", []))
    return names, several


def require_known(request: HttpRequest, operation: Operation) -> None:
    """Raises `Refusal` (422), which names what is not known and what is."""
    if not request.GET:
        return
    names, several = names_in(operation)
    unknown = [name for name in request.GET if name not in names]
    twice = [
        name
        for name, values in request.GET.lists()
        if name in names and name not in several and len(values) > 1
    ]
    if unknown:
        raise refused(unknown, not_known(names))
    empty = [name for name in names if request.GET.get(name) == ""]
    if empty:  # else a filter that a program left open gives the whole list
        raise refused(sorted(empty), _t("This parameter is empty. Fill it in, or leave it out."))
    if twice:
        raise refused(twice, _t("Give this parameter once."))


def not_known(names: Iterable[str]) -> str:
    listed = ", ".join(sorted(names))
    if not listed:
        return _t("This address takes no parameters.")
    return _t("This address does not know this parameter. It knows: %(names)s.") % {"names": listed}


def refused(names: list[str], detail: str) -> Refusal:
    errors = [
        FieldProblem(where=f"query.{name[:MOST_SHOWN]}", detail=detail)
        for name in names[:MOST_TOLD]
    ]
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def locale_in(query: Any) -> str:
    """The language that an address asks for (`?locale=`); Dutch where it names none of ours.

    The operation itself refuses one that it does not know.
    """
    asked = query.get(LOCALE, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
