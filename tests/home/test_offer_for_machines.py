"""Calendar files and the sitemap: what programs ask of the offer."""

import datetime as dt
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar, Event

from home.models import CoursePage
from portal.meetings.models import Meeting
from tests.factories import offer_page
from tests.home.offers import ENGLISH_OFFER, OFFER, address_of, on_offer
from tests.planning import CourseFactory, MeetingFactory, OrganisationFactory, SessionFactory, at

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

# The clocks go back on 31 October 2027.
BEFORE_CHANGE, AFTER_CHANGE = dt.date(2027, 10, 29), dt.date(2027, 11, 1)
NOW = at(dt.date(2027, 10, 1), 9)
FEEDS = [f"{OFFER}agenda.ics", f"{ENGLISH_OFFER}agenda.ics"]


def events_at(visitor: Client, address: str) -> list[Event]:
    response = visitor.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    assert calendar["METHOD"] == "PUBLISH"
    return list(calendar.walk("VEVENT"))


def codes_in(events: list[Event]) -> list[str]:
    return [str(event["URL"]).rstrip("/").rpartition("/")[2] for event in events]


# --- One meeting ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("offer", "title"), [(OFFER, "Fiscaal"), (ENGLISH_OFFER, "Tax")])
def test_a_meeting_goes_into_a_calendar(visitor: Client, offer: str, title: str):
    course = CourseFactory(slug="fiscaal", title="Fiscaal", title_en="Tax")
    meeting = on_offer("nl", "en", course=course, code="fiscaal-1", day=BEFORE_CHANGE)
    address = f"{offer}fiscaal/fiscaal-1.ics"
    (event,) = events_at(visitor, address)
    assert event["SUMMARY"] == title
    assert event["LOCATION"] == meeting.venue.address
    assert event["URL"] == f"http://localhost:8000{address_of(meeting, offer)}"
    assert event.start == at(BEFORE_CHANGE, 13, 30)
    assert event["STATUS"] == "CONFIRMED"
    assert visitor.get(address)["Content-Disposition"] == 'attachment; filename="fiscaal-1.ics"'


def test_each_session_is_an_entry_by_the_clock_of_its_own_day(visitor: Client):
    meeting = on_offer(day=BEFORE_CHANGE)
    start, end = at(AFTER_CHANGE, 13, 30), at(AFTER_CHANGE, 17)
    SessionFactory(meeting=meeting, starts_at=start, ends_at=end)
    events = events_at(visitor, address_of(meeting).rstrip("/") + ".ics")
    assert [event.start.isoformat() for event in events] == [
        "2027-10-29T13:30:00+02:00",
        "2027-11-01T13:30:00+01:00",
    ]
    assert len({event["UID"] for event in events}) == 2


def test_a_cancelled_meeting_says_so_in_a_calendar_for_ever(visitor: Client):
    meeting = on_offer(state="cancelled", day=dt.date(2026, 1, 5))
    (event,) = events_at(visitor, address_of(meeting).rstrip("/") + ".ics")
    assert event["STATUS"] == "CANCELLED"


# --- All of them ---------------------------------------------------------------------------------


@pytest.mark.promise("P17")
@pytest.mark.parametrize("feed", FEEDS)
def test_the_feed_has_what_is_to_come_and_is_public(visitor: Client, feed: str):
    with time_machine.travel(NOW, tick=False):
        for code, day in [("tweede", 20), ("eerste", 10), ("geweest", -1)]:
            on_offer("nl", "en", code=code, day=NOW.date() + dt.timedelta(days=day))
        on_offer("nl", "en", is_listed=False)
        on_offer("nl", "en", format="in-company", client=OrganisationFactory(is_client=True))
        MeetingFactory(code="zonder-pagina")
        assert codes_in(events_at(visitor, feed)) == ["eerste", "tweede"]


