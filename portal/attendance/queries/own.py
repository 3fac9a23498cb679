"""One's own place in a session, to check in by the code in the room: nobody else's (P13)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from portal.accounts.models import Person
from portal.attendance.models import Mark
from portal.attendance.presence import effective
from portal.enrolments.models import Enrolment
from portal.meetings.models import Session


@dataclass(frozen=True, kw_only=True)
class OwnPlace:
    """A place, its session, and the last mark that stands: a colleague's, or one's own."""

    session: Session
    enrolment: Enrolment
    last: Mark | None

    @property
    def next_kind(self) -> str:
        is_in = self.last is not None and self.last.kind == Mark.Kind.IN
        return Mark.Kind.OUT if is_in else Mark.Kind.IN


def own_place_in(*, person: Person, session_id: UUID) -> OwnPlace | None:
    """Where somebody has a place in the meeting of a session; in three queries."""
    session = Session.objects.select_related("meeting__course").filter(pk=session_id).first()
    if session is None:
        return None
    places = Enrolment.objects.filter(person=person, meeting=session.meeting_id)
    enrolment = places.filter(state=Enrolment.State.ENROLLED).order_by("queue_number").first()
    if enrolment is None:
        return None
    standing = effective(Mark.objects.filter(session=session, enrolment=enrolment))
    last = standing[-1] if standing else None
    return OwnPlace(session=session, enrolment=enrolment, last=last)


@dataclass(frozen=True, kw_only=True)
class OwnSession:
    """A session of one's own day: its hours, and one's own marks that stand, in words."""

    session: Session
    marks: list[Mark]
    unconfirmed: bool


def sessions_of_day(*, enrolment: Enrolment) -> list[OwnSession]:
    """The sessions of the meeting of one's own place, with one's own marks; in two queries."""
    sessions = list(Session.objects.filter(meeting=enrolment.meeting_id).order_by("starts_at"))
    own = Q(enrolment=enrolment) | Q(walk_in__enrolment=enrolment)
    marks = list(Mark.objects.filter(own, session__in=[one.pk for one in sessions]))
    found = []
    for session in sessions:
        standing = effective(mark for mark in marks if mark.session_id == session.pk)
        unconfirmed = any(mark.source == Mark.Source.SELF for mark in standing)
        found.append(OwnSession(session=session, marks=standing, unconfirmed=unconfirmed))
    return found
