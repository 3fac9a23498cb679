"""Register of listeners to changes of meetings, for the rooms above."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pluc.outbox.telling import BY_MAIL, Telling
from portal.accounts.models import User
from portal.meetings.deadlines import OPEN_STATES
from portal.meetings.models import Meeting, Session


class Kind(StrEnum):
    CHANGED = "changed"
    STATE = "state"
    CANCELLED = "cancelled"


# What people who have a place must know of when it changes.
TOLD = frozenset({"sessions", "venue", "is_online", "online_link"})


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change, in the transaction that makes it. The meeting's row is locked.

    `fields` names what is different; sessions count as one. `removed_sessions` are gone by now.
    """

    meeting: Meeting
    kind: Kind
    fields: frozenset[str] = frozenset()
    removed_sessions: tuple[Session, ...] = ()
    telling: Telling = BY_MAIL
    by: User | None = None
    # Of a cancelled one: the dates that its people are offered instead.
    offers: tuple[Meeting, ...] = ()

    @property
    def must_be_told(self) -> bool:
        """Of what is over or cancelled, corrections are nobody's concern but the back office's.

        Neither is a typo that a colleague puts right without a mail.
        """
        concerns = self.meeting.state in OPEN_STATES and bool(self.fields & TOLD)
        return concerns and self.telling.by_mail


LISTENERS: list[Callable[[Change], None]] = []


def tell(change: Change) -> None:
    for listener in LISTENERS:
        listener(change)
