"""What endpoints are told of meetings and of the statement (docs/decisions/0051)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from headless.webhooks.services import listening, noticing
from legal.statements.services import AFTER_PUT_IN_FORCE
from pluc.outbox.telling import BY_MAIL, Telling
from portal.meetings.models import Meeting
from portal.meetings.services import save_venue
from portal.meetings.services.saving import Parts, save_meeting
from portal.meetings.services.states import cancel_meeting, change_state
from tests.legal.versions import EditionFactory
from tests.planning import MeetingFactory, OrganisationFactory, in_days
from tests.receivers import endpoint_at, forget, shown_meeting, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
ADDRESS = "https://hook.peren.example/pluc"


def save(meeting: Meeting, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(meeting, name, value)
    parts = Parts.of(meeting)
    save_meeting(
        meeting=meeting, sessions=parts.sessions, accreditations=parts.accreditations, by=None
    )


@pytest.mark.usefixtures("endpoint")
def test_a_meeting_tells_when_it_is_made_changed_and_cancelled():
    meeting = shown_meeting()
    code = meeting.code
    assert told() == [("meeting.changed", code)]
    forget()
    save(meeting)
    save(meeting, online_link="https://video.example/geheim", practical="Neem iets mee.")
    assert told() == [], "nothing that the API shows is different"
    save(meeting, capacity=meeting.capacity + 1)
    change_state(meeting_id=meeting.pk, to=Meeting.State.DEFINITE, by=None)
    cancel_meeting(meeting_id=meeting.pk, because="Ziek", by=None)
    assert told() == [
        ("meeting.changed", code),
        ("meeting.changed", code),
        ("meeting.cancelled", code),
    ]


@pytest.mark.usefixtures("endpoint")
def test_a_meeting_of_one_client_tells_nothing_and_one_that_leaves_the_offer_once():
    client, marked = OrganisationFactory(is_client=True), shown_meeting(not_for_api=True)
    course = shown_meeting().course
    forget()
    closed = MeetingFactory(course=course, format=Meeting.Format.IN_COMPANY, client=client)
    for hidden in (closed, marked, MeetingFactory()):
        save(hidden, capacity=hidden.capacity + 1)
    hidden_ones = [closed, MeetingFactory(course=course, is_listed=False)]
    forget()
    for hidden in hidden_ones:
        save_meeting(meeting=hidden, sessions=[], by=None)
    save(closed, is_listed=False)
    assert told() == [], "for one client, not for the API, without a page"
    meeting = shown_meeting()
    forget()
    save(meeting, is_listed=False)
    save(meeting, capacity=meeting.capacity + 1)
    assert told() == [("meeting.changed", meeting.code)]
    save(meeting, is_listed=True)
    save_meeting(meeting=meeting, sessions=[], by=None)
    save(meeting, capacity=meeting.capacity + 1)
    assert len(told()) == 3, "without a day it is not in the API any more"


@pytest.mark.usefixtures("endpoint")
def test_another_address_of_a_venue_tells_of_its_meetings_with_mail_or_without():
    meeting = shown_meeting()
    for number, telling in enumerate((Telling(by_mail=False), BY_MAIL)):
        forget()
        meeting.venue.street = f"Pruimenlaan {number}"
        save_venue(venue=meeting.venue, telling=telling, by=None)
        assert told() == [("meeting.changed", meeting.code)]


def test_a_statement_tells_on_the_day_that_it_comes_into_force():
    endpoint_at(ADDRESS)
    today = in_days(0)
    EditionFactory(version=today, effective_from=today)
    assert listening.statement_put_in_force in AFTER_PUT_IN_FORCE
    listening.statement_put_in_force([])
    assert versions_told() == [str(today)]
    tomorrow = in_days(1)
    EditionFactory(version=tomorrow, effective_from=in_days(20))
    noticing.look_everywhere()
    assert versions_told() == [str(today)], "it is known now, and comes into force later"
    with time_machine.travel(timezone.now() + timedelta(days=21)):
        noticing.look_everywhere()
        noticing.look_everywhere()
    assert versions_told() == [str(today), str(tomorrow)]


def versions_told() -> list[str]:
    return [number for kind, number in told() if kind == "statement.in_force"]
