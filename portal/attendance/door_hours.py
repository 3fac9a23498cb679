"""From when until when the door of a session is open, and which session it is now."""

import datetime as dt
from collections.abc import Sequence

from pluc.periods import DOOR_CLOSES, DOOR_OPENS
from portal.meetings.models import Session


def opens_at(session: Session) -> dt.datetime:
    return session.starts_at - DOOR_OPENS


def closes_at(session: Session) -> dt.datetime:
    return session.ends_at + DOOR_CLOSES


def is_open(session: Session, moment: dt.datetime) -> bool:
    """Whether somebody can come in or go out at a moment, as far as this session goes."""
    return opens_at(session) <= moment <= closes_at(session)


def session_now(sessions: Sequence[Session], now: dt.datetime) -> Session | None:
    """The session whose door is open; of two, the one that has not ended, the first one first."""
    open_now = [session for session in sessions if is_open(session, now)]
    running = [session for session in open_now if now < session.ends_at]
    return min(running or open_now, key=lambda one: one.starts_at, default=None)
