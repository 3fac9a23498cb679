"""Who may write to everybody, and who may let it go. The back office has both rights."""

from django.contrib.auth.base_user import AbstractBaseUser

from portal.announcements.models import Announcement

WRITE = "announcements.write_announcement"
APPROVE = "announcements.approve_announcement"


def may_write(user: AbstractBaseUser) -> bool:
    return bool(user.has_perm(WRITE))  # type: ignore[attr-defined]


def may_approve(user: AbstractBaseUser) -> bool:
    return bool(user.has_perm(APPROVE))  # type: ignore[attr-defined]


def may_read(user: AbstractBaseUser) -> bool:
    return may_write(user) or may_approve(user)


def may_approve_this(user: AbstractBaseUser, announcement: Announcement) -> bool:
    """A second person: not who wrote it, changed it last or submitted it."""
    return may_approve(user) and user.pk not in announcement.makers
