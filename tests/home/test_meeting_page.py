"""The page of a course and of its meetings: the facts, the way in or why there is none."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from home.models import CoursePage
from portal.meetings.models import Meeting
from tests.factories import CoursePageFactory, PictureFactory, TermsPageFactory
from tests.home.offers import (
    ENGLISH_OFFER,
    OFFER,
    address_of,
    facts_on,
    meetings_on,
    on_offer,
    only,
    soup_of,
    way_in_on,
    words,
)
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    OrganisationFactory,
    SchemeFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    in_days,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

MAY = dt.date(2027, 5, 12)
BEFORE = at(MAY - dt.timedelta(days=40), 9)


@pytest.fixture
def meeting(db: None) -> Meeting:
    """Tax in May, in the afternoon, in two languages: five places left, two schemes."""
    course = CourseFactory(slug="fiscaal", title="Fiscaal", title_en="Tax", level="expert")
    meeting = on_offer(
        "nl", "en", course=course, code="fiscaal-1", day=MAY, taken=7, price=Decimal(195)
    )
    AccreditationFactory(meeting=meeting, hours=Decimal("3.50"), granted_on=MAY)
    scheme = SchemeFactory(code="RB", name="Belastingadviseurs", name_en="Tax advisers")
    AccreditationFactory(meeting=meeting, scheme=scheme, hours=Decimal(4))
    return meeting


# --- The facts, in every state -------------------------------------------------------------------


@time_machine.travel(BEFORE, tick=False)
def test_the_card_tells_all_that_one_must_know(visitor: Client, meeting: Meeting):
    assert facts_on(visitor, address_of(meeting, ENGLISH_OFFER)) == {
        "When": "Wednesday 12 May 2027 13:30 to 17:00",
        "Where": f"{meeting.venue.name} Perenlaan 1 3511 AB Utrecht",
        "PE hours": "3.5 PE hours (NBA) 4 PE hours (RB, requested)",
        "Price": "€ 195.00, exempt from VAT",
        "Places": "5 places left",
        "Enrol until": "Tuesday 11 May 2027",
        "Level": "Expert",
        "Language": "Dutch",
    }


@time_machine.travel(BEFORE, tick=False)
def test_the_card_speaks_dutch(visitor: Client, meeting: Meeting):
    facts = facts_on(visitor, address_of(meeting))
    assert facts["Wanneer"] == "Woensdag 12 mei 2027 13.30 tot 17.00 uur"
    assert facts["PE-uren"].startswith("3,5 PE-uren (NBA)")
    assert facts["Prijs"] == "€ 195,00, vrijgesteld van btw"


@time_machine.travel(BEFORE, tick=False)
def test_the_terms_stand_on_the_page_with_their_dates_while_one_can_enrol(
    visitor: Client, meeting: Meeting
):
    TermsPageFactory()

    def terms(base: str = OFFER) -> list[str]:
        section = soup_of(visitor, address_of(meeting, base)).select_one("[aria-labelledby=terms]")
        return [one.text for one in section.select("li, p")] if section else []

    assert terms()[0].startswith("Kosteloos annuleren kan tot en met 5 mei; daarna")
    assert terms(ENGLISH_OFFER)[0].startswith("Cancelling is free up to and including 5 May;")
    assert len(terms()) == 6
    assert terms()[-1] == "Verder gelden onze algemene voorwaarden."
    assert len(terms(ENGLISH_OFFER)) == 5, "there is no such page in English yet"
    with time_machine.travel(at(MAY, 9), tick=False):
        assert terms() == [], "enrolment is closed"


@time_machine.travel(BEFORE, tick=False)
def test_the_terms_of_what_is_free_name_no_invoice(visitor: Client):
    free = on_offer("nl", code="gratis", day=MAY)
    section = soup_of(visitor, address_of(free)).select_one("[aria-labelledby=terms]")
    assert "factuur" not in section.text
    assert "betaal" not in section.text


@time_machine.travel(BEFORE, tick=False)
@pytest.mark.parametrize("offer", [OFFER, ENGLISH_OFFER])
def test_one_enrols_by_one_button(visitor: Client, meeting: Meeting, offer: str):
    label, address = way_in_on(visitor, address_of(meeting, offer))
    assert label == ("Enrol" if offer == ENGLISH_OFFER else "Aanmelden")
    prefix = "/en" if offer == ENGLISH_OFFER else ""
    assert address == f"http://localhost:8000{prefix}/mijn/bijeenkomsten/fiscaal-1/aanmelden/"
    assert visitor.get(address).status_code == 200


def test_the_last_places_stand_out(visitor: Client):
    meeting = on_offer("en", taken=10)
    assert facts_on(visitor, address_of(meeting, ENGLISH_OFFER))["Places"] == "2 places left"


def test_a_full_meeting_has_a_waiting_list(visitor: Client):
    address = address_of(on_offer("en", taken=12), ENGLISH_OFFER)
    assert way_in_on(visitor, address)[0] == "Join the waiting list"
    assert facts_on(visitor, address)["Places"] == "Full, waiting list"


WITHOUT_A_WAY_IN = [
    ({"day": in_days(1), "policy__closing_days": 5}, "Enrolment is closed.", True),
    ({"day": in_days(-20)}, "This meeting is over.", False),
    ({"day": in_days(-20), "state": "completed"}, "This meeting is over.", False),
    ({"state": "cancelled"}, "Nobody can enrol any more.", False),
]


@pytest.mark.parametrize(
    ("fields", "note", "has_calendar"),
    WITHOUT_A_WAY_IN,
    ids=["closed", "past", "completed", "cancelled"],
)
def test_without_a_way_in_the_card_says_why(visitor: Client, fields, note: str, has_calendar: bool):
    address = address_of(on_offer("en", **fields), ENGLISH_OFFER)
    soup, facts = soup_of(visitor, address), facts_on(visitor, address)
    assert way_in_on(visitor, address) == ("", "")
    assert not soup.select(".meeting-bar, a[href*=aanmelden]")
    assert note in words(only(soup, ".facts-card"))
    assert {"Places", "Enrol until"}.isdisjoint(facts)
    assert {"When", "Where", "Price"} <= set(facts)
    assert bool(soup.select('.facts-card a[href$=".ics"]')) == has_calendar


def test_a_meeting_that_goes_on_has_begun(visitor: Client):
    meeting = on_offer("en", day=in_days(0))
    with time_machine.travel(at(in_days(0), 14), tick=False):
        card = only(soup_of(visitor, address_of(meeting, ENGLISH_OFFER)), ".facts-card")
    assert "This meeting has begun." in words(card)


@pytest.mark.parametrize("others", [0, 1])
def test_a_cancelled_meeting_points_at_other_dates_where_there_are(visitor: Client, others: int):
    meeting = on_offer("en", state="cancelled", cancelled_because="De zaal is afgebrand")
    for number in range(others):
        on_offer("en", course=meeting.course, day=in_days(40 + number))
    soup = soup_of(visitor, address_of(meeting, ENGLISH_OFFER))
    alert = only(soup, ".meeting-facts .alert-wrong")
    assert "This meeting is cancelled." in words(alert)
    assert [link["href"] for link in alert.select("a")] == ["#dates"] * others
    assert len(soup.select("#dates")) == others
    assert "afgebrand" not in soup.get_text()


@pytest.mark.promise("P17")
@pytest.mark.parametrize("name", ["", ".ics"])
def test_the_link_to_join_is_for_participants(visitor: Client, name: str):
    meeting = on_offer(
        "en",
        venue=None,
        is_online=True,
        online_link="https://zoom.example/geheim",
        practical="Neem je geheim mee.",
    )
    address = address_of(meeting, ENGLISH_OFFER)
    assert facts_on(visitor, address)["Where"] == "Online"
    assert "geheim" not in visitor.get(address.rstrip("/") + name if name else address).text


def test_what_is_in_a_room_and_online_says_both(visitor: Client):
    meeting = on_offer("en", is_online=True, online_link="https://zoom.example/geheim")
    where = facts_on(visitor, address_of(meeting, ENGLISH_OFFER))["Where"]
    assert where.endswith("Utrecht and online")


def test_a_meeting_of_several_days_names_each_in_its_programme(visitor: Client):
    meeting = on_offer("en", day=MAY)
    other = MAY + dt.timedelta(days=7)
    titles = {"title": "Toets", "title_en": "Test"}
    moments = {"starts_at": at(other, 9, 30), "ends_at": at(other, 12)}
    SessionFactory(meeting=meeting, counts=False, **titles, **moments)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=at(other, 12))
    with time_machine.travel(BEFORE, tick=False):
        address = address_of(meeting, ENGLISH_OFFER)
        parts = [words(part) for part in soup_of(visitor, address).select(".programme li")]
        when = facts_on(visitor, address)["When"]
    assert when == "12 and 19 May 2027"
    assert parts[0] == "Wednesday 12 May 2027 13:30 to 17:00 Session 1 15 minutes’ break"
    assert parts[1] == (
        "Wednesday 19 May 2027 09:30 to 12:00 Test 15 minutes’ break counts for no PE hours"
    )


def test_who_speaks_stands_on_the_page(visitor: Client):
    meeting = on_offer("nl", "en")
    speaker = SpeakerFactory(role="Docent", role_en="Teacher", picture=PictureFactory())
    meeting.speakers.add(speaker)
    found = words(only(soup_of(visitor, address_of(meeting, ENGLISH_OFFER)), ".speakers"))
    assert found == f"{speaker.name} Teacher"
    assert only(soup_of(visitor, address_of(meeting)), ".speakers img")["alt"] == ""


# --- Where it stands -----------------------------------------------------------------------------


def not_there(meeting: Meeting) -> list[str]:
    stranger = on_offer(course=CourseFactory(slug="anders"), code="anders-1")
    return [
        f"{OFFER}{meeting.course.slug}/onbekend/",
        f"{OFFER}{meeting.course.slug}/{stranger.code}/",
        f"{OFFER}{meeting.course.slug}/{stranger.code}.ics",
        f"{OFFER}onbekend/{meeting.code}/",
        f"{OFFER}{meeting.code}/",
        f"{address_of(meeting)}meer/",
        f"{address_of(meeting)}meer.ics",
    ]


def test_a_code_is_known_below_its_own_course_alone(visitor: Client, meeting: Meeting):
    for address in not_there(meeting):
        assert visitor.get(address).status_code == 404, address
    assert visitor.get(address_of(meeting)).status_code == 200


@pytest.mark.promise("P17")
@pytest.mark.parametrize("name", ["/", ".ics"])
@pytest.mark.parametrize("fields", [{"format": "in-company"}, {"is_listed": False}, {"day": None}])
def test_what_is_not_public_does_not_exist(visitor: Client, fields, name: str):
    if "format" in fields:
        fields = fields | {"client": OrganisationFactory(is_client=True)}
    meeting = on_offer(**fields)
    assert visitor.get(address_of(meeting).rstrip("/") + name).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_meeting_can_be_read_and_no_more(visitor: Client, meeting: Meeting, method: str):
    response = getattr(visitor, method)(address_of(meeting), headers={"Sec-Fetch-Site": "none"})
    assert response.status_code in (403, 405)


def test_the_page_says_where_it_stands(visitor: Client, meeting: Meeting):
    soup = soup_of(visitor, f"{address_of(meeting)}?partner=onbekend")
    base = "http://localhost:8000"
    assert only(soup, 'link[rel="canonical"]')["href"] == base + address_of(meeting)
    found = {tag["hreflang"]: tag["href"] for tag in soup.select('link[rel="alternate"][hreflang]')}
    assert found == {
        "nl": base + address_of(meeting),
        "en": base + address_of(meeting, ENGLISH_OFFER),
    }
    crumbs = [(words(a), a["href"]) for a in soup.select(".breadcrumbs a")]
    assert crumbs[1:] == [("Bijeenkomsten", OFFER), ("Fiscaal", f"{OFFER}fiscaal/")]
    assert "woensdag 12 mei 2027" in words(only(soup, "head > title"))


def test_the_other_language_shows_the_same_meeting(visitor: Client, meeting: Meeting):
    for offer, code, other in [(OFFER, "en", ENGLISH_OFFER), (ENGLISH_OFFER, "nl", OFFER)]:
        link = only(soup_of(visitor, address_of(meeting, offer)), f'.menu a[hreflang="{code}"]')
        assert link["href"] == address_of(meeting, other)


def test_what_is_told_in_one_language_leads_home_in_the_other(visitor: Client):
    meeting = on_offer("nl")
    soup = soup_of(visitor, address_of(meeting))
    assert only(soup, '.menu a[hreflang="en"]')["href"] == "/en/"
    assert not soup.select('link[hreflang="en"]')
    assert visitor.get(address_of(meeting, ENGLISH_OFFER)).status_code == 404


# --- The course ----------------------------------------------------------------------------------


def test_a_course_shows_its_dates_and_what_editors_tell(visitor: Client):
    page = CoursePageFactory(
        goals=[("goal", "Je rekent het <b>uit</b>.")], audience="Voor wie rekent."
    )
    on_offer(course=page.course, code="later", day=in_days(50))
    on_offer(course=page.course, code="eerder", day=in_days(20))
    on_offer(code="anders")
    soup = soup_of(visitor, page.url)
    assert meetings_on(visitor, page.url) == ["eerder", "later"]
    assert words(only(soup, "h1")) == page.title
    assert words(only(soup, ".goals")) == "Je rekent het <b>uit</b>."
    assert "Voor wie rekent." in soup.get_text()


def test_the_dates_of_a_course_have_names_of_their_own(visitor: Client):
    page = CoursePageFactory()
    on_offer(course=page.course, day=MAY)
    on_offer(course=page.course, day=MAY + dt.timedelta(days=1))
    with time_machine.travel(BEFORE, tick=False):
        names = [words(link) for link in soup_of(visitor, page.url).select(".agenda-row a")]
    assert names == ["Woensdag 12 mei 2027", "Donderdag 13 mei 2027"]


def test_a_course_without_dates_says_so(visitor: Client):
    assert only(soup_of(visitor, CoursePageFactory().url), ".empty-state")


def test_a_meeting_shows_the_other_dates_and_not_itself(visitor: Client, meeting: Meeting):
    on_offer(course=meeting.course, code="ander", day=in_days(30))
    with time_machine.travel(at(in_days(0), 9), tick=False):
        assert meetings_on(visitor, address_of(meeting)) == ["ander"]


def test_a_page_of_a_course_is_found_by_the_short_name_of_the_course(visitor: Client):
    course = CourseFactory(slug="fiscaal")
    page = CoursePageFactory(course=course, slug="iets-anders")
    assert page.url == f"{OFFER}fiscaal/"
    assert CoursePage.objects.get(pk=page.pk).slug == "fiscaal"
    assert visitor.get(f"{OFFER}fiscaal/").status_code == 200
