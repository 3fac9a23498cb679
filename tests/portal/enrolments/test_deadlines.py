"""Until when a place may be given up, moved or passed on, by the terms it was taken under."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.enrolments.errors import NoPlace
from portal.enrolments.models import Booking, Enrolment
from portal.enrolments.queries.deadlines import (
    alternatives,
    can_cancel,
    can_move,
    can_substitute,
)
from portal.enrolments.services import move
from portal.meetings.models import Course, Meeting, Policy
from portal.meetings.models.meetings import ZONE
from tests.enrolling import enrol_number
from tests.planning import CourseFactory, MeetingFactory, PolicyFactory, at, in_days

State = Enrolment.State


def place_in(starts_at: datetime | None, *, days: int, price: int = 100, state: str = "enrolled"):
    """A place that is not stored: terms are sums, and ask no database."""
    meeting = Meeting(course=Course(title="Peren"), policy=Policy(), starts_at=starts_at)
    booking = Booking(
        price=Decimal(price), cancelling_days=days, moving_days=days, substituting_days=days
    )
    return Enrolment(meeting=meeting, booking=booking, state=state)


DAYS = st.integers(0, 60)
DATES = st.dates(date(2025, 1, 1), date(2030, 12, 31))
HOURS = st.integers(0, 23)
AGO = st.timedeltas(timedelta(days=-90), timedelta(days=5))


def midnight_after(day: date, days: int) -> datetime:
    """The end of the day that lies so many days before."""
    return datetime.combine(day - timedelta(days=days - 1), time(), tzinfo=ZONE)


# --- Cancelling ----------------------------------------------------------------------------------


@given(day=DATES, hour=HOURS, days=DAYS, ago=AGO)
def test_cancelling_is_free_until_the_terms_day_and_possible_until_it_begins(day, hour, days, ago):
    start = at(day, hour)
    now = start + ago
    terms = can_cancel(place_in(start, days=days), now)
    assert terms.allowed == (now < start)
    if terms.allowed:
        assert terms.is_free == (now < min(midnight_after(day, days), start))


@given(day=DATES, hour=HOURS, days=DAYS, ago=AGO)
def test_what_costs_nothing_is_always_given_up_for_free(day, hour, days, ago):
    start = at(day, hour)
    terms = can_cancel(place_in(start, days=days, price=0), start + ago)
    assert terms.is_free
    assert terms.allowed == (ago < timedelta(0))


@given(state=st.sampled_from(["waiting", "offered"]), days=DAYS, ago=AGO)
def test_the_list_can_always_be_left_for_free(state, days, ago):
    start = at(date(2026, 5, 12), 13)
    place, now = place_in(start, days=days, state=state), start + ago
    place.offered_until = now + timedelta(seconds=1) if state == "offered" else None
    terms = can_cancel(place, now)
    assert (terms.allowed, terms.is_free) == (True, True)


@given(days=DAYS, ago=AGO)
def test_an_offer_that_was_not_taken_in_time_is_nothing_to_give_up(days, ago):
    start = at(date(2026, 5, 12), 13)
    place = place_in(start, days=days, state="offered")
    place.offered_until = start + ago
    assert not can_cancel(place, start + ago).allowed
    assert place.has_missed_offer(start + ago)


@given(state=st.sampled_from(["cancelled", "lapsed"]), days=DAYS, ago=AGO)
def test_what_is_gone_cannot_be_changed(state, days, ago):
    start = at(date(2026, 5, 12), 13)
    place = place_in(start, days=days, state=state)
    for terms in (can_cancel, can_move, can_substitute):
        assert not terms(place, start + ago).allowed


def test_at_the_very_moment_of_the_deadline_cancelling_is_free_no_more():
    start = at(date(2026, 5, 12), 13)
    moment = midnight_after(date(2026, 5, 12), 7)
    assert can_cancel(place_in(start, days=7), moment - timedelta(microseconds=1)).is_free
    assert not can_cancel(place_in(start, days=7), moment).is_free


# --- Moving and passing on -----------------------------------------------------------------------


@given(day=DATES, hour=HOURS, days=DAYS, ago=AGO)
def test_moving_and_passing_on_end_with_the_terms_day_and_never_after_it_begins(
    day, hour, days, ago
):
    start = at(day, hour)
    now = start + ago
    place = place_in(start, days=days)
    until = min(midnight_after(day, days), start)
    for terms in (can_move(place, now), can_substitute(place, now)):
        assert terms.allowed == (now < until)
        assert terms.until == until


def test_each_deed_has_a_number_of_days_of_its_own():
    start = at(date(2026, 5, 12), 13)
    place = place_in(start, days=0)
    place.booking.cancelling_days, place.booking.moving_days = 14, 7
    now = start - timedelta(days=10)
    assert not can_cancel(place, now).is_free
    assert can_move(place, now).allowed
    assert can_substitute(place, start - timedelta(minutes=1)).allowed
    assert not can_move(place, start - timedelta(days=3)).allowed


@pytest.mark.parametrize("day", [date(2026, 3, 30), date(2026, 10, 26)])
def test_a_deadline_is_at_midnight_by_the_clock_also_where_the_clocks_change(day: date):
    until = can_move(place_in(at(day, 13), days=2), at(day, 12) - timedelta(days=9)).until
    assert until is not None
    assert (until.astimezone(ZONE).date(), until.astimezone(ZONE).hour) == (day - timedelta(1), 0)


def test_a_meeting_without_a_day_can_be_cancelled_and_not_moved():
    place = place_in(None, days=7)
    now = timezone.now()
    assert can_cancel(place, now).is_free
    assert not can_move(place, now).allowed


def test_a_place_in_a_cancelled_meeting_is_not_changed():
    start = at(date(2026, 5, 12), 13)
    place = place_in(start, days=1)
    place.meeting.state = Meeting.State.CANCELLED
    for terms in (can_move, can_substitute):
        assert not terms(place, start - timedelta(days=30)).allowed


def test_every_term_says_what_holds():
    start = at(date(2026, 5, 12), 13)
    for ago in (timedelta(days=30), timedelta(days=1), timedelta(0)):
        for price in (0, 100):
            place = place_in(start, days=7, price=price)
            for terms in (can_cancel, can_move, can_substitute):
                assert terms(place, start - ago).sentence.endswith(".")


# --- Other dates ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_other_dates_are_of_the_same_course_at_the_same_price_open_and_with_a_place():
    course = CourseFactory()
    place = enrol_number(MeetingFactory(course=course, price=100), 1)
    later = MeetingFactory(course=course, price=100, day=in_days(90))
    sooner = MeetingFactory(course=course, price=100, day=in_days(60))
    MeetingFactory(price=100)
    MeetingFactory(course=course, price=50, day=in_days(61))
    MeetingFactory(course=course, price=100, day=in_days(62), is_listed=False)
    MeetingFactory(course=course, price=100, day=in_days(63), state="cancelled")
    MeetingFactory(course=course, price=100, day=in_days(-3))
    closed = PolicyFactory(closing_days=20)
    MeetingFactory(course=course, price=100, day=in_days(10), policy=closed)
    enrol_number(MeetingFactory(course=course, price=100, day=in_days(64), capacity=1), 2)
    assert alternatives(place, timezone.now()) == [sooner, later]


@pytest.mark.django_db
@pytest.mark.parametrize("corrected", [0, 80])
def test_who_pays_a_corrected_price_can_still_come_on_another_date(corrected: int):
    """Dates are compared by their price on the site, not by what one person pays."""
    course = CourseFactory()
    place = enrol_number(MeetingFactory(course=course, price=100), 1)
    there = MeetingFactory(course=course, price=100, day=in_days(60))
    dearer = MeetingFactory(course=course, price=corrected, day=in_days(61))
    Booking.objects.update(price=corrected)
    place = Enrolment.objects.select_related("booking", "meeting__policy").get(pk=place.pk)
    assert alternatives(place, timezone.now()) == [there]
    with pytest.raises(NoPlace):
        move(enrolment_id=place.pk, to_meeting_id=dearer.pk, by=None)
    moved = move(enrolment_id=place.pk, to_meeting_id=there.pk, by=None)
    assert moved.meeting_id == there.pk
    assert moved.booking.price == corrected
