"""Who may write issues of the newsletter and let one go, and who may see who gets it."""

from collections.abc import Collection

from pluc.signed_in import Permitted
from portal.accounts.models import User

COMPOSE = "newsletter.compose_issue"
APPROVE = "newsletter.approve_issue"
MANAGE = "newsletter.manage_subscription"


def may_compose(user: Permitted) -> bool:
    return user.has_perm(COMPOSE)


def may_approve(user: Permitted) -> bool:
    return user.has_perm(APPROVE)


def may_see_issues(user: Permitted) -> bool:
    return may_compose(user) or may_approve(user)


def may_approve_this(user: User, makers: Collection[int]) -> bool:
    """A second person: none of the users who wrote, translated or submitted it."""
    return may_approve(user) and user.pk not in makers


def may_manage(user: Permitted) -> bool:
    return user.has_perm(MANAGE)
