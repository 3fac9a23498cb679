"""Writing a meeting down, new or changed: checked, logged, and told to whom it matters."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import timedelta
from itertools import pairwise
from typing import Any, Self, TypeVar

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils import timezone
from wagtail.log_actions import log

from pluc.outbox.telling import BY_MAIL, Telling
from portal.accounts.models import User
from portal.meetings import changes
from portal.meetings.days import days_of
from portal.meetings.deadlines import OPEN_STATES
from portal.meetings.errors import (
    BreakTooLong,
    CapacityTooLow,
    ClientMissing,
    CodeTaken,
    InThePast,
    IsDefinite,
    PartnerMissing,
    SchemeTwice,
    SessionEndsBeforeStart,
    SessionInUse,
    SessionsOverlap,
)
from portal.meetings.facts import AccreditationFacts, SessionFacts
from portal.meetings.models import Accreditation, Meeting, Session, Speaker
from portal.meetings.models.meetings import ZONE
from portal.meetings.services.codes import code_for

F = TypeVar("F", SessionFacts, AccreditationFacts)
OUT_OF_THE_WAY = timedelta(days=50_000)
# Columns that somebody fills in. The others are kept by services.
COLUMNS: list[Any] = list(Meeting._meta.concrete_fields)
FILLED_IN = tuple(c.attname for c in COLUMNS if c.editable and c.name not in {"id", "state"})
NAMES = {column.attname: column.name for column in COLUMNS}


@dataclass(frozen=True)
class Parts:
    """What belongs to a meeting."""

    sessions: Sequence[SessionFacts]
    accreditations: Sequence[AccreditationFacts]
    speakers: Sequence[Speaker]

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        """As they are stored."""
        known = meeting.accreditations.select_related("scheme")
        return cls(
            [row_as(SessionFacts, one) for one in meeting.sessions.all()],
            [row_as(AccreditationFacts, one) for one in known],
            list(meeting.speakers.all()),
        )

    def different_from(self, other: Self) -> set[str]:
        mine, theirs = self.compared, other.compared
        return {name for name in mine if mine[name] != theirs[name]}

    @property
    def compared(self) -> dict[str, set[Any]]:
        """By the name in the log. Times stand apart: a title is no reason to write to everybody."""
        return {
            "sessions": {
                (one.id, one.starts_at.timestamp(), one.ends_at.timestamp())
                for one in self.sessions
            },
            "session details": {
                (one.id, one.title, one.title_en, one.break_minutes, one.counts)
                for one in self.sessions
            },
            "accreditations": set(self.accreditations),
            "speakers": set(self.speakers),
        }


def row_as(kind: type[F], row: Model) -> F:
    """A stored session or accreditation as what would be filled in for it."""
    return kind(**{field.name: getattr(row, field.name) for field in dataclass_fields(kind)})


@transaction.atomic
def save_meeting(
    *,
    meeting: Meeting,
    sessions: Sequence[SessionFacts],
    accreditations: Sequence[AccreditationFacts] = (),
    speakers: Iterable[Speaker] = (),
    telling: Telling = BY_MAIL,
    by: User | None,
) -> Meeting:
    """Stores what was filled in on `meeting`, which may be new, with all that belongs to it.

    Keeps first start and last end, and makes a code where there is none. `telling` is how its
    people hear of it. Raises a `MeetingError` and stores nothing where it does not hold together,
    or where fewer places are left than are taken.
    """
    meeting.code = meeting.code or code_of_course(meeting, sessions)
    check_sessions(sessions)
    check_schemes(accreditations)
    check_parties(meeting)
    check_definite(meeting, sessions)
    before = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    check_against(meeting, before)
    check_days(sessions, before)
    parts = Parts(sessions, accreditations, tuple(speakers))
    change = replace(changed_from(before, meeting, parts, by), telling=telling)
    keep_what_services_keep(meeting, before, sessions)
    meeting.sequence += change.must_be_told
    meeting.save()
    write_parts(meeting, parts)
    write_down(change, is_new=before is None)
    if before is not None:
        changes.tell(change)
    return meeting


def code_of_course(meeting: Meeting, sessions: Sequence[SessionFacts]) -> str:
    """A code that says the course and the first day."""
    first = min((session.starts_at for session in sessions), default=None)
    day = timezone.localtime(first, ZONE).date() if first else None
    return code_for(meeting.course.slug, day)


def check_sessions(sessions: Sequence[SessionFacts]) -> None:
    """Raises where times cannot be: backwards, all break, or two at once."""
    for session in sessions:
        if seconds_of(session) <= 0:
            raise SessionEndsBeforeStart
        if session.break_minutes * 60 >= seconds_of(session):
            raise BreakTooLong
    in_order = sorted(sessions, key=lambda session: session.starts_at.timestamp())
    for earlier, later in pairwise(in_order):
        if later.starts_at.timestamp() < earlier.ends_at.timestamp():
            raise SessionsOverlap


def seconds_of(session: SessionFacts) -> float:
    """Exact in the night that the clocks change, in which Python goes by the clock on the wall."""
    return session.ends_at.timestamp() - session.starts_at.timestamp()


def check_schemes(accreditations: Sequence[AccreditationFacts]) -> None:
    if len({facts.scheme.pk for facts in accreditations}) < len(accreditations):
        raise SchemeTwice


def check_definite(meeting: Meeting, sessions: Sequence[SessionFacts]) -> None:
    """People count on what is definite: it keeps its time and its place."""
    if meeting.state == Meeting.State.DEFINITE and (not sessions or meeting.lacks_place):
        raise IsDefinite


def check_days(sessions: Sequence[SessionFacts], before: Meeting | None) -> None:
    """Nothing is planned in the past. Of what has begun, the past may be put right."""
    now = timezone.now()
    if before is not None and (before.has_begun(now) or before.state not in OPEN_STATES):
        return
    known = set(before.sessions.values_list("starts_at", flat=True)) if before else set()
    if any(one.starts_at <= now and one.starts_at not in known for one in sessions):
        raise InThePast


def check_parties(meeting: Meeting) -> None:
    if meeting.format == Meeting.Format.IN_COMPANY and meeting.client_id is None:
        raise ClientMissing
    if meeting.format == Meeting.Format.PARTNER and meeting.partner_id is None:
        raise PartnerMissing


def check_against(meeting: Meeting, before: Meeting | None) -> None:
    """Raises where it collides with what is stored."""
    if Meeting.objects.filter(code=meeting.code).exclude(pk=meeting.pk).exists():
        raise CodeTaken
    if before is not None and meeting.capacity < before.taken - before.above:
        raise CapacityTooLow(before.taken - before.above)


def changed_from(
    before: Meeting | None, meeting: Meeting, parts: Parts, by: User | None
) -> changes.Change:
    """What is different from what is stored; nothing for what is new."""
    if before is None:
        return changes.Change(meeting=meeting, kind=changes.Kind.CHANGED, by=by)
    different = (name for name in FILLED_IN if getattr(meeting, name) != getattr(before, name))
    fields = {NAMES[name] for name in different}
    return changes.Change(
        meeting=meeting,
        kind=changes.Kind.CHANGED,
        fields=frozenset(fields | parts.different_from(Parts.of(before))),
        removed_sessions=removed_by(before, parts.sessions),
        by=by,
    )


def keep_what_services_keep(
    meeting: Meeting, before: Meeting | None, sessions: Sequence[SessionFacts]
) -> None:
    """Takes counts and state from the locked row, since the form may be old."""
    if before is not None:
        for name in (*Meeting.STEPS_KEPT, *Meeting.COUNTS):
            setattr(meeting, name, getattr(before, name))
    meeting.starts_at = min((session.starts_at for session in sessions), default=None)
    meeting.ends_at = max((session.ends_at for session in sessions), default=None)
    meeting.days = days_of(sessions)
    meeting.changed_at = timezone.now()


def write_down(change: changes.Change, *, is_new: bool) -> None:
    log(
        instance=change.meeting,
        action="wagtail.create" if is_new else "wagtail.edit",
        user=change.by,
        title=change.meeting.code,
        data={"fields": sorted(change.fields)},
        content_changed=True,
    )


def removed_by(before: Meeting, sessions: Sequence[SessionFacts]) -> tuple[Session, ...]:
    kept = {session.id for session in sessions}
    return tuple(session for session in before.sessions.all() if session.pk not in kept)


def write_parts(meeting: Meeting, parts: Parts) -> None:
    write_sessions(meeting, parts.sessions)
    Accreditation.objects.filter(meeting=meeting).delete()
    Accreditation.objects.bulk_create(
        Accreditation(meeting=meeting, **vars(facts)) for facts in parts.accreditations
    )
    meeting.speakers.set(parts.speakers)


def write_sessions(meeting: Meeting, sessions: Sequence[SessionFacts]) -> None:
    """Stores them under the keys that they have. Raises `SessionInUse` for one that has to stay."""
    own = {session.pk: session for session in Session.objects.filter(meeting=meeting)}
    kept = {facts.id for facts in sessions}
    gone = Session.objects.filter(meeting=meeting).exclude(pk__in=[pk for pk in own if pk in kept])
    try:
        gone.delete()
    except ProtectedError as error:
        raise SessionInUse from error
    park(own[pk] for pk in own if pk in kept)
    for facts in sessions:
        values = {name: value for name, value in asdict(facts).items() if name != "id"}
        session = own.pop(facts.id, None) if facts.id else None
        if session is None:
            Session.objects.create(meeting=meeting, **values)
        else:
            Session.objects.filter(pk=session.pk).update(**values)


def park(sessions: Iterable[Session]) -> None:
    """Moves sessions out of each other's way, so that two may swap their times."""
    for session in sessions:
        far = session.starts_at - OUT_OF_THE_WAY
        Session.objects.filter(pk=session.pk).update(
            starts_at=far, ends_at=far + (session.ends_at - session.starts_at)
        )
