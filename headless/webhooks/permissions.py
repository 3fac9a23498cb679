"""Who may say which programs of others are told of changes."""

from pluc.signed_in import Permitted

MANAGE = "headless_webhooks.manage_webhooks"


def may_manage(user: Permitted) -> bool:
    return user.has_perm(MANAGE)
