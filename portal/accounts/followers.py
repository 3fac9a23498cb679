"""Registers of what follows when somebody has proven an address, filled by the rooms above."""

from collections.abc import Callable

from portal.accounts.models import Person, User

# Called with the person, whose address is the new one by now, and the old address; in the
# transaction of the change.
FOLLOWERS: list[Callable[[Person, str], None]] = []
# Called with a login that has proven the mailbox of its address at this moment, the first or
# another one; after those, in the same transaction.
PROVEN: list[Callable[[User], None]] = []


def tell_followers(person: Person, old: str) -> None:
    for follow in FOLLOWERS:
        follow(person, old)


def tell_of_proof(user: User) -> None:
    for follow in PROVEN:
        follow(user)
