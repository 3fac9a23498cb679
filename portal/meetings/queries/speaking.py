"""Which meetings are a speaker's, and on which days they see who comes."""

import datetime as dt

from pluc.periods import SPEAKER_AFTER, SPEAKER_BEFORE
from portal.accounts.models import Person
from portal.meetings.models import Meeting
from portal.meetings.models.finding import MeetingQuerySet
from portal.meetings.models.meetings import ZONE


def meetings_of_speaker(*, person: Person, now: dt.datetime) -> MeetingQuerySet:
    """Meetings that somebody speaks at, until `SPEAKER_AFTER` their last day, cancelled ones too.

    Only those whose speakers have this very person (`Speaker.person`): one who is taken off a
    meeting has nothing to do with it any more, from that moment on (P14).
    """
    spoken = Meeting.objects.filter(speakers__person=person)
    return spoken.exclude(ends_at__lt=start_of(day_at(now) - SPEAKER_AFTER))


def shows_people_to_speakers(meeting: Meeting, now: dt.datetime) -> bool:
    """Whether its speakers see who comes, and stand at its door (P14).

    From `SPEAKER_BEFORE` its first day until `SPEAKER_AFTER` its last, both days included; never of
    a cancelled one, which nobody comes to.
    """
    if meeting.is_cancelled or meeting.starts_at is None or meeting.ends_at is None:
        return False
    first, last = day_at(meeting.starts_at), day_at(meeting.ends_at)
    return first - SPEAKER_BEFORE <= day_at(now) <= last + SPEAKER_AFTER


def people_are_shown_from(meeting: Meeting) -> dt.date | None:
    """The first day on which its speakers see who comes; none while it has no day."""
    return day_at(meeting.starts_at) - SPEAKER_BEFORE if meeting.starts_at else None


def day_at(moment: dt.datetime) -> dt.date:
    """The day that it is then in the Netherlands."""
    return moment.astimezone(ZONE).date()


def start_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=ZONE)
