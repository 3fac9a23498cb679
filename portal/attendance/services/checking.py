"""What a mark is checked against: all of a batch is read at once, then each mark on its own."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from portal.attendance import refusals
from portal.attendance.door_hours import is_open
from portal.attendance.models import Mark, WalkIn
from portal.attendance.queries.marks import final_among
from portal.enrolments.models import Enrolment
from portal.meetings.models import Session

Kind, Source = Mark.Kind, Mark.Source
AT_THE_DOOR = (Source.DOOR, Source.SCAN)
UNDO = dt.timedelta(minutes=1)  # from the mark to what takes it back: the button is there for less


class Named(Protocol):
    """What a new mark names by key."""

    @property
    def id(self) -> UUID: ...

    @property
    def session_id(self) -> UUID: ...

    @property
    def enrolment_id(self) -> UUID | None: ...

    @property
    def walk_in_id(self) -> UUID | None: ...

    @property
    def supersedes_id(self) -> UUID | None: ...


@dataclass(frozen=True, kw_only=True)
class Known:
    """The rows that a batch of marks names, by key. `superseded`: marks that another replaces."""

    sessions: dict[UUID, Session]
    final: set[int]
    places: dict[UUID, Enrolment]
    walk_ins: dict[UUID, WalkIn]
    stored: dict[UUID, Mark]
    superseded: set[UUID] = field(default_factory=set)

    def add(self, mark: Mark) -> None:
        """Notes a mark that is taken, for those after it in the batch."""
        self.stored[mark.pk] = mark
        if mark.supersedes_id:
            self.superseded.add(mark.supersedes_id)


def known_about(marks: Sequence[Named]) -> Known:
    """Reads all that a batch names, and locks its meetings until the transaction ends."""
    sessions = locked_sessions({mark.session_id for mark in marks})
    earlier = named(mark.supersedes_id for mark in marks)
    ids = {mark.id for mark in marks} | earlier
    stored = list(Mark.objects.filter(Q(pk__in=ids) | Q(supersedes__in=earlier)))
    walk_ins = named(mark.walk_in_id for mark in marks)
    return Known(
        sessions=sessions,
        final=final_among(meeting_ids={one.meeting_id for one in sessions.values()}),
        places=Enrolment.objects.only("meeting_id", "state").in_bulk(
            named(mark.enrolment_id for mark in marks)
        ),
        walk_ins=WalkIn.objects.in_bulk(walk_ins) if walk_ins else {},
        stored={mark.pk: mark for mark in stored},
        superseded={mark.supersedes_id for mark in stored if mark.supersedes_id},
    )


def locked_sessions(keys: Collection[UUID]) -> dict[UUID, Session]:
    """Sessions with their meetings, which are locked: always in the same order, in one query."""
    rows = Session.objects.filter(pk__in=keys).select_related("meeting").order_by("meeting")
    return {row.pk: row for row in rows.select_for_update(of=("meeting",))}


def named(keys: Iterable[UUID | None]) -> set[UUID]:
    return {key for key in keys if key}


def check(mark: Mark, known: Known, now: dt.datetime) -> bool:
    """Whether a mark is new. Raises `MarkRefused` where it cannot be stored."""
    if stored := known.stored.get(mark.pk):
        if is_same(stored, mark):
            return False
        raise refusals.used()
    if mark.kind not in Kind or mark.source not in Source:
        raise refusals.malformed()
    session = check_session(mark, known)
    check_person(mark, known, session)
    if mark.at > now:
        raise refusals.to_come()
    if not is_open(session, mark.at):
        raise refusals.closed()
    check_correction(mark, known)
    return True


def is_same(one: Mark, other: Mark) -> bool:
    """Whether two rows with one id are one mark: of the same person, saying the same."""
    names = ("session_id", "enrolment_id", "walk_in_id", "kind", "by_id", "supersedes_id")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def check_session(mark: Mark, known: Known) -> Session:
    """The session of a mark, of a meeting that takes marks."""
    session = known.sessions.get(mark.session_id)
    if session is None:
        raise refusals.not_here()
    if session.meeting.is_cancelled:
        raise refusals.cancelled()
    if session.meeting_id in known.final:
        raise refusals.final()
    return session


def check_person(mark: Mark, known: Known, session: Session) -> None:
    """That it is of one person, who has a place in this meeting or walked in."""
    place = known.places.get(mark.enrolment_id) if mark.enrolment_id else None
    walk_in = known.walk_ins.get(mark.walk_in_id) if mark.walk_in_id else None
    rows = [row for row in (place, walk_in) if row]
    if len(rows) != 1 or (mark.enrolment_id and mark.walk_in_id):
        raise refusals.not_here()
    if rows[0].meeting_id != session.meeting_id:
        raise refusals.not_here()
    is_gone = walk_in.dropped_because if walk_in else not (place and place.has_place)
    if is_gone and mark.kind != Kind.VOID:
        raise refusals.not_listed()


def check_correction(mark: Mark, known: Known) -> None:
    """That what it replaces is there, of the same person, and not replaced already."""
    if not mark.supersedes_id:
        if mark.kind == Kind.VOID:
            raise refusals.malformed()
        return
    earlier = known.stored.get(mark.supersedes_id)
    if earlier is None or person_and_session(earlier) != person_and_session(mark):
        raise refusals.not_here()
    if earlier.pk in known.superseded:
        raise refusals.corrected()
    if not may_replace(mark, earlier):
        raise refusals.not_yours()


def set_to_what_it_confirms(mark: Mark, known: Known) -> None:
    """Confirming at the door that somebody checked in says that they did so, when they did."""
    earlier = known.stored.get(mark.supersedes_id) if mark.supersedes_id else None
    if earlier and confirms(mark, earlier):
        mark.at, mark.told_at = earlier.at, None


def confirms(mark: Mark, earlier: Mark) -> bool:
    is_own = earlier.source == Source.SELF
    return is_own and mark.source in AT_THE_DOOR and mark.kind == earlier.kind


def person_and_session(mark: Mark) -> tuple[UUID, UUID | None, UUID | None]:
    return mark.session_id, mark.enrolment_id, mark.walk_in_id


def may_replace(mark: Mark, earlier: Mark) -> bool:
    """At the door one confirms what people marked themselves, and undoes one's own slip.

    The back office may correct whatever there is.
    """
    if mark.source not in AT_THE_DOOR:
        return mark.source != Source.SELF
    if earlier.source == Source.SELF:
        return True
    # What confirms a check-in has the time of the check-in.
    since = earlier.received_at if earlier.supersedes_id else earlier.at
    is_undone = mark.kind == Kind.VOID and mark.at - since <= UNDO
    return is_undone and mark.by_id == earlier.by_id
