"""Planning a meeting again: the same, on another day, or on several."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.meetings.errors import NothingToCopy
from portal.meetings.facts import AccreditationFacts, SessionFacts
from portal.meetings.models import Meeting, Session
from portal.meetings.models.meetings import ZONE
from portal.meetings.services.codes import code_for
from portal.meetings.services.saving import FILLED_IN, save_meeting


@transaction.atomic
def copy_to_days(*, meeting_id: int, days: Iterable[dt.date], by: User | None) -> list[Meeting]:
    """A copy for each first day, all or none; the code of each says its day (`copy_meeting`)."""
    code = Meeting.objects.values_list("code", flat=True).get(pk=meeting_id)
    return [
        copy_meeting(meeting_id=meeting_id, code=code_for(code, day), first_day=day, by=by)
        for day in sorted(set(days))
    ]


@transaction.atomic
def copy_meeting(*, meeting_id: int, code: str, first_day: dt.date, by: User | None) -> Meeting:
    """A new meeting, planned, without people, whose first session is on `first_day`.

    Each session keeps its time on the clock, also where the clocks change in between. What schemes
    granted was granted once: hours and category come along, number and date do not. Raises
    `NothingToCopy` and the errors of `save_meeting`.
    """
    source = Meeting.objects.prefetch_related("sessions", "accreditations", "speakers").get(
        pk=meeting_id
    )
    sessions = list(source.sessions.all())
    if not sessions:
        raise NothingToCopy
    days = first_day - day_of(sessions[0].starts_at)
    copy = Meeting(**{name: getattr(source, name) for name in FILLED_IN})
    copy.code = code
    return save_meeting(
        meeting=copy,
        sessions=[moved(session, days) for session in sessions],
        accreditations=[
            AccreditationFacts(scheme=a.scheme, hours=a.hours, category=a.category)
            for a in source.accreditations.select_related("scheme")
        ],
        speakers=source.speakers.all(),
        by=by,
    )


def day_of(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment, ZONE).date()


def moved(session: Session, days: dt.timedelta) -> SessionFacts:
    return SessionFacts(
        starts_at=shifted(session.starts_at, days),
        ends_at=shifted(session.ends_at, days),
        title=session.title,
        title_en=session.title_en,
        break_minutes=session.break_minutes,
        counts=session.counts,
    )


def shifted(moment: dt.datetime, days: dt.timedelta) -> dt.datetime:
    """The same time on the clock, so many days later."""
    local = timezone.localtime(moment, ZONE)
    return dt.datetime.combine(local.date() + days, local.time(), tzinfo=ZONE)
