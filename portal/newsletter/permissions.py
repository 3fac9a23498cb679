"""Who may see and change who gets the newsletter, write issues of it, and let one go."""

from pluc.signed_in import Permitted

MANAGE = "newsletter.manage_subscription"
COMPOSE = "newsletter.compose_issue"
APPROVE = "newsletter.approve_issue"


def may_manage(user: Permitted) -> bool:
    return user.has_perm(MANAGE)


def may_compose(user: Permitted) -> bool:
    return user.has_perm(COMPOSE)


def may_approve(user: Permitted) -> bool:
    return user.has_perm(APPROVE)


def may_see_issues(user: Permitted) -> bool:
    return may_compose(user) or may_approve(user)
