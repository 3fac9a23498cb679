"""Who sees whose data is restricted, and who restricts it."""

from typing import Any


def may_see_restrictions(user: Any) -> bool:
    """Whoever may look people up: the back office, by a right of the room above."""
    return bool(user.has_perm("accounts.view_person"))


def may_restrict(user: Any) -> bool:
    """Whoever may change what is held of people."""
    return bool(user.has_perm("accounts.change_person"))
