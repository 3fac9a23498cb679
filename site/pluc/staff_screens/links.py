"""What a colleague can do with a row, or find about it: told by the rooms above it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Link:
    label: str | Promise
    to: Callable[[Any], str]
    may: "Callable[[_User], bool]"
    when: Callable[[Any], bool]


_links: defaultdict[str, list[Link]] = defaultdict(list)


def register_link(
    model: type[M],
    label: str | Promise,
    to: Callable[[M], str],
    *,
    may: "Callable[[_User], bool]",
    when: Callable[[M], bool] = lambda row: True,
) -> None:
    """Puts a link on the screen of each row of `model`: `to` gives its address.

    It is there for whoever `may` follow it, `when` the row allows it.
    """
    _links[model._meta.label].append(Link(label=label, to=to, may=may, when=when))


def links_about(row: Model, *, user: "_User") -> list[tuple[str, str]]:
    """What each link says, and where it leads; only those that this colleague may follow."""
    links = _links[row._meta.label]
    return [(str(one.label), one.to(row)) for one in links if one.may(user) and one.when(row)]
