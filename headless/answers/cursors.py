"""Lists in pages: the address of the next page holds a signed cursor, the place of the last row.

A place is the row's sort values and its key, so that each row comes exactly once, also where
several have the same values. A cursor that is not ours, or of another list or of other filters, is
refused with 400.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from pydantic import BaseModel, Field

from headless.answers.problems import FieldProblem, Refusal
from headless.answers.queries import Parameters

R = TypeVar("R")
T = TypeVar("T")
Place = tuple[Any, ...]  # sort values as text or numbers, the key last
USUAL, MOST = 20, 100  # rows of a page
# Of what we sign; anything else need not be looked at.
A_CURSOR = re.compile(r"[A-Za-z0-9_-]{1,900}:[A-Za-z0-9_-]{20,60}")


class ListMeta(BaseModel):
    """How many there are in all, and the address of the next page; null on the last one."""

    total_count: int = Field(description="How many there are in all pages together.")
    next: str | None = Field(description="Address of the next page; null on the last one.")


class CursorPage(BaseModel, Generic[T]):
    """A page of a list."""

    meta: ListMeta
    items: list[T]


class Paging(Parameters):
    """The query of a list; one with filters extends it."""

    # Not in the schema: nobody makes one up, and who follows meta.next need not know it.
    cursor: str = Field("", max_length=1000, json_schema_extra={"include_in_schema": False})
    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[R]):
    """The rows of a page, and what its `ListMeta` says."""

    rows: list[R]
    total: int
    next: str | None

    @property
    def meta(self) -> ListMeta:
        return ListMeta(total_count=self.total, next=self.next)


def page_of(
    request: HttpRequest,
    rows: Sequence[R],
    paging: Paging,
    *,
    place: Callable[[R], Place],
    name: str,
) -> Page[R]:
    """The page of `rows`, which stand in the order of their places; `name` is that of the list."""
    total = len(rows)
    if paging.cursor:
        after = place_in(paging.cursor, name=name_with_filters(request, name))
        rows = [row for row in rows if is_after(place(row), after)]
    shown = list(rows[: paging.limit])
    more = len(rows) > len(shown)
    following = next_address(request, place(shown[-1]), name=name) if more else None
    return Page(rows=shown, total=total, next=following)


def is_after(place: Place, other: Place) -> bool:
    """Raises `Refusal` where they cannot be compared: a cursor of an older version of ours."""
    try:
        return place > other
    except TypeError as error:
        raise damaged() from error


def next_address(request: HttpRequest, place: Place, *, name: str) -> str:
    """The request's own address, with the cursor of the last row that it shows."""
    query = request.GET.copy()
    query["cursor"] = cursor_of(place, name=name_with_filters(request, name))
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


def cursor_of(place: Place, *, name: str) -> str:
    """The same for the same place, always: an answer with it keeps its ETag."""
    return signer(name).sign_object(list(place))


def place_in(cursor: str, *, name: str) -> Place:
    """Raises `Refusal` (400) for a cursor that is not one of ours for this list."""
    if not A_CURSOR.fullmatch(cursor):
        raise damaged()
    try:
        place = signer(name).unsign_object(cursor)
    except (BadSignature, ValueError) as error:
        raise damaged() from error
    return tuple(place)


def name_with_filters(request: HttpRequest, name: str) -> str:
    """What a cursor is signed for: one of another choice of rows would give another part."""
    asked = {key: one for key, one in request.GET.items() if key not in {"cursor", "limit"}}
    return f"{name}?{urlencode(sorted(asked.items()))}"


def signer(name: str) -> Signer:
    return Signer(salt=f"headless.answers.cursors:{name}")


def damaged() -> Refusal:
    detail = _t("This cursor is not one of this list with these filters. Start again without it.")
    return Refusal(
        HTTPStatus.BAD_REQUEST, detail, errors=[FieldProblem(where="query.cursor", detail=detail)]
    )
