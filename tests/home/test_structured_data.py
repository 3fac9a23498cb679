"""What machines read of courses and meetings (schema.org, as Google asks for Course and Event)."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from home.models import CoursePage
from tests.factories import CoursePageFactory, PictureFactory
from tests.home.offers import ENGLISH_OFFER, address_of, on_offer, only, soup_of
from tests.planning import CourseFactory, SessionFactory, SpeakerFactory, at

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

BASE = "http://localhost:8000"
# The clocks go forward on 28 March 2027.
BEFORE_CHANGE, AFTER_CHANGE = dt.date(2027, 3, 26), dt.date(2027, 3, 29)
NOW = at(dt.date(2027, 3, 1), 9)
SCHEMA = "https://schema.org"


@pytest.fixture(autouse=True)
def march(db: None):
    with time_machine.travel(NOW, tick=False):
        yield


def data_on(visitor: Client, address: str) -> dict[str, Any]:
    script = only(soup_of(visitor, address), 'script[type="application/ld+json"]')
    data: dict[str, Any] = json.loads(script.get_text())
    assert data["@context"] == SCHEMA
    return data


def event(visitor: Client, **fields: Any) -> dict[str, Any]:
    meeting = on_offer(**{"day": BEFORE_CHANGE} | fields)
    return data_on(visitor, address_of(meeting))


def assert_nothing_is_empty(value: Any) -> None:
    assert value not in (None, "", [], {})
    for part in value.values() if isinstance(value, dict) else []:
        assert_nothing_is_empty(part)
    for part in value if isinstance(value, list) else []:
        assert_nothing_is_empty(part)


# --- A meeting -----------------------------------------------------------------------------------


def test_a_meeting_is_an_event_with_all_that_search_engines_ask(visitor: Client):
    meeting = on_offer(
        course=CourseFactory(slug="fiscaal", title="Fiscaal"),
        code="fiscaal-1",
        day=BEFORE_CHANGE,
        price=Decimal(195),
        taken=7,
    )
    meeting.speakers.add(SpeakerFactory(name="Sanne Spreker"))
    CoursePage.objects.filter(course=meeting.course).update(picture=PictureFactory())
    address = BASE + address_of(meeting)
    data = data_on(visitor, address_of(meeting))
    image = data.pop("image")
    assert data == {
        "@context": SCHEMA,
        "@type": "EducationEvent",
        "@id": f"{address}#meeting",
        "name": "Fiscaal",
        "description": "Waar deze pagina over gaat.",
        "url": address,
        "startDate": "2027-03-26T13:30:00+01:00",
        "endDate": "2027-03-26T17:00:00+01:00",
        "inLanguage": "nl",
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": meeting.venue.name,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Perenlaan 1",
                    "postalCode": "3511 AB",
                    "addressLocality": "Utrecht",
                    "addressCountry": "NL",
                },
            }
        ],
        "organizer": {
            "@type": "EducationalOrganization",
            "@id": f"{BASE}/#pluc",
            "name": "PLUC!",
            "url": f"{BASE}/",
        },
        "maximumAttendeeCapacity": 12,
        "remainingAttendeeCapacity": 5,
        "offers": {
            "@type": "Offer",
            "url": address,
            "price": "195.00",
            "priceCurrency": "EUR",
            "availabilityEnds": "2027-03-26T00:00:00+01:00",
            "availability": f"{SCHEMA}/InStock",
        },
        "performer": [{"@type": "Person", "name": "Sanne Spreker"}],
    }
    assert visitor.get(image.removeprefix(BASE)).status_code == 200


def test_moments_have_the_offset_of_their_own_day(visitor: Client):
    meeting = on_offer(day=BEFORE_CHANGE, ends_at=at(AFTER_CHANGE, 17))
    data = data_on(visitor, address_of(meeting))
    assert data["startDate"] == "2027-03-26T13:30:00+01:00"
    assert data["endDate"] == "2027-03-29T17:00:00+02:00"


def test_a_full_meeting_is_sold_out(visitor: Client):
    data = event(visitor, taken=12)
    assert data["offers"]["availability"] == f"{SCHEMA}/SoldOut"
    assert data["remainingAttendeeCapacity"] == 0


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"state": "cancelled"}, "EventCancelled"),
        ({"day": dt.date(2027, 2, 1)}, "EventScheduled"),
        ({"day": dt.date(2027, 3, 2), "policy__closing_days": 5}, "EventScheduled"),
    ],
    ids=["cancelled", "past", "closed"],
)
def test_what_nobody_can_enrol_in_offers_nothing(visitor: Client, fields, status: str):
    data = event(visitor, **fields)
    assert data["eventStatus"] == f"{SCHEMA}/{status}"
    assert "offers" not in data


@pytest.mark.promise("P17")
@pytest.mark.parametrize(
    ("in_a_room", "mode", "places"),
    [
        (False, "OnlineEventAttendanceMode", ["VirtualLocation"]),
        (True, "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
    ],
)
def test_what_is_online_leads_to_our_page_and_never_to_the_link(
    visitor: Client, in_a_room: bool, mode: str, places: list[str]
):
    fields = {} if in_a_room else {"venue": None}
    data = event(visitor, is_online=True, online_link="https://zoom.example/geheim", **fields)
    assert data["eventAttendanceMode"] == f"{SCHEMA}/{mode}"
    assert [place["@type"] for place in data["location"]] == places
    assert data["location"][-1]["url"] == data["url"]
    assert "geheim" not in json.dumps(data)


def test_nothing_that_is_unknown_stands_there_empty(visitor: Client):
    meeting = on_offer(venue=None, day=BEFORE_CHANGE)
    CoursePage.objects.filter(course=meeting.course).update(intro="")
    data = data_on(visitor, address_of(meeting))
    assert {"location", "performer", "description", "image"}.isdisjoint(data)
    assert_nothing_is_empty(data)


# --- A course ------------------------------------------------------------------------------------


def test_a_course_has_its_meetings_with_how_long_they_take(visitor: Client):
    page = CoursePageFactory(course=CourseFactory(slug="fiscaal", title="Fiscaal"))
    meeting = on_offer(
        course=page.course, code="een", day=BEFORE_CHANGE, language="en", price=Decimal("95.5")
    )
    start, end = at(AFTER_CHANGE, 9), at(AFTER_CHANGE, 10)
    SessionFactory(meeting=meeting, starts_at=start, ends_at=end, break_minutes=0)
    on_offer(course=page.course, code="twee", day=AFTER_CHANGE, venue=None, is_online=True)
    on_offer(course=page.course, code="weg", day=AFTER_CHANGE, state="cancelled")
    data = data_on(visitor, page.url)
    assert (data["@type"], data["name"], data["url"]) == ("Course", "Fiscaal", BASE + page.url)
    assert data["provider"]["name"] == "PLUC!"
    assert data["description"]
    first, second = data["hasCourseInstance"]
    assert first == {
        "@type": "CourseInstance",
        "courseMode": "onsite",
        "courseWorkload": "PT4H15M",
        "startDate": "2027-03-26T13:30:00+01:00",
        "endDate": "2027-03-26T17:00:00+01:00",
        "inLanguage": "en",
        "url": f"{BASE}{address_of(meeting)}",
    }
    assert (second["courseMode"], second["courseWorkload"]) == ("online", "PT3H15M")
    assert [(one["category"], one["price"]) for one in data["offers"]] == [
        ("Free", "0.00"),
        ("Paid", "95.50"),
    ]


def test_a_course_without_dates_has_nothing_empty(visitor: Client):
    data = data_on(visitor, CoursePageFactory().url)
    assert {"hasCourseInstance", "offers"}.isdisjoint(data)
    assert_nothing_is_empty(data)


def test_the_data_speaks_the_language_of_its_page(visitor: Client):
    course = CourseFactory(slug="fiscaal", title="Fiscaal", title_en="Tax", level="expert")
    meeting = on_offer("nl", "en", course=course, day=BEFORE_CHANGE)
    data = data_on(visitor, address_of(meeting, ENGLISH_OFFER))
    assert (data["name"], data["url"]) == ("Tax", BASE + address_of(meeting, ENGLISH_OFFER))
    assert data_on(visitor, f"{ENGLISH_OFFER}fiscaal/")["inLanguage"] == "en"


def test_what_editors_type_cannot_end_the_script(visitor: Client):
    nasty = '</script><script>alert("&amp;")</script>'
    page = CoursePageFactory(title=nasty, intro=nasty)
    meeting = on_offer(course=page.course, day=BEFORE_CHANGE)
    meeting.speakers.add(SpeakerFactory(name=nasty))
    for address in (page.url, address_of(meeting)):
        assert data_on(visitor, address)["name"] == nasty
        assert not soup_of(visitor, address).select("script:not([src]):not([type])")
