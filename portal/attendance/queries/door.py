"""What the door shows, and to whom: who takes attendance, and the people of a meeting.

Staff with the right to take attendance see every door. A speaker sees those of their own meetings,
on the days on which they see who comes (`portal.meetings.queries.speaking`, P14): they help at the
door, and see name, organisation and title, as on their list. For everybody else there is no door:
participants see nothing of each other (P13).
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from pluc.periods import DAY, SPEAKER_BEFORE
from portal.accounts.models import User
from portal.attendance.models import Mark, WalkIn
from portal.attendance.presence import Presence, effective, people_in, presence_of
from portal.attendance.queries.lists import ListedPerson, rows_to_print
from portal.attendance.queries.marks import marks_by_place
from portal.attendance.rights import SPEAK, TAKE
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting, Session
from portal.meetings.queries.speaking import day_at, meetings_of_speaker, start_of


def doors_of(*, user: User) -> QuerySet[Meeting]:
    """The meetings at whose door somebody may take attendance; see above for why."""
    meetings = Meeting.objects.all()
    if user.has_perm(TAKE):
        return meetings
    if not user.has_perm(SPEAK):  # who has it signs in with a second factor (STANDARDS 6.10)
        return meetings.none()
    now = timezone.now()
    own = meetings_of_speaker(person=user.person, now=now)
    from_now = start_of(day_at(now) + SPEAKER_BEFORE + DAY)  # `shows_people_to_speakers`, of rows
    return own.filter(starts_at__lt=from_now).exclude(state=Meeting.State.CANCELLED)


def door_of(*, user: User, code: str) -> Meeting | None:
    """The meeting with its sessions, for who may stand at its door; for others there is none."""
    meetings = doors_of(user=user).select_related("course").prefetch_related("sessions")
    return meetings.filter(code=code).first()


def may_mark(*, user: User, code: str, session_id: UUID) -> bool:
    """The same of one session, without reading anything for whoever may mark anywhere."""
    if user.has_perm(TAKE):
        return True
    return doors_of(user=user).filter(code=code, sessions=session_id).exists()


def session_at(*, user: User, session_id: UUID) -> Session | None:
    """A session, with its meeting, for who may stand at its door (the screen in the room)."""
    sessions = Session.objects.select_related("meeting__course")
    return sessions.filter(pk=session_id, meeting__in=doors_of(user=user)).first()


def place_at_door(*, user: User, enrolment_id: UUID) -> Enrolment | None:
    """Somebody's place, read from their code by who may stand at the door of its meeting."""
    places = Enrolment.objects.select_related("meeting__course").filter(
        pk=enrolment_id, state=Enrolment.State.ENROLLED
    )
    return places.filter(meeting__in=doors_of(user=user)).first()


@dataclass(frozen=True, kw_only=True)
class DoorRow:
    """Somebody on the door's list: name, organisation and title, and whether they are in.

    `last` is their last mark that counts; `own` the one that they made themselves, as long as
    nobody has confirmed it.
    """

    key: UUID
    person: ListedPerson
    presence: Presence
    last: Mark | None
    own: Mark | None
    is_walk_in: bool = False


@dataclass(frozen=True, kw_only=True)
class State:
    """What the marks of somebody say; see `DoorRow`."""

    presence: Presence
    last: Mark | None
    own: Mark | None


def states_in(*, session: Session) -> dict[UUID, State]:
    """What the marks of a session say of each person who has any; in one query."""
    marks = marks_by_place(session_ids=[session.pk])
    return {place: state_of(rows, session) for (_, place), rows in marks.items()}


def state_of(marks: list[Mark], session: Session) -> State:
    standing = effective(marks)
    told = [mark for mark in standing if mark.source != Mark.Source.SELF]
    own = [mark for mark in standing if mark.source == Mark.Source.SELF]
    return State(
        presence=presence_of(marks, session),
        last=told[-1] if told else None,
        own=own[-1] if own else None,
    )


@dataclass(frozen=True, kw_only=True)
class AtTheDoor:
    """The list of a session, and how many people are in: also those who stand on no list."""

    rows: list[DoorRow]
    number_in: int

    @property
    def number_unlisted(self) -> int:
        """Of those who are in, who stands on no list: their data is restricted (P26)."""
        return self.number_in - sum(row.presence.is_in for row in self.rows)


NOBODY_YET = State(presence=Presence(), last=None, own=None)


def people_at(*, session: Session) -> AtTheDoor:
    """Who is expected or came, in the order of Dutch names; walk-ins first. In three queries.

    The list is the printed one (`queries.lists`), which leaves out whose data is restricted: they
    come in as walk-ins, or by their own code, and the back office joins that to their place.
    """
    states = states_in(session=session)
    listed = rows_to_print(meeting_id=session.meeting_id)
    rows = [(walk_in.pk, as_listed(walk_in), True) for walk_in in walk_ins_of(session)]
    rows += [(key, person, False) for key, person in listed]
    found = [
        DoorRow(key=key, person=person, is_walk_in=walked_in, **vars(states.get(key, NOBODY_YET)))
        for key, person, walked_in in rows
    ]
    return AtTheDoor(rows=found, number_in=people_in_states(states))


def people_in_states(states: dict[UUID, State]) -> int:
    return people_in({key: one.presence for key, one in states.items()})


def walk_ins_of(session: Session) -> QuerySet[WalkIn]:
    """Walk-ins that the back office has made no place of yet, and has not dropped."""
    rows = WalkIn.objects.filter(meeting=session.meeting_id, enrolment=None, dropped_because="")
    return rows.order_by("added_at", "id")


def as_listed(walk_in: WalkIn) -> ListedPerson:
    return ListedPerson(name=str(walk_in), organisation=walk_in.organisation, titles=walk_in.titles)


def person_at(*, session: Session, enrolment: Enrolment) -> DoorRow:
    """One person, by their code, as a row of the door; in one query. Also whose data is restricted:
    they show the code themselves, to be let in."""
    marks = Mark.objects.filter(session=session).filter(
        Q(enrolment=enrolment) | Q(walk_in__enrolment=enrolment)
    )
    person = ListedPerson(
        name=enrolment.full_name, organisation=enrolment.organisation, titles=enrolment.titles
    )
    state = state_of(list(marks), session)
    return DoorRow(key=enrolment.pk, person=person, **vars(state))
