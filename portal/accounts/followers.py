"""Register of what follows when somebody has proven another address, filled by the rooms above."""

from collections.abc import Callable

from portal.accounts.models import Person

# Called with the person, whose address is the new one by now, and the old address; in the
# transaction of the change.
FOLLOWERS: list[Callable[[Person, str], None]] = []


def tell_followers(person: Person, old: str) -> None:
    for follow in FOLLOWERS:
        follow(person, old)
