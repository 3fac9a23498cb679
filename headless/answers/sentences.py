"""What is told of a value that does not fit: our own sentences, by pydantic's names of errors.

pydantic's own are English only, and speak of Python.
"""

from collections.abc import Mapping
from typing import Any, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from pydantic_core.core_schema import ErrorType

PYDANTICS = frozenset(get_args(ErrorType))  # any other name is ours, and has its sentence
TEXT, OBJECT, UUID = (
    _("This has to be text."),
    _("This has to be an object: names with values."),
    _("This has to be a UUID."),
)
WHOLE, YES_OR_NO = _("This has to be a whole number."), _("This has to be true or false.")
EMPTY = "empty"  # of our own
SENTENCES: dict[str, str | Promise] = {
    "missing": _("This is missing."),
    "extra_forbidden": _("We do not know this name. Is it misspelt?"),
    "string_type": TEXT,
    "string_unicode": TEXT,
    EMPTY: _("This is empty. Fill it in."),
    "string_too_short": _("This is too short: at least %(min_length)s characters."),
    "string_too_long": _("This is too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": _("This is not written as it should be. The pattern: %(pattern)s"),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "int_from_float": WHOLE,
    "greater_than_equal": _("This has to be %(ge)s or more."),
    "less_than_equal": _("This has to be %(le)s or less."),
    "bool_type": YES_OR_NO,
    "bool_parsing": YES_OR_NO,
    "literal_error": _("This has to be one of these: %(expected)s."),
    "list_type": _("This has to be a list."),
    "too_short": _("Send at least %(min_length)s."),
    "too_long": _("Send at most %(max_length)s."),
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "dict_type": OBJECT,
    "uuid_type": UUID,
    "uuid_parsing": UUID,
}


def sentence_of(error: Mapping[str, Any]) -> str:
    """The sentence for an error as pydantic tells it, in the active language."""
    kind, told = error["type"], dict(error.get("ctx") or {})
    if kind not in PYDANTICS:
        return str(error["msg"])
    if kind == "value_error":  # of a validator of ours
        return str(told["error"])
    if kind == "string_too_short" and told["min_length"] == 1:
        kind = EMPTY
    if kind == "literal_error":
        told["expected"] = listed(told["expected"])
    if kind not in SENTENCES:
        return _t("This value is not one that is taken here.")
    return str(SENTENCES[kind]) % told


def listed(values: str) -> str:
    """pydantic writes values as Python does, with an English word before the last one. The empty
    text is what a parameter is that is left out."""
    shown = values.replace(" or ", ", ").replace("'", "").split(", ")
    return ", ".join(value for value in shown if value)
