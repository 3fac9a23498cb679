"""Who may put a version in force: its own permission, given apart from editing."""

from django.contrib.auth.base_user import AbstractBaseUser

PUT_IN_FORCE = "statements.put_in_force"


def may_put_in_force(user: AbstractBaseUser) -> bool:
    return bool(user.has_perm(PUT_IN_FORCE))  # type: ignore[attr-defined]
