"""Writing a meeting down, new or changed: checked, logged, and told to whom it matters."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.meetings import changes
from portal.meetings.errors import (
    BreakTooLong,
    CapacityTooLow,
    ClientMissing,
    CodeTaken,
    PartnerMissing,
    SessionEndsBeforeStart,
    SessionsOverlap,
)
from portal.meetings.facts import AccreditationFacts, SessionFacts
from portal.meetings.models import Accreditation, Meeting, Session, Speaker

OUT_OF_THE_WAY = timedelta(days=50_000)
# Columns that somebody fills in. The others are kept by services.
COLUMNS: list[Any] = list(Meeting._meta.concrete_fields)
FILLED_IN = tuple(c.attname for c in COLUMNS if c.editable and c.name not in {"id", "state"})
NAMES = {column.attname: column.name for column in COLUMNS}


@transaction.atomic
def save_meeting(
    *,
    meeting: Meeting,
    sessions: Sequence[SessionFacts],
    accreditations: Sequence[AccreditationFacts] = (),
    speakers: Iterable[Speaker] = (),
    by: User | None,
) -> Meeting:
    """Stores what was filled in on `meeting`, which may be new, with all that belongs to it.

    Keeps first start and last end. Raises a `MeetingError` and stores nothing where it does not
    hold together, or where fewer places are left than are taken.
    """
    check_sessions(sessions)
    check_parties(meeting)
    before = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    check_against(meeting, before)
    change = changed_from(before, meeting, sessions, by)
    keep_what_services_keep(meeting, before, sessions)
    meeting.sequence += change.must_be_told
    meeting.save()
    write_parts(meeting, sessions, accreditations, speakers)
    write_down(change, is_new=before is None)
    if before is not None:
        changes.tell(change)
    return meeting


def check_sessions(sessions: Sequence[SessionFacts]) -> None:
    """Raises where times cannot be: backwards, all break, or two at once."""
    for session in sessions:
        if session.ends_at <= session.starts_at:
            raise SessionEndsBeforeStart
        if session.break_minutes * 60 >= (session.ends_at - session.starts_at).total_seconds():
            raise BreakTooLong
    in_order = sorted(sessions, key=lambda session: session.starts_at)
    for earlier, later in pairwise(in_order):
        if later.starts_at < earlier.ends_at:
            raise SessionsOverlap


def check_parties(meeting: Meeting) -> None:
    if meeting.format == Meeting.Format.IN_COMPANY and meeting.client_id is None:
        raise ClientMissing
    if meeting.format == Meeting.Format.PARTNER and meeting.partner_id is None:
        raise PartnerMissing


def check_against(meeting: Meeting, before: Meeting | None) -> None:
    """Raises where it collides with what is stored."""
    if Meeting.objects.filter(code=meeting.code).exclude(pk=meeting.pk).exists():
        raise CodeTaken
    if before is not None and meeting.capacity < before.taken:
        raise CapacityTooLow(before.taken)


def changed_from(
    before: Meeting | None, meeting: Meeting, sessions: Sequence[SessionFacts], by: User | None
) -> changes.Change:
    """What is different from what is stored; nothing for what is new."""
    if before is None:
        return changes.Change(meeting=meeting, kind=changes.Kind.CHANGED, by=by)
    different = (name for name in FILLED_IN if getattr(meeting, name) != getattr(before, name))
    fields = {NAMES[name] for name in different}
    return changes.Change(
        meeting=meeting,
        kind=changes.Kind.CHANGED,
        fields=frozenset(fields | ({"sessions"} if differ(before, sessions) else set())),
        removed_sessions=removed_by(before, sessions),
        by=by,
    )


def keep_what_services_keep(
    meeting: Meeting, before: Meeting | None, sessions: Sequence[SessionFacts]
) -> None:
    """A form may be old: these columns are as the locked row, and the sessions, have them."""
    if before is not None:
        meeting.taken, meeting.sequence = before.taken, before.sequence
        meeting.state, meeting.cancelled_because = before.state, before.cancelled_because
    meeting.starts_at = min((session.starts_at for session in sessions), default=None)
    meeting.ends_at = max((session.ends_at for session in sessions), default=None)
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


def differ(before: Meeting, sessions: Sequence[SessionFacts]) -> bool:
    """Whether times are different; a title is no reason to write to everybody."""
    were = {(session.pk, session.starts_at, session.ends_at) for session in before.sessions.all()}
    return were != {(session.id, session.starts_at, session.ends_at) for session in sessions}


def write_parts(
    meeting: Meeting,
    sessions: Sequence[SessionFacts],
    accreditations: Sequence[AccreditationFacts],
    speakers: Iterable[Speaker],
) -> None:
    own = {session.pk: session for session in Session.objects.filter(meeting=meeting)}
    kept = {facts.id for facts in sessions}
    Session.objects.filter(meeting=meeting).exclude(
        pk__in=[pk for pk in own if pk in kept]
    ).delete()
    park(own[pk] for pk in own if pk in kept)
    for facts in sessions:
        values = {name: value for name, value in asdict(facts).items() if name != "id"}
        session = own.get(facts.id) if facts.id else None
        if session is None:
            Session.objects.create(meeting=meeting, **values)
        else:
            Session.objects.filter(pk=session.pk).update(**values)
    Accreditation.objects.filter(meeting=meeting).delete()
    Accreditation.objects.bulk_create(
        Accreditation(
            meeting=meeting,
            scheme=facts.scheme,
            hours=facts.hours,
            category=facts.category,
            number=facts.number,
            granted_on=facts.granted_on,
        )
        for facts in accreditations
    )
    meeting.speakers.set(speakers)


def park(sessions: Iterable[Session]) -> None:
    """Moves sessions out of each other's way, so that two may swap their times."""
    for session in sessions:
        far = session.starts_at - OUT_OF_THE_WAY
        Session.objects.filter(pk=session.pk).update(
            starts_at=far, ends_at=far + (session.ends_at - session.starts_at)
        )
