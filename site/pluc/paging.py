"""Pages of lists: short lists by page number, long ones by key.

By key, page ten thousand costs what page one does (no OFFSET).

A cursor in an address is the primary key of the last row that was shown; its sort values are looked
up, so that no name ever stands in an address. The order has to end in a unique column, and wants an
index on its columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _t

from pluc.errors import NotHere

M = TypeVar("M", bound=Model)
# What we call a page's number in an address, and what people guess.
NUMBER_NAMES = ("pagina", "page")
MOST_DIGITS = 6


def numbered_page(request: HttpRequest, items: Any, *, size: int) -> Page[Any]:
    """The page of `items` that the address asks for. Raises `NotHere` for one that is not there."""
    query = request.GET
    text = next((query[name] for name in NUMBER_NAMES if name in query), "1")
    paginator = Paginator(items, size)
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    if not (is_number and 1 <= int(text) <= max(paginator.num_pages, 1)):
        raise NotHere(
            request,
            _t("There is no page “%(number)s” of this list.") % {"number": text[:20]},
            url=address_without(request, *NUMBER_NAMES),
            label=_t("To the first page"),
        )
    return paginator.page(int(text))


def address_without(request: HttpRequest, *names: str) -> str:
    """The request's own address, without some of its parameters."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@dataclass(frozen=True, kw_only=True)
class KeyPage(Generic[M]):
    """Some rows, and the cursor after them; empty where they are the last."""

    rows: list[M]
    next: str
    is_first: bool


def page_by_key(
    queryset: QuerySet[M], *, order: Sequence[str], request: HttpRequest, size: int = 50
) -> KeyPage[M]:
    """The rows that follow the one at `?after=`, in `order` ("-asked_at", "-id").

    Raises `NotHere` for a cursor that is none, or whose row is gone.
    """
    after = request.GET.get("after", "")
    values = values_at(queryset, order, after) if after else None
    if after and values is None:
        raise NotHere(
            request,
            _t("The list has changed: there is nothing at this place any more."),
            url=address_without(request, "after"),
            label=_t("To the first page"),
        )
    values = None if values and None in values else values
    rows = queryset.order_by(*order)
    if values is not None:
        rows = rows.filter(beyond(order, values))
    found = list(rows[: size + 1])
    cursor = str(found[size - 1].pk) if len(found) > size else ""
    return KeyPage(rows=found[:size], next=cursor, is_first=values is None)


def values_at(queryset: QuerySet[M], order: Sequence[str], key: str) -> tuple[Any, ...] | None:
    """The sort values of the row with a key; `None` where there is no such row."""
    names = [name.lstrip("-") for name in order]
    try:
        row = queryset.model._base_manager.filter(pk=key).values_list(*names).first()
    except (ValueError, ValidationError):
        return None
    return row


def beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after these values: later in the first column, or the same and later in the
    next."""
    condition = Q(pk__in=[])
    same = Q()
    for name, value in zip(order, values, strict=True):
        column = name.lstrip("-")
        lookup = f"{column}__lt" if name.startswith("-") else f"{column}__gt"
        condition |= same & Q(**{lookup: value})
        same &= Q(**{column: value})
    # Says again what follows from it: a database looks up one bound in an index, not an "or".
    column, edge = order[0].lstrip("-"), "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{column}__{edge}": values[0]}) & condition
