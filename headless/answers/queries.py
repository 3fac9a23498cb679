"""Query parameters that an address does not know, that stand there twice or empty, are refused.

django-ninja drops them in silence, and whoever misspells a filter would get the whole list.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from ninja import Schema
from ninja.operation import Operation
from pydantic import ValidatorFunctionWrapHandler, field_validator
from pydantic_core import PydanticCustomError

from headless.answers.problems import FieldProblem, Refusal

LOCALE = "locale"
A_NUMBER = re.compile(r"[0-9]+")
YES_OR_NO = {"true", "false"}


def strictly(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Numbers are digits, and what is so or not is `true` or `false`.

    By itself pydantic takes "1_0" and "+10" for ten as well, and "on" and "t" for true.
    """
    found = read(value)
    if isinstance(found, bool):
        if value not in YES_OR_NO:
            raise PydanticCustomError("yes_or_no", _t("Write true or false."))
    elif isinstance(found, int) and not A_NUMBER.fullmatch(str(value)):
        raise PydanticCustomError("digits", _t("Write a number in digits, such as 10."))
    return found


class Parameters(Schema):
    """What an address takes in its query: each class of parameters extends it."""

    @field_validator("*", mode="wrap")
    @classmethod
    def as_written(cls, value: Any, read: ValidatorFunctionWrapHandler) -> Any:
        return strictly(value, read)


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
    errors = [FieldProblem(where=f"query.{name}", detail=detail) for name in names]
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def locale_in(query: Any) -> str:
    """The language that an address asks for (`?locale=`); Dutch where it names none of ours.

    The operation itself refuses one that it does not know.
    """
    asked = query.get(LOCALE, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
