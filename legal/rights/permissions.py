"""Who sees whose data is restricted."""

from pluc.signed_in import Permitted


def may_see_restrictions(user: Permitted) -> bool:
    """Whoever may look people up: the back office, by a right of the room above."""
    return user.has_perm("accounts.view_person")
