"""Marks as they come in on a day: most in time, some late, some gone early."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence

from django.utils import timezone

from portal.attendance.models import Mark
from portal.enrolments.models import Enrolment
from portal.meetings.models import Session

Kind, Source = Mark.Kind, Mark.Source
LONG_AGO = dt.timedelta(days=200)  # before that, people signed on paper


def minutes(number: int) -> dt.timedelta:
    return dt.timedelta(minutes=number)


def came_and_went(
    sessions: Sequence[Session], places: Sequence[Enrolment], chance: random.Random
) -> Iterator[Mark]:
    """Everybody, in each session."""
    for session in sessions:
        is_old = session.ends_at < timezone.now() - LONG_AGO
        for place in places:
            came, went = session.starts_at - minutes(chance.randint(1, 25)), session.ends_at
            late, early = chance.random() < 0.08, chance.random() < 0.08
            came = session.starts_at + minutes(chance.randint(10, 50)) if late else came
            went += -minutes(chance.randint(20, 80)) if early else minutes(chance.randint(0, 9))
            source = Source.PAPER if is_old else Source.DOOR
            yield Mark(session=session, enrolment=place, kind=Kind.IN, at=came, source=source)
            yield Mark(session=session, enrolment=place, kind=Kind.OUT, at=went, source=source)


def unfinished(
    sessions: Sequence[Session], places: Sequence[Enrolment], chance: random.Random
) -> Iterator[Mark]:
    """What waits for the back office: one marked themselves, and one was never signed out."""
    *others, forgot, by_code = places
    yield from came_and_went(sessions, others, chance)
    for session in sessions:
        start, end = session.starts_at, session.ends_at
        yield Mark(session=session, enrolment=forgot, kind=Kind.IN, at=start, source=Source.DOOR)
        yield Mark(session=session, enrolment=by_code, kind=Kind.IN, at=start, source=Source.SELF)
        yield Mark(session=session, enrolment=by_code, kind=Kind.OUT, at=end, source=Source.SELF)


def about_today(
    session: Session, places: Sequence[Enrolment], walk_in: uuid.UUID
) -> Iterator[Mark]:
    """Half of them are in by the door; one by the code in the room, one walk-in, one slip undone.

    The first place is the demo's participant: they have still to come.
    """
    latest = timezone.now()

    def at(number: int) -> dt.datetime:
        return min(session.starts_at + minutes(number), latest)

    _, slipped, by_code, *others = places
    for number, place in enumerate(others[: len(places) // 2]):
        yield Mark(
            session=session, enrolment=place, kind=Kind.IN, at=at(number - 12), source=Source.DOOR
        )
    wrong = Mark(session=session, enrolment=slipped, kind=Kind.IN, at=at(-4), source=Source.DOOR)
    yield wrong
    yield Mark(
        session=session,
        enrolment=slipped,
        kind=Kind.VOID,
        at=wrong.at + dt.timedelta(seconds=4),
        source=Source.DOOR,
        supersedes=wrong,
    )
    yield Mark(session=session, enrolment=by_code, kind=Kind.IN, at=at(-2), source=Source.SELF)
    yield Mark(session=session, walk_in_id=walk_in, kind=Kind.IN, at=at(3), source=Source.DOOR)
