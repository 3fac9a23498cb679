"""Who may see who gets the newsletter, and change that."""

from pluc.signed_in import Permitted

MANAGE = "newsletter.manage_subscription"


def may_manage(user: Permitted) -> bool:
    return user.has_perm(MANAGE)
