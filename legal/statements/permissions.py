"""Who may put a version in force: its own permission, given apart from editing."""

from pluc.signed_in import Permitted

PUT_IN_FORCE = "statements.put_in_force"


def may_put_in_force(user: Permitted) -> bool:
    return user.has_perm(PUT_IN_FORCE)
