"""Who may object to a mail, asked at the moment of sending (STANDARDS 2.6, 3.16).

Rooms above register here: that a person is restricted, or that an address wants no newsletter.
"""

from collections.abc import Callable

from pluc.outbox.models import Mail

# Each takes a mail and returns why it must not go, in a few words, or `None`.
Guard = Callable[[Mail], str | None]
GUARDS: list[Guard] = []


def objection(mail: Mail) -> str | None:
    """Why this mail must not be sent, or `None`. Mail about one's login is never withheld."""
    if mail.kind == Mail.Kind.SECURITY:
        return None
    return next((why for guard in GUARDS if (why := guard(mail))), None)
