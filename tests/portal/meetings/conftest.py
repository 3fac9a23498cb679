"""Who plans, and what."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from portal.accounts.models import User
from portal.meetings.models import Meeting
from tests.planning import AccreditationFactory, MeetingFactory, SpeakerFactory


@pytest.fixture
def office(sign_in, back_office: User) -> Client:
    """Bas's browser, in English: the sentences are asserted as the sources have them."""
    profile = UserProfile.get_for_user(back_office)
    profile.preferred_language = "en"
    profile.save()
    browser: Client = sign_in(back_office)
    return browser


@pytest.fixture
def office_at_work(office: Client) -> Client:
    """The same, at its second screen: what is asked once a session is counted nowhere."""
    office.get("/beheer/bijeenkomsten/")
    return office


@pytest.fixture
def meeting(db: None) -> Meeting:
    """A whole one: an afternoon, an accreditation, and somebody who speaks."""
    meeting = MeetingFactory(code="peer", price=Decimal("195.00"))
    meeting.speakers.add(SpeakerFactory())
    AccreditationFactory(meeting=meeting, granted_on=dt.date(2026, 1, 5))
    return meeting
