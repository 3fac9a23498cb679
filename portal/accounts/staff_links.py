"""Where else a colleague finds something about a person, told by the rooms above."""

from collections.abc import Callable

from portal.accounts.models import Person, User

Link = tuple[str, str]  # what it says, and where it leads
LINKS: list[Callable[[User, Person], Link | None]] = []


def links_about(person: Person, *, user: User) -> list[Link]:
    """Only what this colleague may see."""
    return [link for tell in LINKS if (link := tell(user, person))]
