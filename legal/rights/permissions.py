"""Who sees whose data is restricted, and who restricts it."""

from pluc.signed_in import Permitted


def may_see_restrictions(user: Permitted) -> bool:
    """Whoever may look people up: the back office, by a right of the room above."""
    return user.has_perm("accounts.view_person")


def may_restrict(user: Permitted) -> bool:
    """Whoever may change what is held of people."""
    return user.has_perm("accounts.change_person")
