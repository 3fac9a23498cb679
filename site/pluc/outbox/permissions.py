"""Who may read what was sent, and send it again: the back office."""

from pluc.signed_in import Permitted


def may_read(user: Permitted) -> bool:
    return user.has_perm("outbox.read_mail")


def may_resend(user: Permitted) -> bool:
    return user.has_perm("outbox.resend_mail")