@pytest.mark.parametrize(("days_ago", "stays"), [(1, True), (29, True), (31, False)])
def test_the_feed_tells_for_thirty_days_that_a_meeting_is_cancelled(
    visitor: Client, days_ago: int, stays: bool
):
    with time_machine.travel(NOW, tick=False):
        on_offer(code="door", day=BEFORE_CHANGE)
        changed = NOW - dt.timedelta(days=days_ago)
        on_offer(code="weg", state="cancelled", day=AFTER_CHANGE, changed_at=changed)
        events = events_at(visitor, FEEDS[0])
    assert codes_in(events) == (["door", "weg"] if stays else ["door"])
    assert [event["STATUS"] for event in events][1:] == (["CANCELLED"] if stays else [])


def test_an_empty_feed_is_a_calendar(visitor: Client):
    offer_page()
    assert events_at(visitor, FEEDS[0]) == []


@pytest.mark.promise("P17")
def test_the_feed_has_no_link_to_join(visitor: Client):
    on_offer(venue=None, is_online=True, online_link="https://zoom.example/geheim")
    (event,) = events_at(visitor, FEEDS[0])
    assert event["LOCATION"] == "Online"
    assert "geheim" not in visitor.get(FEEDS[0]).text


@pytest.mark.parametrize(
    "address", [f"{OFFER}anders.ics", "/agenda.ics", "/blog/agenda.ics", f"{OFFER}agenda/"]
)
def test_no_other_calendar_exists(visitor: Client, address: str):
    on_offer()
    assert visitor.get(address).status_code == 404


def test_a_calendar_is_the_same_until_a_meeting_changes(visitor: Client):
    """So that what stands between us and a reader may keep it, as it may any public answer."""
    meeting = on_offer()
    first = visitor.get(FEEDS[0])
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2), tick=False):
        later = visitor.get(FEEDS[0])
    assert later.content == first.content
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    Meeting.objects.filter(pk=meeting.pk).update(sequence=1)
    assert visitor.get(FEEDS[0]).content != first.content


@pytest.mark.parametrize("number", [1, 3])
def test_the_feed_costs_the_same_however_long_it_is(
    without_cache: None, visitor: Client, number: int, django_assert_num_queries
):
    for _ in range(number):
        on_offer()
    with django_assert_num_queries(5):
        assert len(events_at(visitor, FEEDS[0])) == number


# --- The sitemap ---------------------------------------------------------------------------------


def sitemap(visitor: Client) -> dict[str, dict[str, str]]:
    """Each address with its translations."""
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ElementTree.fromstring(visitor.get("/sitemap.xml").content)
    links = "{http://www.w3.org/1999/xhtml}link"
    return {
        str(url.findtext("s:loc", namespaces=names)).removeprefix("http://localhost:8000"): {
            str(link.get("hreflang")): str(link.get("href")) for link in url.iter(links)
        }
        for url in root
    }


def test_the_sitemap_names_courses_and_what_is_to_come_of_them(visitor: Client):
    both, dutch = on_offer("nl", "en"), on_offer("nl")
    found = sitemap(visitor)
    for meeting in (both, dutch):
        assert {f"{OFFER}{meeting.course.slug}/", address_of(meeting)} <= set(found)
    english = address_of(both, ENGLISH_OFFER)
    translations = {
        "nl": f"http://localhost:8000{address_of(both)}",
        "en": f"http://localhost:8000{english}",
    }
    assert found[address_of(both)] == found[english] == translations
    assert address_of(dutch, ENGLISH_OFFER) not in found
    assert found[address_of(dutch)] == {}


def test_every_address_in_the_sitemap_is_there(visitor: Client):
    meeting = on_offer("nl", "en")
    on_offer("nl", day=dt.date(2026, 1, 5))
    on_offer("nl", is_listed=False)
    hidden = on_offer("nl")
    CoursePage.objects.get(course=hidden.course).unpublish()
    found = sitemap(visitor)
    assert {visitor.get(address).status_code for address in found} == {200}
    assert [address for address in found if meeting.code in address] == [
        address_of(meeting),
        address_of(meeting, ENGLISH_OFFER),
    ]
    assert sum(len(address.strip("/").split("/")) > 2 for address in found) == 3
