"""What is planned."""

import datetime as dt
from decimal import Decimal

import pytest

from portal.meetings.models import Meeting
from tests.planning import AccreditationFactory, MeetingFactory, SpeakerFactory


@pytest.fixture
def meeting(db: None) -> Meeting:
    """A whole one: an afternoon, an accreditation, and somebody who speaks."""
    meeting = MeetingFactory(code="peer", price=Decimal("195.00"))
    meeting.speakers.add(SpeakerFactory())
    AccreditationFactory(meeting=meeting, granted_on=dt.date(2026, 1, 5))
    return meeting
