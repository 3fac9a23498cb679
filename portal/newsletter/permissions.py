"""Who may write issues of the newsletter, and who may let one go."""

from collections.abc import Collection

from pluc.signed_in import Permitted
from portal.accounts.models import User

COMPOSE = "newsletter.compose_issue"
APPROVE = "newsletter.approve_issue"


def may_compose(user: Permitted) -> bool:
    return user.has_perm(COMPOSE)


def may_approve(user: Permitted) -> bool:
    return user.has_perm(APPROVE)


def may_see_issues(user: Permitted) -> bool:
    return may_compose(user) or may_approve(user)


def may_approve_this(user: User, makers: Collection[int]) -> bool:
    """A second person: none of the users who wrote, translated or submitted it."""
    return may_approve(user) and user.pk not in makers
