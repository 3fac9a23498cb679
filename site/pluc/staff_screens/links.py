"""What a colleague can do with a row, or find about it: told by the rooms above it."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

M = TypeVar("M", bound=Model)
Tell = Callable[[Any, Any], tuple[str, str] | None]
_links: defaultdict[str, list[tuple[int, Tell]]] = defaultdict(list)


def register_link(
    model: type[M],
    label: str | Promise,
    to: str | Callable[[M], str],
    *,
    may: "Callable[[_User], bool]",
    when: Callable[[M], bool] = lambda row: True,
    order: int = 0,
) -> None:
    """Puts a link on the screen of each row of `model`, for whoever `may` follow it.

    `to` is the name of an address that takes the row's key, or gives the address itself. `when`
    says whether the row has the link now. Those with a higher `order` come after the others.
    """

    def tell(user: "_User", row: M) -> tuple[str, str] | None:
        if not (may(user) and when(row)):
            return None
        return str(label), reverse(to, args=[row.pk]) if isinstance(to, str) else to(row)

    _links[model._meta.label].append((order, tell))


def links_about(row: Model, *, user: "_User") -> list[tuple[str, str]]:
    """What each link says, and where it leads; only those that this colleague may follow."""
    ordered = sorted(_links[row._meta.label], key=lambda one: one[0])
    return [link for _, tell in ordered if (link := tell(user, row))]
