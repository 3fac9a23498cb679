"""Who sees whose data is restricted."""

from typing import Any


def may_see_restrictions(user: Any) -> bool:
    """Whoever may look people up: the back office, by a right of the room above."""
    return bool(user.has_perm("accounts.view_person"))
