"""What a speaker sees: their own meetings, and who comes (P13, P14, P17)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from legal.rights.models import Disclosure
from portal.accounts.models import Person
from portal.desk.queries.meetings import (
    Calendar,
    RoomMeeting,
    calendar_of,
    listed_places,
    told,
    with_crowd,
)
from portal.desk.queries.rolls import Roll, roll_of
from portal.meetings.models import Meeting
from portal.meetings.models.finding import MeetingQuerySet
from portal.meetings.queries.speaking import (
    meetings_of_speaker,
    people_are_shown_from,
    shows_people_to_speakers,
)


@dataclass(frozen=True, kw_only=True)
class SpeakersMeeting:
    """A meeting as its speaker sees it. Without a `roll` the list is not theirs to see now."""

    facts: RoomMeeting
    roll: Roll | None
    shown_from: dt.date | None
    online_link: str


def own(person: Person, now: dt.datetime) -> MeetingQuerySet:
    meetings = with_crowd(meetings_of_speaker(person=person, now=now), of=listed_places())
    return meetings.order_by(F("starts_at").asc(nulls_last=True), "pk")


def speakers_calendar(*, person: Person, now: dt.datetime) -> Calendar:
    """The meetings that a speaker gives, with how many come; in two queries.

    Theirs are those whose speakers name this very person, until `SPEAKER_AFTER` the last day
    (P14). Nobody else's meeting is among them, whatever right the login has (P17).
    """
    return calendar_of([told(one, now=now) for one in own(person, now)])


def speakers_meeting(*, person: Person, code: str, now: dt.datetime) -> SpeakersMeeting | None:
    """One of a speaker's own meetings with who comes; any other one does not exist for them.

    The list is shown from `SPEAKER_BEFORE` the first day until `SPEAKER_AFTER` the last, because
    who gives a meeting must know who takes part, and needs to know it no longer than that: name,
    organisation and titles of who has a place (P14). No address, wish, price or reference, nobody
    who waits, cancelled or is restricted (P17, P26), and no list of a meeting that is cancelled.
    """
    meeting = own(person, now).filter(code=code).first()
    if meeting is None:
        return None
    return SpeakersMeeting(
        facts=told(meeting, now=now),
        roll=speakers_roll(meeting, now),
        shown_from=people_are_shown_from(meeting),
        online_link=meeting.online_link,
    )


def speakers_roll(meeting: Meeting, now: dt.datetime) -> Roll | None:
    if not shows_people_to_speakers(meeting, now):
        return None
    return roll_of(meeting=meeting, kind=Disclosure.Kind.SPEAKER)


def next_to_speak(*, person: Person, now: dt.datetime) -> Meeting | None:
    """The meeting that somebody speaks at next, or at this moment (P13)."""
    coming = meetings_of_speaker(person=person, now=now).filter(ends_at__gt=now)
    coming = coming.exclude(state=Meeting.State.CANCELLED)
    return coming.select_related("course", "venue__region", "region").order_by("starts_at").first()
