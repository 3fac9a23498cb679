"""Nights in which the clocks change: a session lasts as long as it lasts (Europe/Amsterdam)."""

import datetime as dt

import pytest
from django.utils import translation
from icalendar import Calendar

from portal.meetings import errors
from portal.meetings.calendars import calendar_of
from portal.meetings.models import Meeting, Session
from portal.meetings.wording import when
from tests.planning import MeetingFactory, SessionFactory, at
from tests.portal.meetings.planned import save, session

pytestmark = pytest.mark.either_database

MARCH, OCTOBER = dt.date(2098, 3, 30), dt.date(2098, 10, 26)
# By the day: how long one to four o'clock lasts.
NIGHTS = [(MARCH, 120), (OCTOBER, 240), (dt.date(2098, 5, 12), 180)]


def night(day: dt.date) -> Meeting:
    """A meeting from one to four o'clock."""
    return MeetingFactory(day=day, starts_at=at(day, 1), ends_at=at(day, 4))


@pytest.mark.parametrize(("day", "lasts"), NIGHTS)
def test_minutes_are_those_that_passed_before_and_after_it_is_stored(db, day, lasts: int):
    fresh = Session(starts_at=at(day, 1), ends_at=at(day, 4), break_minutes=15)
    assert fresh.minutes == lasts - 15
    row = SessionFactory(
        meeting=MeetingFactory(), starts_at=at(day, 1), ends_at=at(day, 4), break_minutes=15
    )
    assert Session.objects.get(pk=row.pk).minutes == lasts - 15


@pytest.mark.parametrize(("day", "lasts"), NIGHTS)
def test_a_break_is_measured_against_the_minutes_that_passed(db, day, lasts: int):
    meeting = MeetingFactory()
    too_long = session(day, (1, 0), (4, 0), break_minutes=lasts)
    with pytest.raises(errors.BreakTooLong):
        save(meeting, parts={"sessions": [too_long]})
    fits = session(day, (1, 0), (4, 0), break_minutes=lasts - 1)
    save(meeting, parts={"sessions": [fits]})
    assert meeting.sessions.get().minutes == 1


def test_in_the_hour_that_comes_twice_the_second_time_is_later(db):
    first, second = (at(OCTOBER, 2, 30).replace(fold=fold) for fold in (0, 1))
    meeting = save(MeetingFactory(), parts={"sessions": [session(starts_at=first, ends_at=second)]})
    assert meeting.sessions.get().minutes == 60
    with pytest.raises(errors.SessionEndsBeforeStart):
        save(meeting, parts={"sessions": [session(starts_at=second, ends_at=first)]})


@pytest.mark.parametrize(("day", "lasts"), NIGHTS)
def test_a_calendar_shows_the_clock_and_knows_when_it_changes(db, day, lasts: int):
    file = calendar_of(night(day), language="nl")
    assert f"DTSTART;TZID=Europe/Amsterdam:{day:%Y%m%d}T010000".encode() in file
    assert f"DTEND;TZID=Europe/Amsterdam:{day:%Y%m%d}T040000".encode() in file
    calendar = Calendar.from_ical(file)
    (zone,), (event,) = calendar.walk("VTIMEZONE"), calendar.walk("VEVENT")
    assert zone["TZID"] == "Europe/Amsterdam"
    start, end = (event[name].dt.astimezone(dt.UTC) for name in ("DTSTART", "DTEND"))
    assert end - start == dt.timedelta(minutes=lasts)
    assert start == at(day, 1)
    offsets = {str(part["TZOFFSETTO"].to_ical()) for part in zone.walk() if part is not zone}
    assert offsets == {"+0100", "+0200"}


@pytest.mark.parametrize(("day", "lasts"), NIGHTS)
def test_people_read_the_clock_on_the_wall(db, day, lasts: int):
    meeting = Meeting.objects.get(pk=night(day).pk)
    with translation.override("en"):
        assert when(meeting) == f"{day:%A} {day.day} {day:%B} 2098, 01:00 to 04:00"


def test_of_several_days_people_read_which_they_are(db):
    first, last = OCTOBER - dt.timedelta(days=1), OCTOBER + dt.timedelta(days=1)
    meeting = MeetingFactory(day=first, starts_at=at(first, 13), ends_at=at(last, 17))
    with translation.override("en"):
        assert when(meeting) == "25 to 27 October 2098"
