"""What the back office writes to the people of a meeting, as it was typed."""

from dataclasses import dataclass
from uuid import UUID

from portal.meetings.models import Session


@dataclass(frozen=True, kw_only=True)
class Note:
    """Subject and text by language; about one session, or about the whole meeting.

    `letter` is the same for the same form, so that each is posted once.
    """

    letter: UUID
    texts: dict[str, tuple[str, str]]
    session: Session | None = None
