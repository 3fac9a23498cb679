"""The trainings that somebody followed, with the hours that they earned (P22)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from portal.accounts.models import Person
from portal.attendance.queries.hours import in_force
from portal.attendance.queries.marks import final_among
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.wording import place_of, when


@dataclass(frozen=True, kw_only=True)
class Training:
    """A meeting that is over and that somebody had a place in, in words of the active language."""

    title: str
    when: str
    place: str
    hours: list[tuple[str, Decimal]]
    was_absent: bool
    is_final: bool


def trainings_of(*, person: Person, now: dt.datetime) -> list[Training]:
    """The newest first; theirs only. In three queries."""
    places = Enrolment.objects.over(now).filter(person=person)
    rows = list(
        places.select_related("meeting__course", "meeting__venue", "meeting__region").order_by(
            "-meeting__starts_at", "pk"
        )
    )
    final = final_among(meeting_ids=[row.meeting_id for row in rows])
    earned = defaultdict(list)
    hours = in_force().filter(enrolment__person=person).select_related("scheme")
    for one in hours.order_by("scheme__position", "scheme__code"):
        earned[one.enrolment_id].append((one.scheme.code, one.hours))
    return [
        Training(
            title=str(row.meeting.course),
            when=when(row.meeting),
            place=place_of(row.meeting),
            hours=[(code, number) for code, number in earned[row.pk] if number],
            was_absent=row.was_absent is True,
            # Of before attendance was taken here: completed, without a step.
            is_final=row.meeting_id in final or row.meeting.state == Meeting.State.COMPLETED,
        )
        for row in rows
    ]
