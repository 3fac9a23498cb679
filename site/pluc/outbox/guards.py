"""Who may object to a mail, asked at the moment of sending (STANDARDS 2.6, 3.16; DESIGN, idea 7).

Rooms above register here: that a person is restricted, or that an address wants no newsletter.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence

from pluc.outbox.models import Mail

# Each takes mails, however many, and returns why some must not go, in a few words, by their keys.
Guard = Callable[[Sequence[Mail]], Mapping[uuid.UUID, str]]
GUARDS: list[Guard] = []


def objection(mail: Mail) -> str | None:
    """Why this mail must not be sent, or `None`."""
    return objections([mail]).get(mail.pk)


def objections(mails: Sequence[Mail]) -> dict[uuid.UUID, str]:
    """Why some of these mails must not be sent. Mail about one's login is never withheld."""
    asked = [mail for mail in mails if mail.kind != Mail.Kind.SECURITY]
    found: dict[uuid.UUID, str] = {}
    for guard in GUARDS if asked else []:
        found = {**guard(asked), **found}  # the first one to object says why
    return found
