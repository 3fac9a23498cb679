"""Lists paged by key: page ten thousand costs what page one does (no OFFSET).

A cursor in an address is the primary key of the last row that was shown; its sort values are looked
up, so that no name ever stands in an address. The order has to end in a unique column, and wants an
index on its columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, kw_only=True)
class KeyPage(Generic[M]):
    """Some rows, and the cursor after them; empty where they are the last."""

    rows: list[M]
    next: str
    is_first: bool


class KeyPagedMixin:
    """A list of Wagtail's, paged by key. Its `ordering` is one of indexed columns."""

    request: Any
    ordering: Any
    results_template_name = "wagtailadmin/key_paged_results.html"

    def paginate_queryset(
        self, queryset: Any, page_size: int
    ) -> tuple[None, None, list[Any], bool]:
        """In place of Wagtail's, which counts all rows and skips those before."""
        chosen = self.ordering if isinstance(self.ordering, list | tuple) else (self.ordering,)
        after = self.request.GET.get("after", "")
        self.shown = page_by_key(queryset, order=(*chosen, "pk"), after=after, size=page_size)
        return None, None, self.shown.rows, False

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)  # type: ignore[misc]
        return context | {"shown": self.shown}


def page_by_key(
    queryset: QuerySet[M], *, order: Sequence[str], after: str = "", size: int = 50
) -> KeyPage[M]:
    """The rows that follow the one at `after`, in `order` ("-asked_at", "-id").

    A cursor that is none, or whose row is gone, gives the first page.
    """
    values = values_at(queryset, order, after) if after else None
    rows = queryset.order_by(*order)
    if values is not None:
        rows = rows.filter(beyond(order, values))
    found = list(rows[: size + 1])
    cursor = str(found[size - 1].pk) if len(found) > size else ""
    return KeyPage(rows=found[:size], next=cursor, is_first=values is None)


def values_at(queryset: QuerySet[M], order: Sequence[str], key: str) -> tuple[Any, ...] | None:
    """The sort values of the row with a key; none where one of them is nothing to sort by."""
    names = [name.lstrip("-") for name in order]
    try:
        values = queryset.model._base_manager.filter(pk=key).values_list(*names).first()
    except (ValueError, ValidationError):
        return None
    return None if values is None or None in values else values


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
