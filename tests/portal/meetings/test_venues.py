"""A venue that is put right: who has a place there hears of another address, and of no more."""

import pytest
from django.test import Client

from pluc.outbox.models import Mail
from portal.meetings.models import Meeting, Venue
from tests.enrolling import attendee, enrol
from tests.mails import newest_to, text_of
from tests.planning import MeetingFactory, VenueFactory, in_days
from tests.portal.meetings.planned import log_of, sent, told_by_mail

pytestmark = pytest.mark.django_db

CHANGED = "enrolments/meeting_changed"


@pytest.fixture
def venue() -> Venue:
    return VenueFactory(name="De Kas", street="Kasweg 1", postal_code="1234 AB", city="Ede")


def type_at(office: Client, venue: Venue, **typed: str) -> None:
    address = f"/beheer/locaties/edit/{venue.pk}/"
    answer = sent(office, address, "street", **typed)
    if answer.status_code == 200:
        assert told() == set()
        answer = told_by_mail(office, address, answer)
        assert answer.redirect_chain == [("/beheer/locaties/", 302)]


def told() -> set[str]:
    return set(Mail.objects.filter(template=CHANGED).values_list("recipient", flat=True))


def test_another_address_is_told_to_who_has_a_place_in_what_is_to_come(
    office: Client, back_office, venue: Venue
):
    coming = MeetingFactory(venue=venue)
    enrol(coming, attendee(1))
    full = MeetingFactory(venue=venue, capacity=1)
    enrol(full, attendee(2))
    enrol(full, attendee(3))  # waits, so nothing stands in a calendar
    enrol(MeetingFactory(), attendee(4))  # elsewhere
    over = MeetingFactory(venue=venue)
    enrol(over, attendee(5))
    Meeting.objects.filter(pk=over.pk).update(state=Meeting.State.HELD)
    type_at(office, venue, street="Tuinlaan 7")

    assert told() == {attendee(1).email, attendee(2).email}
    message = newest_to(attendee(1).email)
    assert "De Kas, Tuinlaan 7, 1234 AB Ede" in text_of(message)
    (calendar,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert "SEQUENCE:1" in calendar.get_payload(decode=True).decode()
    coming.refresh_from_db()
    assert coming.sequence == 1
    (entry,) = log_of(coming)
    assert (entry.action, entry.user, entry.data["fields"]) == (
        "wagtail.edit",
        back_office,
        ["venue"],
    )
    assert [one.user for one in log_of(venue)] == [back_office]


@pytest.mark.parametrize(
    "typed", [{"route": "Ga door de poort."}, {}], ids=["another route", "nothing else"]
)
def test_the_same_address_is_told_to_nobody(office: Client, venue: Venue, typed: dict[str, str]):
    meeting = MeetingFactory(venue=venue)
    enrol(meeting, attendee(1))
    type_at(office, venue, **typed)
    assert told() == set()
    meeting.refresh_from_db()
    assert meeting.sequence == 0


def test_what_was_yesterday_is_told_to_nobody(office: Client, venue: Venue):
    """Nobody has written down yet that it was held."""
    meeting = MeetingFactory(venue=venue)
    enrol(meeting, attendee(1))
    move_to(meeting, days=-1)
    type_at(office, venue, street="Tuinlaan 7")
    assert told() == set()


def move_to(meeting: Meeting, *, days: int) -> None:
    assert meeting.starts_at
    assert meeting.ends_at
    shift = in_days(days) - meeting.starts_at.date()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at + shift, ends_at=meeting.ends_at + shift
    )
