"""Who may write to everybody, and who may let it go. The back office has both rights."""

from pluc.signed_in import Permitted
from portal.accounts.models import User
from portal.announcements.models import Announcement

WRITE = "announcements.write_announcement"
APPROVE = "announcements.approve_announcement"


def may_write(user: Permitted) -> bool:
    return user.has_perm(WRITE)


def may_approve(user: Permitted) -> bool:
    return user.has_perm(APPROVE)


def may_read(user: Permitted) -> bool:
    return may_write(user) or may_approve(user)


def may_approve_this(user: User, announcement: Announcement) -> bool:
    """A second person: not who wrote it, changed it last or submitted it."""
    return may_approve(user) and user.pk not in announcement.makers
