"""Calendar files, read back: what is in them, what changes, and what must never be in them."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar, Component, Event

from portal.meetings.calendars import calendar_of, entry, feed, finished, new_calendar, zone
from portal.meetings.models import Course, Meeting, Session
from portal.meetings.models.meetings import ZONE
from portal.meetings.queries.offer import meetings_for_feed
from portal.meetings.services import cancel_meeting
from tests.planning import (
    CourseFactory,
    MeetingFactory,
    OrganisationFactory,
    SessionFactory,
    at,
    in_days,
)
from tests.portal.meetings.planned import save, session_as_stored

pytestmark = pytest.mark.either_database

LINK = "https://samen.example/geheim"


def events_in(file: bytes) -> list[Event]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def public_entry(meeting: Meeting) -> Event:
    return events_in(calendar_of(meeting, language="nl"))[0]


@pytest.fixture
def online(db: None) -> Meeting:
    """A meeting without a venue, whose link only participants know."""
    return MeetingFactory(venue=None, is_online=True, online_link=LINK)


# --- What is in them -----------------------------------------------------------------------------


def test_each_session_is_an_entry_of_its_own(db):
    meeting = MeetingFactory(course=CourseFactory(title="Jaarrekening", title_en="Accounts"))
    SessionFactory(
        meeting=meeting,
        starts_at=at(in_days(31), 9),
        ends_at=at(in_days(31), 12),
        title="Deel twee",
        title_en="Part two",
    )
    first, second = events_in(calendar_of(meeting, language="nl"))
    assert [first["SUMMARY"], second["SUMMARY"]] == ["Jaarrekening", "Jaarrekening: Deel twee"]
    assert first["LOCATION"] == meeting.venue.address
    assert second["DTSTART"].dt == at(in_days(31), 9)
    english = events_in(calendar_of(meeting, language="en"))
    assert [one["SUMMARY"] for one in english] == ["Accounts", "Accounts: Part two"]
    assert english[0]["UID"] == first["UID"]


def test_an_entry_keeps_its_number_and_counts_its_changes(db):
    meeting = MeetingFactory()
    (before,) = events_in(calendar_of(meeting, language="nl"))
    row = meeting.sessions.get()
    longer = session_as_stored(row, ends_at=at(in_days(30), 18))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        save(meeting, parts={"sessions": [longer]})
    changed = Meeting.objects.get(pk=meeting.pk)
    (after,) = events_in(calendar_of(changed, language="nl"))
    assert before["UID"] == after["UID"] == f"{row.pk}@{settings.MAIL_DOMAIN}"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert after["DTSTAMP"].dt.tzinfo is not None
    assert after["DTSTAMP"].dt.utcoffset() == dt.timedelta(0)


def test_a_cancelled_meeting_says_so_in_the_file_and_in_the_feed(db):
    meeting = MeetingFactory()
    cancel_meeting(meeting_id=meeting.pk, because="Ziek.", by=None)
    cancelled = Meeting.objects.get(pk=meeting.pk)
    fed = feed(meetings_for_feed(now=timezone.now()), language="nl")
    for file in (calendar_of(cancelled, language="nl"), fed):
        assert Calendar.from_ical(file)["METHOD"] == "PUBLISH"
        (event,) = events_in(file)
        assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_the_feed_forgets_a_cancellation_after_a_month_and_a_meeting_once_it_began(db):
    gone = MeetingFactory(day=in_days(60))
    cancel_meeting(meeting_id=gone.pk, because="Ziek.", by=None)
    stays, begun = MeetingFactory(day=in_days(60)), MeetingFactory(day=in_days(10))
    with time_machine.travel(timezone.now() + dt.timedelta(days=29)):
        assert gone in meetings_for_feed(now=timezone.now())
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        shown = set(meetings_for_feed(now=timezone.now()))
    assert shown == {stays}
    assert begun in meetings_for_feed(now=timezone.now())


def test_the_feed_says_how_often_to_ask_again(db):
    calendar = Calendar.from_ical(feed([MeetingFactory()], language="nl"))
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT6H"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in feed([], language="nl")  # RFC 7986
    assert calendar["X-PUBLISHED-TTL"] == "PT6H"
    assert calendar["X-WR-CALNAME"] == settings.PRODUCT
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_what_is_on_offer_nowhere_is_not_in_the_feed(db):
    MeetingFactory(is_listed=False)
    client = OrganisationFactory(is_client=True)
    MeetingFactory(format=Meeting.Format.IN_COMPANY, client=client)
    assert not events_in(feed(meetings_for_feed(now=timezone.now()), language="nl"))


def hour_of(year: int) -> int:
    """The hour at which a year begins, counted from 1970."""
    return int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()) // 3600


HOURS = st.integers(hour_of(1997), hour_of(2060))


def onset_in(year: int, rule: Component) -> dt.datetime:
    """When a rule begins in a year, on its last Sunday."""
    begin, _, month = rule["RRULE"].to_ical().decode().rpartition("=")
    assert begin == "FREQ=YEARLY;BYDAY=-1SU;BYMONTH"
    last = dt.date(year, int(month), 31)
    sunday = last - dt.timedelta(days=last.isoweekday() % 7)
    on_the_wall = dt.datetime.combine(sunday, rule["DTSTART"].dt.time(), tzinfo=dt.UTC)
    return on_the_wall - rule["TZOFFSETFROM"].td


def offset_at(moment: dt.datetime) -> dt.timedelta:
    """What holds after the rule that began last."""
    years, rules = (moment.year - 1, moment.year), zone().subcomponents
    began = {onset_in(year, rule): rule["TZOFFSETTO"].td for year in years for rule in rules}
    offset: dt.timedelta = began[max(onset for onset in began if onset <= moment)]
    return offset


@given(HOURS.map(lambda hour: dt.datetime.fromtimestamp(hour * 3600, dt.UTC)))
@example(dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC))
@example(dt.datetime(2026, 3, 29, 0, 59, 59, tzinfo=dt.UTC))
@example(dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC))
@example(dt.datetime(2026, 10, 25, 0, 59, 59, tzinfo=dt.UTC))
def test_the_two_rules_of_a_file_say_what_the_time_zone_says(moment: dt.datetime):
    """Summer begins at 02.00, winter at 03.00, by the clock that ends (RFC 5545, 3.6.5)."""
    assert offset_at(moment) == moment.astimezone(ZONE).utcoffset()
    rules = {rule.name: rule for rule in zone().subcomponents}
    assert rules["DAYLIGHT"]["DTSTART"].dt.time() == dt.time(2)
    assert rules["STANDARD"]["DTSTART"].dt.time() == dt.time(3)
    assert b"RDATE" not in zone().to_ical()


# --- What only participants may know -------------------------------------------------------------


def test_the_link_to_join_is_in_nothing_public(online: Meeting):
    public = [
        calendar_of(online, language="nl"),
        calendar_of(online, language="en"),
        feed(meetings_for_feed(now=timezone.now()), language="nl"),
    ]
    for file in public:
        assert events_in(file)
        assert b"geheim" not in file.replace(b"\r\n ", b"")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_entry_leads_to_the_public_page_where_there_is_one(db, language: str):
    meeting = MeetingFactory()
    (event,) = events_in(calendar_of(meeting, language=language))
    prefix = "/en/meetings" if language == "en" else "/bijeenkomsten"
    assert event["URL"].endswith(f"{prefix}/{meeting.course.slug}/{meeting.code}/")


def test_an_entry_never_leads_to_a_page_that_is_not_there(db):
    client = OrganisationFactory(is_client=True)
    hidden = [
        MeetingFactory(is_listed=False),
        MeetingFactory(format=Meeting.Format.IN_COMPANY, client=client),
    ]
    assert all("URL" not in event for event in map(public_entry, hidden))


# --- Hostile text --------------------------------------------------------------------------------

HOSTILE = [
    "Titel\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM",
    "Titel\rATTENDEE:mailto:a@b.example",
    "Titel\nEND:VEVENT\nEND:VCALENDAR",
    'Komma, punt;komma: schuine \\ streep en "aanhaling"',
    "NUL\x00 en bel\x07 en \x85 en \u2028",
    "x" * 10_000,
    "é€😀" * 3_000,
]
# Without the backslash: the library that reads it back here takes "\\\\n" for a line break.
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\\")
TEXT = st.text(SIGNS, min_size=1, max_size=200)


def file_with(title: str) -> bytes:
    """A file of a meeting with this title everywhere; none of it is stored."""
    start = at(dt.date(2026, 5, 12), 13)
    meeting = Meeting(course=Course(title=title, slug="cursus"), code="code", starts_at=start)
    row = Session(title=title, starts_at=start, ends_at=start + dt.timedelta(hours=2))
    calendar = new_calendar("PUBLISH")
    calendar.add_component(entry(meeting, row, language="nl"))
    return finished(calendar)


def assert_is_one_entry(file: bytes) -> Event:
    """One entry with nothing in it that we did not put there, in lines as RFC 5545 wants them."""
    calendar = Calendar.from_ical(file)
    assert [part.name for part in calendar.subcomponents] == ["VEVENT", "VTIMEZONE"]
    event = calendar.subcomponents[0]
    assert event.subcomponents == []
    assert event.errors == []
    lines = file.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(byte < 32 and byte != 9 for line in lines for byte in line)
    return event


PLAIN = {
    "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "STATUS", "SUMMARY",
    "LOCATION", "URL",
}  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_a_title(title: str):
    event = assert_is_one_entry(file_with(title))
    assert set(event) == PLAIN
    both = f"{title}: {title}".translate(dict.fromkeys([0, 7, 0x85], " "))
    assert event["SUMMARY"] == " ".join(both.split())


@given(title=TEXT)
def test_whatever_the_title_it_is_read_back_on_one_line(title: str):
    event = assert_is_one_entry(file_with(title))
    assert set(event) == PLAIN
    assert "\n" not in event["SUMMARY"]
    letters = [sign for sign in title if sign.isalnum()]
    assert [sign for sign in event["SUMMARY"] if sign.isalnum()] == letters * 2
