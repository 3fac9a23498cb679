"""The programme of a meeting: its sessions in words, in the active language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _t

from portal.meetings.models import Meeting, Session
from portal.meetings.wording import between, local, long_date, takes_one_day


@dataclass(frozen=True, kw_only=True)
class Part:
    """A session. `day` is empty where the meeting takes one day, `pause` where there is none."""

    day: str
    time: str
    title: str
    pause: str
    counts: bool


def programme_of(meeting: Meeting) -> list[Part]:
    """The sessions in their order. Those without a title are numbered; an only one has none."""
    sessions = list(meeting.sessions.all())
    return [
        part_of(session, meeting, number if len(sessions) > 1 else 0)
        for number, session in enumerate(sessions, start=1)
    ]


def part_of(session: Session, meeting: Meeting, number: int) -> Part:
    """A session in words; with `number` 0 it is the only one."""
    counted = _t("Session %(number)s") % {"number": number} if number else ""
    pause = _t("%(n)d minutes’ break") % {"n": session.break_minutes}
    return Part(
        day="" if takes_one_day(meeting) else long_date(local(session.starts_at).date()),
        time=between(session.starts_at, session.ends_at),
        title=session.heading or counted,
        pause=pause if session.break_minutes else "",
        counts=session.counts,
    )
