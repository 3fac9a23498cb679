"""Who may make tokens, see and revoke them: staff with the right."""

from pluc.signed_in import Permitted


def may_manage(user: Permitted) -> bool:
    return user.has_perm("headless_tokens.manage_tokens")
