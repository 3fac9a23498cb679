"""Who may read what people write to us."""

from django.contrib.auth.base_user import AbstractBaseUser

READ = "contact.read_message"


def may_read(user: AbstractBaseUser) -> bool:
    return bool(user.has_perm(READ))  # type: ignore[attr-defined]
