"""Deadlines. All count whole days back from the first day of a meeting, in the Netherlands."""

import datetime as dt

from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE

OPEN_STATES = (Meeting.State.PLANNED, Meeting.State.DEFINITE)


def deadline(*, day: dt.date, days: int) -> dt.datetime:
    """The end of the day that lies `days` before `day`: the midnight after it, local time.

    With 1 something may be done until the end of the day before; with 0 until the end of the day.
    """
    after = day - dt.timedelta(days=days) + dt.timedelta(days=1)
    return dt.datetime.combine(after, dt.time(), tzinfo=ZONE)


def deadline_before(meeting: Meeting, *, days: int) -> dt.datetime | None:
    """Until when something may be done that ends `days` before a meeting; never after its start.

    `None` for a meeting without a day.
    """
    if meeting.starts_on is None or meeting.starts_at is None:
        return None
    return min(deadline(day=meeting.starts_on, days=days), meeting.starts_at)


def closes_at(meeting: Meeting) -> dt.datetime | None:
    """When enrolment closes, by the meeting's terms. `None` without a day."""
    return deadline_before(meeting, days=meeting.policy.closing_days)


def is_open(meeting: Meeting, now: dt.datetime) -> bool:
    """Whether one may enrol: going on, not closed, not begun. Full or not is another matter."""
    closing = closes_at(meeting)
    return meeting.state in OPEN_STATES and closing is not None and now < closing
