"""The newsletter, as far as this room knows of it: the sentence at registering, and who is told.

The newsletter stands above this room, which therefore offers it a register to fill.
"""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User

# What a person agrees to: every form shows it word for word, and the proof keeps it.
NEWSLETTER_TEXT = _("Send me finance updates, with blogs, news and the current offer")
# Called with a login that was just made by somebody who ticked that sentence, and the language they
# read it in; in the transaction of their registration.
ASKED_WHILE_REGISTERING: list[Callable[[User, str], None]] = []


def tell_asked(user: User, language: str) -> None:
    for follow in ASKED_WHILE_REGISTERING:
        follow(user, language)
