"""The lists of people that a bureau's contact sends: only for meetings that are agreed with it."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from portal.accounts.models import Person
from portal.desk.queries.organisations import grants_of
from portal.enrolments.models import Supply
from portal.enrolments.queries.supplies import supply_with_id
from portal.meetings.models import Meeting


def meeting_to_supply(*, person: Person, code: str, now: dt.datetime) -> Meeting | None:
    """A meeting that is agreed with a bureau for which they act today, as its partner."""
    return meeting_of_bureaus(bureau_ids=grants_of(person=person, now=now).bureaus, code=code)


def meeting_of_bureaus(*, bureau_ids: Iterable[int], code: str) -> Meeting | None:
    """A meeting that is agreed with one of these bureaus, as its partner."""
    meetings = Meeting.objects.with_names().select_related("partner", "policy")
    return meetings.filter(code=code, partner__in=bureau_ids, partner__is_bureau=True).first()


def own_supply(*, person: Person, code: str, supply_id: UUID, now: dt.datetime) -> Supply | None:
    """A list of this bureau for this meeting, whoever sent it: its contact, or our back office."""
    return supply_of_meeting(meeting_to_supply(person=person, code=code, now=now), supply_id)


def supply_of_meeting(meeting: Meeting | None, supply_id: UUID) -> Supply | None:
    """A list of a meeting by its own bureau."""
    supply = supply_with_id(supply_id=supply_id) if meeting else None
    if meeting is None or supply is None:
        return None
    is_own = supply.meeting_id == meeting.pk and supply.organisation_id == meeting.partner_id
    return supply if is_own else None
