"""Stored values as people say them, in the active language."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Field
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t


def in_words(
    column: "Field[Any, Any] | None", value: Any, render: Callable[[Any], Any] | None = None
) -> str:
    """A value of a column; empty where nothing is stored."""
    if value is None or value == "":
        return ""
    if render is not None:
        return str(render(value) or value)
    choices = dict(column.flatchoices) if column is not None else {}
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    return moment_in_words(value) if isinstance(value, date) else str(value)


def moment_in_words(value: date) -> str:
    """A day, with the time of day where it is known."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT")
