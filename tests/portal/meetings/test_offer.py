"""The offer: found by what one looks for, counted as one then sees it, and never what is hidden."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.meetings.models import Course, Meeting
from portal.meetings.queries.offer import (
    Facet,
    OfferFilters,
    cafes_by_region,
    facets,
    fitting,
    is_month,
    meetings_of_course,
    next_joinable,
    public_meeting,
)
from portal.meetings.queries.remembered import Line, offer_of, on_offer
from tests.planning import (
    CourseFactory,
    MeetingFactory,
    OrganisationFactory,
    PolicyFactory,
    RegionFactory,
    SubjectFactory,
    at,
    in_days,
)

pytestmark = pytest.mark.django_db
Format, State = Meeting.Format, Meeting.State


def whole_offer(courses: Any = None) -> list[Line]:
    shown = Course.objects.all() if courses is None else courses
    return offer_of(RequestFactory().get("/"), now=timezone.now(), courses=shown)


def found(**filters: str) -> list[Meeting]:
    """The meetings that an address with these filters shows."""
    return [line.meeting for line in fitting(whole_offer(), OfferFilters(**filters))]


def shown_facets(**filters: str) -> dict[str, Facet]:
    return {facet.name: facet for facet in facets(whole_offer(), OfferFilters(**filters))}


def joinable(limit: int = 9, courses: Any = None) -> list[Meeting]:
    return next_joinable(whole_offer(courses), now=timezone.now(), limit=limit)


def on(day: dt.date, hour: int = 13, minute: int = 0, **fields: Any) -> Meeting:
    start = at(day, hour, minute)
    return MeetingFactory(starts_at=start, ends_at=start + dt.timedelta(minutes=20), **fields)


# --- What is on offer ----------------------------------------------------------------------------


def hidden_meetings() -> list[Meeting]:
    """One for each reason not to be on offer."""
    client = OrganisationFactory(is_client=True)
    return [
        MeetingFactory(is_listed=False),
        MeetingFactory(format=Format.IN_COMPANY, client=client),
        MeetingFactory(format=Format.IN_COMPANY, client=client, is_listed=False),
        MeetingFactory(state=State.CANCELLED),
        MeetingFactory(day=in_days(-1)),
        MeetingFactory(day=None),
    ]


def test_what_is_hidden_cancelled_past_or_without_a_day_is_not_on_offer():
    shown, hidden = MeetingFactory(), hidden_meetings()
    now = timezone.now()
    assert found() == [shown]
    assert joinable() == [shown]
    for one in hidden:
        assert not meetings_of_course(course_slug=one.course.slug, now=now).exists()
        assert found(partner=one.partner.slug if one.partner else "-") == []
    counts = {choice.count for facet in shown_facets().values() for choice in facet.choices}
    assert counts == {1}


def test_of_what_one_cannot_join_only_the_public_keeps_its_address():
    unlisted, client, both, cancelled, past, undated = hidden_meetings()
    has_one = [
        public_meeting(course_slug=one.course.slug, code=one.code) is not None
        for one in (unlisted, client, both, undated, cancelled, past)
    ]
    assert has_one == [False, False, False, False, True, True]


def test_the_offer_begins_with_what_is_first():
    late, soon = on(in_days(9)), on(in_days(2))
    same_moment = on(in_days(2))
    assert found() == [soon, same_moment, late]


def test_a_meeting_leaves_the_offer_when_it_begins():
    meeting = MeetingFactory()
    before, after = (meeting.starts_at + dt.timedelta(seconds=n) for n in (-1, 0))
    assert list(on_offer(now=before)) == [meeting]
    assert list(on_offer(now=after)) == []
    assert [meeting.has_begun(moment) for moment in (before, after)] == [False, True]


# --- Filters -------------------------------------------------------------------------------------


def test_each_filter_leaves_what_was_looked_for():
    partner = OrganisationFactory(is_partner=True)
    north = RegionFactory(slug="noord", name="Noord", name_en="North")
    tax = CourseFactory(subject=SubjectFactory(slug="fiscaal", name="Fiscaal"))
    plain = on(dt.date(2099, 2, 3))
    cafe = on(dt.date(2099, 3, 3), format=Format.CAFE, venue=None, region=north)
    english = on(dt.date(2099, 4, 3), language="en", course=tax, venue=None, is_online=True)
    full = on(dt.date(2099, 5, 3), format=Format.PARTNER, partner=partner, capacity=2, taken=2)
    mixed = on(dt.date(2099, 6, 3), is_online=True, region=north)
    assert found(format="cafe") == [cafe]
    assert found(region="noord") == [cafe]  # where it is held counts, once that is known
    assert found(region="midden") == [plain, full, mixed]
    assert found(region="online") == [english, mixed]
    assert found(subject="fiscaal") == [english]
    assert found(month="2099-03") == [cafe]
    assert found(language="en") == [english]
    assert found(places="vrij") == [plain, cafe, english, mixed]
    assert found(partner=partner.slug) == [full]
    assert found(format="cafe", language="en") == []


@pytest.mark.parametrize(
    ("day", "hour", "month"),
    [
        # By the clock in the Netherlands, also where it is another month in UTC.
        (dt.date(2098, 7, 1), 0, "2098-07"),
        (dt.date(2098, 6, 30), 23, "2098-06"),
        (dt.date(2099, 1, 1), 0, "2099-01"),
        (dt.date(2098, 12, 31), 23, "2098-12"),
        (dt.date(2096, 2, 29), 23, "2096-02"),
        (dt.date(2096, 3, 31), 0, "2096-03"),
    ],
)
def test_the_first_and_last_hours_of_a_month_are_in_it(day: dt.date, hour: int, month: str):
    meeting = on(day, hour, 30)
    assert found(month=month) == [meeting]
    (choice,) = shown_facets(month=month)["month"].choices
    assert (choice.value, choice.count, choice.is_chosen) == (month, 1, True)
    first = day.replace(day=1)
    assert found(month=f"{first - dt.timedelta(days=1):%Y-%m}") == []
    assert found(month=f"{first + dt.timedelta(days=31):%Y-%m}") == []


NONE = ["", "x", "2026", "2026-00", "2026-13", "2026-1", "2026-1 ", " 2026-1", "２０２６-12"]
FAR = ["0000-01", "0001-01", "1999-12", "2100-01", "9999-12", "99999-1", "2026-12-01", "-026-01"]


@pytest.mark.either_database
@pytest.mark.parametrize("text", [*NONE, *FAR, "2026-12\n", "2026-12\0", "2026/12", "9" * 5_000])
def test_what_is_no_month_finds_no_month_and_is_dropped_from_an_address(text: str):
    assert not is_month(text)


# --- Addresses -----------------------------------------------------------------------------------

NAMES = ["format", "region", "subject", "month", "language", "places", "partner"]
GARBAGE = ["", "x", "\0", "'; --", "%", "<script>", "é€😀", "9" * 500, "online\0", "-1", "None"]
VALUES = st.one_of(
    st.sampled_from([*GARBAGE, *NONE, *FAR]), st.text(st.characters(exclude_categories=["Cs"]))
)


def query_of(values: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query


@given(values=st.dictionaries(st.sampled_from([*NAMES, "pagina", "q"]), VALUES))
def test_whatever_an_address_holds_the_offer_answers(values: dict[str, str]):
    filters = OfferFilters.from_query(query_of(values))
    offer = whole_offer()
    fitting(offer, filters)
    facets(offer, filters)
    assert OfferFilters.from_query(QueryDict(filters.as_query())) == filters


@pytest.mark.either_database
@pytest.mark.parametrize("name", ["format", "month", "language", "places"])
@pytest.mark.parametrize("value", GARBAGE)
def test_what_cannot_be_chosen_is_dropped_so_that_an_old_link_shows_something(name, value: str):
    meeting = MeetingFactory()
    filters = OfferFilters.from_query(query_of({name: value}))
    assert not filters
    assert found(**vars(filters)) == [meeting]


@pytest.mark.either_database
def test_an_address_holds_what_is_chosen_and_no_more():
    chosen = {"format": "cafe", "month": "2026-12"}
    filters = OfferFilters.from_query(query_of(chosen | {"pagina": "2", "region": ""}))
    assert filters.as_query() == "format=cafe&month=2026-12"
    assert filters
    assert not OfferFilters()


# --- Parts of it ---------------------------------------------------------------------------------


def test_what_is_full_or_closed_is_not_among_what_one_can_join_next():
    closed = MeetingFactory(day=in_days(2), policy=PolicyFactory(closing_days=30))
    full = MeetingFactory(day=in_days(3), capacity=1, taken=1)
    first, second = MeetingFactory(day=in_days(4)), MeetingFactory(day=in_days(5))
    assert joinable(limit=2) == [first, second]
    assert {closed, full} < set(found())
    assert joinable(limit=1, courses=[second.course_id]) == [second]


def test_each_region_shows_its_next_cafe_in_the_order_of_the_regions():
    south = RegionFactory(slug="zuid", name="Zuid", position=2)
    north = RegionFactory(slug="noord", name="Noord", position=1)
    plain = {"format": Format.CAFE, "venue": None}
    later = MeetingFactory(region=south, day=in_days(9), **plain)
    first = MeetingFactory(region=south, day=in_days(3), **plain)
    other = MeetingFactory(region=north, day=in_days(20), **plain)
    MeetingFactory(region=north, day=in_days(1))
    MeetingFactory(day=in_days(1), is_online=True, **plain)
    assert cafes_by_region(whole_offer()) == [other, first]
    assert later in found(format="cafe")
