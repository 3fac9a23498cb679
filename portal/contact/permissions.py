"""Who may read what people write to us."""

from pluc.signed_in import Permitted

READ = "contact.read_message"


def may_read(user: Permitted) -> bool:
    return user.has_perm(READ)
