"""The offer as JSON: the same meetings and facts as on the site, and no others."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from home.models import CoursePage, PartnerPage
from pluc import generation
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation
from tests.factories import CoursePageFactory, PartnerPageFactory, PictureFactory
from tests.home.offers import OFFER, address_of, facts_on, meetings_on, on_offer, way_in_on
from tests.planning import (
    AccreditationFactory,
    MeetingFactory,
    OrganisationFactory,
    RegionFactory,
    SpeakerFactory,
    VenueFactory,
    at,
    in_days,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
MEETINGS = "/api/offer/meetings/"


def read(visitor: Client, address: str, status: int = 200) -> Any:
    answer = visitor.get(address.removeprefix("http://localhost:8000"))
    assert answer.status_code == status, (address, answer.text)
    return answer.json()


def codes(visitor: Client, query: str = "") -> list[str]:
    return [one["code"] for one in read(visitor, MEETINGS + query)["items"]]


def told(visitor: Client, meeting: Meeting, status: int = 200) -> Any:
    return read(visitor, f"{MEETINGS}{meeting.code}/", status)


@pytest.fixture
def gilde(db: None) -> Organisation:
    return OrganisationFactory(name="Gilde", slug="gilde", is_partner=True)


@pytest.fixture
def full(gilde: Organisation) -> Meeting:
    """With a row of each kind that its page tells of."""
    meeting = on_offer(
        "nl",
        "en",
        format="partner",
        partner=gilde,
        day=in_days(40),
        price=Decimal("195.00"),
        vat="on top",
        is_online=True,
        online_link="https://online.example/geheim",
        practical="Neem je laptop mee.",
        capacity=9,
    )
    meeting.speakers.add(SpeakerFactory(name="Roos Kers", role_en="Teacher"))
    AccreditationFactory(meeting=meeting, hours=Decimal("3.50"), number="PE-77")
    return meeting


# --- The same as on the site ---------------------------------------------------------------------


def test_a_meeting_tells_what_its_page_tells(visitor: Client, full: Meeting):
    one = told(visitor, full)
    facts = facts_on(visitor, address_of(full))
    assert one["price"] == {
        "amount": "195.00",
        "currency": "EUR",
        "vat": "on top",
        "vat_rate": 21,
        "to_pay": "235.95",
        "text": facts["Prijs"].replace("( ", "("),
    }
    assert one["places"]["left"] == 9
    assert one["places"]["text"].capitalize() == facts["Plekken"]
    assert one["pe_hours"] == [
        {"scheme": "NBA", "hours": "3.50", "is_granted": False, "text": facts["PE-uren"]}
    ]
    assert one["speakers"] == [{"name": "Roos Kers", "role": "Docent verslaggeving"}]
    label, url = way_in_on(visitor, address_of(full))
    assert (one["enrol_text"], one["enrol_url"]) == (label, url)
    assert one["url"] == f"http://localhost:8000{address_of(full)}"
    assert one["partner"] == {"slug": "gilde", "name": "Gilde"}
    assert one["terms"][0].startswith("Kosteloos annuleren kan")
    assert one["starts_at"] == at(in_days(40), 13, 30).isoformat()
    assert [one["sessions"][0]["starts_at"], one["days"]] == [one["starts_at"], full.days]
    assert visitor.get(one["calendar_url"].removeprefix("http://localhost:8000")).status_code == 200
    assert read(visitor, MEETINGS)["items"] == [one], "a list tells the same of each"


def test_an_answer_is_in_the_language_that_was_asked_for(visitor: Client, full: Meeting):
    answer = visitor.get(f"{MEETINGS}{full.code}/?locale=en&partner=gilde")
    one = answer.json()
    assert answer["Content-Language"] == "en"
    assert one["speakers"][0]["role"] == "Teacher"
    assert one["price"]["text"] == "€ 195.00, excluding 21% VAT (€ 235.95 including VAT)"
    assert one["url"].endswith(f"/en/meetings/{full.course.slug}/{full.code}/?partner=gilde")
    assert one["enrol_url"].startswith("http://localhost:8000/en/mijn/")
    assert one["enrol_url"].endswith("?partner=gilde")
    assert read(visitor, f"{MEETINGS}?locale=de", 422)["errors"][0]["where"] == "query.locale"


def test_nothing_private_is_told(visitor: Client, full: Meeting):
    text = json.dumps([told(visitor, full), read(visitor, MEETINGS)])
    for secret in ("geheim", "laptop", "PE-77", "online.example", "capacity", "policy"):
        assert secret not in text, secret


def test_only_what_the_site_shows_is_there(visitor: Client, full: Meeting):
    client = OrganisationFactory(is_client=True)
    hidden = [
        on_offer(is_listed=False),
        on_offer(format="in-company", client=client),
        MeetingFactory(),  # of a course without a page
    ]
    page_draft = on_offer()
    CoursePage.objects.filter(course=page_draft.course).update(live=False)
    over, undated = on_offer(day=in_days(-3)), on_offer(day=None)
    cancelled = on_offer(state=Meeting.State.CANCELLED)
    generation.renew()
    assert codes(visitor) == meetings_on(visitor, OFFER) == [full.code]
    for meeting in [*hidden, page_draft, undated]:
        read(visitor, f"{MEETINGS}{meeting.code}/", 404)
    assert told(visitor, over)["enrol_url"] is None
    assert told(visitor, cancelled)["state"] == "cancelled"
    assert told(visitor, cancelled)["terms"] == []
    missing = read(visitor, f"{MEETINGS}er-is-niets/?locale=en", 404)
    assert missing["detail"] == "There is no such meeting, or none that you may use."


@pytest.mark.each_database
def test_a_course_that_is_not_for_the_api_is_not_in_the_offer(visitor: Client, full: Meeting):
    CoursePage.objects.filter(locale__language_code="nl").update(not_for_api=True)
    PartnerPageFactory(organisation=full.partner, not_for_api=True)
    for language in ("nl", "en"):
        assert codes(visitor, f"?locale={language}") == []
        assert read(visitor, f"/api/offer/courses/?locale={language}")["items"] == []
    assert read(visitor, "/api/offer/partners/")["items"] == []
    told(visitor, full, status=404)
    assert meetings_on(visitor, OFFER) == [full.code], "the site shows it all the same"


FILTERS = [
    *("format=cafe", "region=zuid", "region=online", "subject=verslaggeving", "language=en"),
    *("places=vrij", "partner=gilde", "month={month}"),
]


def test_filters_are_those_of_the_site(visitor: Client, full: Meeting):
    south = VenueFactory(region=RegionFactory(slug="zuid", name="Zuid"))
    on_offer(format="cafe", venue=south, capacity=1, taken=1, day=in_days(75))
    on_offer(language="en", day=in_days(2))
    for query in [one.format(month=f"{in_days(75):%Y-%m}") for one in FILTERS]:
        found = codes(visitor, f"?{query}")
        assert found == meetings_on(visitor, f"{OFFER}?{query}"), query
        assert 0 < len(found) < 4, query


def test_places_are_those_of_the_moment(visitor: Client, full: Meeting):
    assert told(visitor, full)["places"]["left"] == 9
    Meeting.objects.filter(pk=full.pk).update(taken=9)
    assert told(visitor, full)["places"] == {
        "left": 0,
        "state": "full",
        "text": "vol, wachtlijst",
        "closes_at": told(visitor, full)["places"]["closes_at"],
    }
    assert read(visitor, MEETINGS)["items"][0]["places"]["left"] == 0


# --- Lists in pages ------------------------------------------------------------------------------


@pytest.mark.each_database
def test_each_meeting_comes_exactly_once_where_times_tie(visitor: Client):
    day = in_days(30)
    made = [on_offer(day=day, code=f"gelijk-{number}").code for number in range(7)]
    made.append(on_offer(day=in_days(31), code="later").code)
    found, address = [], f"{MEETINGS}?limit=3"
    while address:
        page = read(visitor, address)
        assert page["meta"]["total_count"] == 8
        found += [one["code"] for one in page["items"]]
        address = page["meta"]["next"]
    assert found == made


@pytest.mark.each_database
def test_a_cursor_that_is_none_of_this_list_is_refused(visitor: Client):
    for number in range(3):
        on_offer(code=f"rij-{number}")
    cursor = read(visitor, f"{MEETINGS}?limit=1")["meta"]["next"].partition("cursor=")[2]
    damaged = cursor[:3] + ("A" if cursor[3] != "A" else "B") + cursor[4:]
    for wrong in (damaged, "x", "9" * 25, "é" * 20, f"{cursor}x", ":::"):
        problem = read(visitor, f"{MEETINGS}?cursor={wrong}", 400)
        assert problem["errors"][0]["where"] == "query.cursor", wrong
    read(visitor, f"/api/offer/courses/?cursor={cursor}", 400)
    read(visitor, f"{MEETINGS}?limit=2&cursor={cursor}")
    read(visitor, f"{MEETINGS}?format=open&cursor={cursor}", 400)
    read(visitor, f"{MEETINGS}?locale=en&cursor={cursor}", 400)


def test_twenty_meetings_cost_as_many_queries_as_two(
    visitor: Client, full: Meeting, django_assert_num_queries
):
    for number in range(20):
        meeting = on_offer(code=f"rij-{number}", course=full.course)
        meeting.speakers.add(SpeakerFactory())
        AccreditationFactory(meeting=meeting)
    visitor.get(f"{MEETINGS}?limit=1")  # the part of the limit that this process takes
    for limit in (2, 20):
        generation.forget()
        with django_assert_num_queries(10):  # cold; at most 15
            visitor.get(f"{MEETINGS}?limit={limit}")
        with django_assert_num_queries(2):
            visitor.get(f"{MEETINGS}?limit={limit}")


# --- Courses and partners ------------------------------------------------------------------------


def test_a_course_tells_what_its_page_tells(visitor: Client, full: Meeting):
    page = CoursePage.objects.get(course=full.course, locale__language_code="nl")
    page.goals = [("goal", "Kersen tellen")]
    page.audience = "Wie telt."
    page.save()
    CoursePageFactory(title="Zonder data")
    one = read(visitor, f"/api/offer/courses/{full.course.slug}/")
    assert one["goals"] == ["Kersen tellen"]
    assert (one["audience"], one["meetings"]) == ("Wie telt.", 1)
    assert set(one["translations"]) == {"nl", "en"}
    assert read(visitor, one["meetings_url"])["items"] == [told(visitor, full)]
    assert read(visitor, "/api/offer/courses/")["meta"]["total_count"] == 2
    assert read(visitor, "/api/offer/courses/?partner=gilde")["items"] == [one]
    read(visitor, "/api/offer/courses/geen/", 404)


@pytest.mark.each_database
def test_courses_come_exactly_once_whatever_they_are_called(visitor: Client):
    titles = ["Éclair", "appel", "Zon", "📈" * 150, "会计" * 75, "dubbel", "dubbel"]
    made = {CoursePageFactory(course__title=title).course.slug for title in titles}
    found, address = [], "/api/offer/courses/?limit=1"
    while address:
        page = read(visitor, address)
        found += page["items"]
        address = page["meta"]["next"]
    assert {one["code"] for one in found} == made
    assert len(found) == len(made)
    latin = [one["title"] for one in found if one["title"].isascii() or one["title"] == "Éclair"]
    assert latin == ["appel", "dubbel", "dubbel", "Éclair", "Zon"]


@pytest.mark.each_database
def test_a_partner_tells_what_its_page_tells(visitor: Client, full: Meeting):
    Organisation.objects.update(website="https://gilde.example/", logo=PictureFactory())
    PartnerPageFactory(organisation=full.partner)
    PartnerPageFactory(organisation__name="Concept", live=False)
    (one,) = read(visitor, "/api/offer/partners/")["items"]
    assert (one["slug"], one["website"]) == ("gilde", "https://gilde.example/")
    assert one["logo"]["url"].startswith("http://localhost:8000/media/")
    assert visitor.get(one["url"].removeprefix("http://localhost:8000")).status_code == 200
    assert read(visitor, one["meetings_url"])["items"][0]["code"] == full.code
    Organisation.objects.update(is_partner=False)
    generation.renew()
    assert read(visitor, "/api/offer/partners/")["items"] == []
    assert PartnerPage.objects.count() == 2


# --- What makes no sense -------------------------------------------------------------------------


NONSENSE = [
    "formaat=cafe",
    "format=feest",
    "region=nergens",
    "region=%F0%9F%8D%91",
    "partner=geen",
    "course=geen",
    "month=2026-13",
    "month=" + "9" * 25,
    "limit=0",
    "limit=" + "9" * 25,
    "limit=%D9%A1",
    "limit=1e1",
    "limit=-1",
    "locale=fr",
    "format=cafe&format=open",
    "places=ja",
    "partner=",
    "places=",
    "limit=5&course=",
    "cursor=" + "x" * 2000,
]


def test_what_a_list_does_not_know_is_refused_with_a_sentence(visitor: Client):
    for query in NONSENSE:
        answer = visitor.get(f"{MEETINGS}?{query}")
        problem = answer.json()
        assert answer.status_code in {400, 404, 422}, query
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Cache-Control"] == "no-store"
        assert problem["status"] == answer.status_code
        assert problem["errors"][0]["detail"]


@pytest.mark.each_database
def test_the_clock_of_the_netherlands_holds_across_its_changes(visitor: Client):
    year = timezone.localdate().year + 1
    summer, winter = (on_offer(day=dt.date(year, month, 3)) for month in (7, 12))
    assert told(visitor, summer)["starts_at"] == f"{year}-07-03T13:30:00+02:00"
    assert told(visitor, winter)["starts_at"] == f"{year}-12-03T13:30:00+01:00"
