"""Where else a colleague finds something about a person, told by the rooms above."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _t

from legal.rights.permissions import may_restrict
from portal.accounts.models import Person, User

Link = tuple[str, str]  # what it says, and where it leads


def restriction_of(user: User, person: Person) -> Link | None:
    address = reverse("restriction", args=[person.pk])
    return (_t("Restriction"), address) if may_restrict(user) else None


LINKS: list[Callable[[User, Person], Link | None]] = [restriction_of]


def links_about(person: Person, *, user: User) -> list[Link]:
    """Only what this colleague may see."""
    return [link for tell in LINKS if (link := tell(user, person))]
