"""The rules of a place, each said once for a row and once for a query: both say the same."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from portal.enrolments import services
from portal.enrolments.errors import AlreadyEnrolled
from portal.enrolments.models import Booking, Enrolment, Hold
from portal.enrolments.queries.enrolling import live_hold
from portal.enrolments.queries.waiting_list import (
    next_place_in_line,
    place_in_line,
    waiting_list,
)
from portal.enrolments.services.places import crowd_in
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol, enrol_number
from tests.factories import UserFactory
from tests.mails import newest_to, text_of
from tests.planning import MeetingFactory

pytestmark = pytest.mark.django_db

State, Format = Enrolment.State, Meeting.Format
NOW = timezone.now()
SECOND = timedelta(seconds=1)


def set_to(place: Enrolment, **fields: object) -> Enrolment:
    Enrolment.objects.filter(pk=place.pk).update(**fields)
    place.refresh_from_db()
    return place


@pytest.mark.parametrize(
    ("price", "format_", "expected"),
    [(100, Format.OPEN, True), (0, Format.OPEN, False), (100, Format.IN_COMPANY, False)],
)
def test_who_enrols_is_invoiced_for_what_costs_something_and_no_client_pays(
    price: int, format_: str, expected: bool
):
    assert Meeting(price=price, format=format_).is_invoiced is expected


@pytest.mark.parametrize("price", ["0.00", "0.01"])
def test_a_booking_is_invoiced_where_a_place_costs_something(price: str):
    place = enrol_number(MeetingFactory(), 1)
    Booking.objects.update(price=Decimal(price))
    place.booking.refresh_from_db()
    assert place.booking.is_invoiced is (price != "0.00")
    assert Enrolment.objects.invoiced().exists() is place.booking.is_invoiced


def test_an_offer_stands_until_its_moment_and_not_at_it():
    place = enrol_number(MeetingFactory(), 1)
    for until, stands in ((NOW + SECOND, True), (NOW, False), (NOW - SECOND, False)):
        set_to(place, state=State.OFFERED, offered_until=until)
        assert place.has_offer(NOW) is stands
        assert Enrolment.objects.with_offer(NOW).exists() is stands
        assert Enrolment.objects.with_offer_over(NOW).exists() is not stands
    set_to(place, state=State.ENROLLED, offered_until=NOW + SECOND)
    assert not place.has_offer(NOW)
    assert not Enrolment.objects.with_offer(NOW).exists()
    set_to(place, offered_until=NOW)
    assert not Enrolment.objects.with_offer_over(NOW).exists()


def test_who_waits_has_the_number_of_who_asked_before_and_still_waits():
    meeting = MeetingFactory(capacity=2)
    places = [enrol_number(meeting, number) for number in range(1, 7)]
    set_to(places[1], state=State.OFFERED, offered_until=NOW + SECOND)
    set_to(places[3], state=State.CANCELLED)
    elsewhere = MeetingFactory(capacity=1)
    enrol(elsewhere, attendee(8), attendee(9))
    for place in places:
        place.refresh_from_db()
    assert [place_in_line(enrolment=place) for place in places] == [None, None, 1, None, 2, 3]
    assert list(waiting_list(meeting_id=meeting.pk)) == [places[2], places[4], places[5]]
    assert next_place_in_line(meeting_id=meeting.pk) == 4
    assert next_place_in_line(meeting_id=elsewhere.pk) == 2


def test_a_hold_keeps_places_until_its_end_and_not_at_it():
    meeting = MeetingFactory(capacity=5)
    hold = Hold.objects.create(meeting=meeting, places=2, expires_at=NOW)
    for now, held in ((NOW - SECOND, 2), (NOW, 0)):
        assert bool(live_hold(hold_id=hold.pk, meeting=meeting, now=now)) is (held > 0)
        assert Hold.objects.over_at(now).exists() is (held == 0)
        assert crowd_in(meeting, now).held == held
    assert not Hold.objects.exists(), "one that is over is deleted where places are counted"


def test_a_meeting_is_over_at_its_end_and_has_begun_at_its_start():
    place = enrol_number(MeetingFactory(), 1)
    begins, ends = place.meeting.starts_at, place.meeting.ends_at
    assert begins
    assert ends
    rows = Enrolment.objects
    assert rows.not_over(ends - SECOND).exists()
    assert not rows.over(ends - SECOND).exists()
    assert rows.over(ends).exists()
    assert not rows.not_over(ends).exists()
    assert rows.begun(begins).exists()
    assert not rows.begun(begins - SECOND).exists()
    set_to(place, state=State.WAITING)
    assert not rows.over(ends).exists()
    assert not rows.begun(begins).exists()
    assert rows.not_over(begins).exists()


def test_one_name_at_one_mailbox_stands_once_in_a_meeting_while_it_does():
    meeting, other = MeetingFactory(), MeetingFactory()
    place = enrol_number(meeting, 1)
    enrol_number(meeting, 2)
    standing = Enrolment.objects.standing_in(meeting, identity=place.identity)
    for state in State:
        set_to(place, state=state, offered_until=NOW if state == State.OFFERED else None)
        assert list(standing.all()) == ([place] if state in Enrolment.ALIVE else [])
    assert not Enrolment.objects.standing_in(other, identity=place.identity).exists()


def test_the_database_refuses_the_same_person_twice_in_exactly_the_states_that_count():
    constraints = {one.name: one for one in Enrolment._meta.constraints}
    ((_, states),) = constraints["enrolments_once_a_person"].condition.children
    assert {*states} == {*Enrolment.ALIVE}


def test_of_two_at_one_mailbox_the_one_who_is_enrolled_again_is_told():
    meeting = MeetingFactory()
    shared = {"email": "secretaris@kantoor.example", "last_name": "Gast"}
    anna, bram = (attendee(first_name=name, **shared) for name in ("Anna", "Bram"))
    enrol(meeting, anna, bram)
    for who, name in ((bram, "Bram"), (anna, "Anna")):
        enrol(meeting, who)
        assert text_of(newest_to(shared["email"])).startswith(f"Hallo {name},")


def test_how_long_an_offer_stands_is_said_as_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Enrolment, "OFFER_HOURS", 5)
    meeting = MeetingFactory(capacity=1)
    place, waits = enrol_number(meeting, 1), enrol_number(meeting, 2)
    assert "hoogstens 5 uur" in text_of(newest_to(waits.email))
    services.cancel(enrolment_id=place.pk, by=None)
    waits.refresh_from_db()
    assert waits.has_offer(timezone.now() + timedelta(hours=4, minutes=59))
    assert not waits.has_offer(timezone.now() + timedelta(hours=5))


def test_who_signed_in_stands_in_a_meeting_by_login_under_whatever_name():
    meeting, user = MeetingFactory(), UserFactory()
    enrol(meeting, attendee(1), user=user)
    with pytest.raises(AlreadyEnrolled):
        enrol(meeting, attendee(2), user=user)
    assert len(enrol(meeting, attendee(2, is_payer=False), user=user)) == 1, "somebody else may"
