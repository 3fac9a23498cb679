"""What colleagues can do with a row by buttons on its screen, each in some of the row's states."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.forms import Form
from django.http import Http404
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

M = TypeVar("M")


@dataclass(frozen=True, kw_only=True)
class RowDeed(Generic[M]):
    """A button, the question behind it, and the service that does it.

    `is_open` says whether this user can press it now; the service has the last word.
    """

    slug: str
    label: str | Promise
    question: str | Promise
    done: str | Promise
    is_open: "Callable[[_User, M], bool]"
    do: Callable[..., Any]
    form: type[Form] = Form
    # After it there is no row any more.
    leaves_nothing: bool = False


def open_to(user: "_User", row: M, deeds: Iterable[RowDeed[M]]) -> list[RowDeed[M]]:
    """The deeds that this user can do with a row as it is now."""
    return [deed for deed in deeds if deed.is_open(user, row)]


def deed_named(slug: str, deeds: Iterable[RowDeed[M]]) -> RowDeed[M]:
    """Raises `Http404` for none of these."""
    for deed in deeds:
        if deed.slug == slug:
            return deed
    raise Http404
