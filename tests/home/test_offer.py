"""The timetable: what stands in it, in what order, and in which language."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from home.models import CoursePage, OfferPage
from home.offer import by_month
from portal.meetings.models import Meeting
from portal.meetings.rows import Row
from tests.factories import home_page, offer_page
from tests.home.offers import (
    ENGLISH_OFFER,
    OFFER,
    address_of,
    meetings_on,
    on_offer,
    only,
    soup_of,
    words,
)
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    MeetingFactory,
    OrganisationFactory,
    RegionFactory,
    VenueFactory,
    at,
    in_days,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

MAY = dt.date(2027, 5, 12)
BEFORE = at(MAY - dt.timedelta(days=40), 9)


# --- A line --------------------------------------------------------------------------------------


@pytest.fixture
def meeting(db: None) -> Meeting:
    """Tax in Utrecht in May: seven of twelve places taken, two schemes."""
    course = CourseFactory(slug="fiscaal", title="Fiscaal & eenvoudig", title_en="Tax & simple")
    meeting = on_offer(
        "nl", "en", course=course, code="fiscaal-1", day=MAY, taken=7, price=Decimal("1195.5")
    )
    AccreditationFactory(meeting=meeting, hours=Decimal("3.50"))
    return meeting


@time_machine.travel(BEFORE, tick=False)
def test_a_line_says_when_what_where_for_how_many_hours_and_euros(
    visitor: Client, meeting: Meeting
):
    line = only(soup_of(visitor, OFFER), ".agenda-row")
    assert only(line, "time")["datetime"] == "2027-05-12"
    assert words(only(line, "h3 a")) == "Fiscaal & eenvoudig"
    assert only(line, "h3 a")["href"] == "/bijeenkomsten/fiscaal/fiscaal-1/"
    for part in ("wo 12 mei", "Utrecht", "13.30 tot 17.00 uur", "3,5 PE-uren", "5", "€ 1.195,50"):
        assert part in words(line)


@time_machine.travel(BEFORE, tick=False)
def test_a_line_is_english_on_the_english_offer(visitor: Client, meeting: Meeting):
    line = only(soup_of(visitor, ENGLISH_OFFER), ".agenda-row")
    assert words(only(line, "h3 a")) == "Tax & simple"
    assert only(line, "h3 a")["href"] == "/en/meetings/fiscaal/fiscaal-1/"
    for part in ("3.5 PE hours", "5 places left", "€ 1,195.50"):
        assert part in words(line)


@pytest.mark.parametrize(
    ("taken", "said", "look"),
    [(0, "12 places left", ""), (9, "3 places left", "few"), (12, "Full, waiting list", "full")],
)
def test_a_line_says_what_is_left(visitor: Client, taken: int, said: str, look: str):
    on_offer("en", taken=taken)
    places = only(soup_of(visitor, ENGLISH_OFFER), ".agenda-row-places")
    assert words(places) == said
    assert (f"agenda-row-{look}" in places["class"]) == bool(look)


def test_a_line_says_that_enrolment_is_closed(visitor: Client):
    on_offer("en", day=in_days(1), policy__closing_days=5)
    assert words(only(soup_of(visitor, ENGLISH_OFFER), ".agenda-row-closed")) == "Enrolment closed"


def test_what_is_online_says_so_and_what_costs_nothing_too(visitor: Client):
    on_offer("en", venue=None, is_online=True, online_link="https://zoom.example/geheim")
    page = visitor.get(ENGLISH_OFFER).text
    assert "Online" in page
    assert "Free" in page
    assert "geheim" not in page


def test_a_partners_meeting_says_with_whom(visitor: Client):
    partner = OrganisationFactory(name="Gilde & Co", is_partner=True)
    on_offer("en", format="partner", partner=partner)
    assert "With Gilde & Co" in words(only(soup_of(visitor, ENGLISH_OFFER), ".agenda-row"))


# --- What stands in it ---------------------------------------------------------------------------


@pytest.mark.each_database
def test_what_is_to_come_stands_in_the_order_of_its_days(visitor: Client):
    for code, day in [("derde", 60), ("eerste", 3), ("tweede", 20)]:
        on_offer(code=code, day=in_days(day))
    assert meetings_on(visitor, OFFER) == ["eerste", "tweede", "derde"]


@pytest.mark.promise("P17")
@pytest.mark.parametrize(
    "fields",
    [
        {"day": in_days(-2)},
        {"day": None},
        {"state": "cancelled"},
        {"is_listed": False},
        {"format": "in-company"},
    ],
    ids=["past", "without a day", "cancelled", "unlisted", "in-company"],
)
def test_what_nobody_can_join_is_not_listed(visitor: Client, fields):
    if fields.get("format") == "in-company":
        fields = fields | {"client": OrganisationFactory(is_client=True)}
    on_offer(code="andere")
    on_offer(**fields)
    assert meetings_on(visitor, OFFER) == ["andere"]
    assert "1" in words(only(soup_of(visitor, OFFER), "#offer"))


@pytest.mark.each_database
def test_a_meeting_is_listed_where_its_course_is_told(visitor: Client):
    on_offer("nl", "en", code="beide")
    on_offer("en", code="engels")
    MeetingFactory(code="geen")
    offer_page()
    assert meetings_on(visitor, OFFER) == ["beide"]
    assert sorted(meetings_on(visitor, ENGLISH_OFFER)) == ["beide", "engels"]


def test_a_meeting_of_a_course_that_is_a_draft_is_nowhere(visitor: Client):
    meeting = on_offer(code="schets")
    CoursePage.objects.get(course=meeting.course).unpublish()
    assert meetings_on(visitor, OFFER) == []
    assert visitor.get(address_of(meeting)).status_code == 404


def test_without_meetings_the_page_says_what_will_stand_there(visitor: Client):
    offer_page()
    soup = soup_of(visitor, OFFER)
    assert only(soup, ".empty-state")
    assert not soup.select(".empty-state a, .agenda-row, .filter")


# --- Months and pages ----------------------------------------------------------------------------


@pytest.mark.each_database
def test_months_are_headings_above_their_meetings(visitor: Client):
    with time_machine.travel(BEFORE, tick=False):
        for code, month in [("mei", 5), ("juni", 6), ("mei-2028", 17)]:
            on_offer(code=code, day=dt.date(2027 + month // 13, month % 12, 20))
        soup = soup_of(visitor, OFFER)
    assert [words(head) for head in soup.select(".offer-month h2")] == [
        "Mei 2027",
        "Juni 2027",
        "Mei 2028",
    ]
    assert [len(month.select(".agenda-row")) for month in soup.select(".offer-month")] == [1, 1, 1]


@pytest.mark.each_database
@given(st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)), max_size=20))
def test_no_line_is_lost_or_moved_by_the_months(days: list[dt.date]):
    empty = dict.fromkeys(Row.__dataclass_fields__, "")
    rows = [Row(**empty | {"date": day}) for day in sorted(days)]
    months = by_month(rows)
    assert [row for month in months for row in month.rows] == rows
    assert all(a.name < b.name for a, b in pairwise(months))
    assert all(f"{row.date:%Y-%m}" == month.name for month in months for row in month.rows)


@pytest.fixture
def many(db: None) -> list[Meeting]:
    """Two more than fit on a page, all PE-cafés."""
    course = CourseFactory()
    size = OfferPage.MEETINGS_A_PAGE + 2
    return [
        on_offer(course=course, code=f"nummer-{number}", day=in_days(number), format="cafe")
        for number in range(5, 5 + size)
    ]


@pytest.mark.each_database
def test_a_long_offer_stands_on_pages(visitor: Client, many: list[Meeting]):
    codes = [meeting.code for meeting in many]
    assert meetings_on(visitor, OFFER) == codes[:-2]
    assert meetings_on(visitor, f"{OFFER}?pagina=2") == codes[-2:]
    for query in ("pagina=9", "page=9", "page=x"):  # the offer shrinks by the day
        soup = soup_of(visitor, f"{OFFER}?{query}&format=open", 404)
        assert soup.select_one(f'main a[href="{OFFER}?format=open"]'), query
    assert meetings_on(visitor, f"{OFFER}?page=2") == codes[-2:]


def test_pages_keep_what_is_chosen(visitor: Client, many: list[Meeting]):
    following = only(soup_of(visitor, f"{OFFER}?format=cafe&language=nl"), 'a[rel="next"]')["href"]
    assert meetings_on(visitor, f"{OFFER}{following}") == [meeting.code for meeting in many[-2:]]
    soup = soup_of(visitor, f"{OFFER}{following}")
    assert {words(chosen)[:7] for chosen in soup.select(".filter [aria-current]")} == {
        "PE-café",
        "Nederla",
    }
    assert "format=cafe" in str(only(soup, 'a[rel="prev"]')["href"])
    assert "pagina" not in str(only(soup, 'a[rel="prev"]')["href"])


# --- The home page -------------------------------------------------------------------------------


def home_rows(visitor: Client, section: str, address: str = "/") -> list[str]:
    links = soup_of(visitor, address).select(f"section[aria-labelledby={section}] .agenda-row a")
    return [str(link["href"]).strip("/").rpartition("/")[2] for link in links]


def test_the_home_page_shows_the_next_three_that_one_can_still_join(visitor: Client):
    on_offer(code="vol", day=in_days(3), taken=12)
    on_offer(code="dicht", day=in_days(4), policy__closing_days=10)
    on_offer("en", code="engels", day=in_days(5))
    for number in range(4):
        on_offer(code=f"open-{number}", day=in_days(10 + number))
    assert home_rows(visitor, "next") == ["open-0", "open-1", "open-2"]
    assert home_rows(visitor, "next", "/en/") == ["engels"]


def test_the_home_page_shows_the_next_cafe_of_each_region(visitor: Client):
    north = RegionFactory(slug="noord", name="Noord", position=1)
    south = RegionFactory(slug="zuid", name="Zuid", position=2)
    on_offer(code="zuid-1", format="cafe", region=south, venue=None, day=in_days(5))
    on_offer(code="noord-2", format="cafe", venue=VenueFactory(region=north), day=in_days(30))
    on_offer(code="noord-1", format="cafe", venue=VenueFactory(region=north), day=in_days(9))
    on_offer(code="geen-cafe", venue=VenueFactory(region=north), day=in_days(6))
    assert home_rows(visitor, "cafes") == ["noord-1", "zuid-1"]
    rows = soup_of(visitor, "/").select("[aria-labelledby=cafes] .agenda-row")
    said = [words(row) for row in rows]
    assert "Noord Utrecht" in said[0]
    assert said[1].count("Zuid") == 1  # the region is the place while there is no venue


def test_the_home_page_without_meetings_has_no_empty_headings(visitor: Client):
    home_page()
    soup = soup_of(visitor, "/")
    assert not soup.select("#next, #cafes, .agenda")


@pytest.mark.parametrize("home", ["/", "/en/"])
def test_every_link_of_the_home_page_to_the_offer_leads_somewhere(visitor: Client, home: str):
    on_offer("nl", "en", format="cafe")
    links = soup_of(visitor, home).select("#content section a")
    assert len(links) >= 4
    assert {visitor.get(str(link["href"])).status_code for link in links} == {200}
