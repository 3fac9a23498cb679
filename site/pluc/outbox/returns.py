"""Register of who wants to know what came back; rooms above fill it.

`pluc.outbox` cannot know what an issue or a subscription is. Each listener is called once per
report, in the transaction that stores it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from pluc.outbox.models import Mail


@dataclass(frozen=True, kw_only=True)
class Listener:
    # The mail, and whether no mail will ever arrive there.
    bounced: Callable[[Mail, bool], None]
    # The mail, or where that is not known the subscription.
    complained: Callable[[Mail | None, uuid.UUID | None], None]
    # The subscription that a mail asks to end.
    left: Callable[[uuid.UUID], None]


LISTENERS: list[Listener] = []
