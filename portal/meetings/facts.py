"""Sessions and accreditations of a meeting, as they were typed in."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from portal.meetings.models import Scheme


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """A session as it should be; with an `id` it is one that exists."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str = ""
    title_en: str = ""
    break_minutes: int = 0
    counts: bool = True
    id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AccreditationFacts:
    """What a scheme recognises, or is asked to."""

    scheme: Scheme
    hours: Decimal
    category: str = ""
    number: str = ""
    granted_on: dt.date | None = None
