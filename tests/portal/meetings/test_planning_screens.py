"""The planning in the staff screens: the list, the calendar, and who sees neither."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from portal.meetings.forms.days import month_from
from portal.meetings.models import Meeting
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    MeetingFactory,
    OrganisationFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    in_days,
)
from tests.portal.meetings.planned import soup_of

pytestmark = pytest.mark.django_db
PLANNING, CALENDAR = "/beheer/bijeenkomsten/", "/beheer/bijeenkomsten/kalender/"
State = Meeting.State


def codes_on(answer: Any) -> list[str]:
    """The meetings in the list, in their order: first those without a day."""
    assert answer.status_code == 200
    return [meeting.code for meeting, _ in [*answer.context["undated"], *answer.context["lines"]]]


def whole(number: int, **fields: Any) -> Meeting:
    """A meeting with everything that a line can show."""
    organisation = OrganisationFactory()
    meeting = MeetingFactory(
        day=in_days(10 + number), client=organisation, partner=organisation, **fields
    )
    SessionFactory(
        meeting=meeting, starts_at=at(in_days(50), 9), ends_at=at(in_days(50 + number), 12)
    )
    AccreditationFactory(meeting=meeting)
    meeting.speakers.add(SpeakerFactory())
    return meeting


# --- The list ------------------------------------------------------------------------------------


@pytest.mark.either_database
def test_a_line_shows_what_where_how_full_and_what_is_next(office: Client):
    meeting = MeetingFactory(course=CourseFactory(title="Peren tellen"), capacity=12, taken=5)
    answer = office.get(PLANNING)
    (line,) = soup_of(answer).select("main table tbody tr")
    text = " ".join(line.text.split())
    for part in ("Peren tellen", meeting.code, "Utrecht", "5 / 12"):
        assert part in text
    assert answer.context["lines"][0][1] in text
    assert line.select_one("a")["href"] == f"{PLANNING}{meeting.pk}/"
    assert line.select_one("meter")["aria-label"]


def test_the_list_begins_with_what_has_no_day_and_goes_on_with_what_is_first(office: Client):
    MeetingFactory(day=in_days(9), code="later")
    MeetingFactory(day=in_days(2), code="eerst")
    MeetingFactory(day=in_days(-2), code="geweest")
    MeetingFactory(day=in_days(-9), code="lang-geleden")
    MeetingFactory(day=None, code="ooit")
    assert codes_on(office.get(PLANNING)) == ["ooit", "eerst", "later"]
    assert codes_on(office.get(f"{PLANNING}?period=past")) == ["geweest", "lang-geleden"]
    everything = codes_on(office.get(f"{PLANNING}?period=all"))
    assert everything == ["ooit", "lang-geleden", "geweest", "eerst", "later"]


def test_filters_hold_for_what_has_no_day_too(office: Client):
    MeetingFactory(code="peer", state=State.DEFINITE)
    MeetingFactory(code="pruim", format=Meeting.Format.CAFE)
    MeetingFactory(code="ooit-peer", day=None)
    MeetingFactory(code="weg", day=None, state=State.CANCELLED)
    assert codes_on(office.get(f"{PLANNING}?q=peer")) == ["ooit-peer", "peer"]
    assert codes_on(office.get(f"{PLANNING}?state=definite")) == ["peer"]
    assert codes_on(office.get(f"{PLANNING}?format=cafe")) == ["pruim"]
    assert codes_on(office.get(f"{PLANNING}?state=cancelled")) == ["weg"]
    assert codes_on(office.get(f"{PLANNING}?q=niets")) == []


def test_a_cursor_at_what_has_no_day_begins_again(office: Client):
    MeetingFactory(code="peer")
    undated = MeetingFactory(code="ooit", day=None)
    assert codes_on(office.get(f"{PLANNING}?after={undated.pk}")) == ["ooit", "peer"]


@pytest.mark.either_database
def test_an_empty_list_says_what_to_do(office: Client):
    answer = office.get(PLANNING)
    assert not soup_of(answer).select("main table")
    assert "No meetings here. Plan one, or choose other filters." in answer.text
    assert soup_of(answer).select_one(f'a[href="{PLANNING}nieuw/"]')


@pytest.mark.parametrize("period", ["", "past", "all"])
def test_pages_by_key_show_every_meeting_once_also_where_they_begin_together(
    office: Client, period: str, monkeypatch
):
    monkeypatch.setattr("portal.meetings.staff_views.looking.A_PAGE", 2)
    day = in_days(-5 if period == "past" else 5)
    wanted = [MeetingFactory(day=day, code=f"m-{number}").code for number in range(5)]
    seen: list[str] = []
    address = f"{PLANNING}?period={period}"
    for _ in range(3):
        answer = office.get(address)
        seen += codes_on(answer)
        address = (
            f"{PLANNING}?{urlencode({'period': period, 'after': answer.context['shown'].next})}"
        )
    assert sorted(seen) == wanted
    assert seen == sorted(seen, reverse=period == "past")
    assert answer.context["shown"].next == ""


def test_the_next_page_keeps_the_filters_and_what_has_no_day_stands_on_the_first(
    office: Client, monkeypatch
):
    monkeypatch.setattr("portal.meetings.staff_views.looking.A_PAGE", 1)
    MeetingFactory(day=None, code="peer-ooit")
    for number in (1, 2):
        MeetingFactory(day=in_days(number), code=f"peer-{number}")
    first = office.get(f"{PLANNING}?q=peer")
    assert codes_on(first) == ["peer-ooit", "peer-1"]
    more = soup_of(first).find("a", string="More") or soup_of(first).select('a[href*="after="]')[-1]
    assert "q=peer" in more["href"]
    assert codes_on(office.get(f"{PLANNING}{more['href']}")) == ["peer-2"]


GARBAGE = ["x", "\0", "-1", "9" * 500, "1e5", "é", "' OR 1=1 --", "<script>alert(1)</script>"]


@pytest.mark.parametrize("name", ["period", "state", "format", "q", "after", "onbekend"])
def test_whatever_an_address_holds_the_list_answers(office: Client, name: str):
    MeetingFactory()
    for value in GARBAGE:
        answer = office.get(f"{PLANNING}?{urlencode({name: value})}")
        # A place in the list that is none is told; a NUL is left out, as if nothing was asked.
        expected = 404 if name == "after" and value != "\0" else 200
        assert answer.status_code == expected, value
        assert "<script>alert" not in answer.text, value


@pytest.mark.either_database
def test_hostile_text_is_shown_as_text(office: Client):
    evil = '<script>alert("x")</script>'
    MeetingFactory(
        course=CourseFactory(title=evil, title_en=evil), client=OrganisationFactory(name=evil)
    )
    for address in (PLANNING, f"{CALENDAR}?maand={in_days(30):%Y-%m}"):
        answer = office.get(address)
        assert "alert" in answer.text
        assert evil not in answer.text


@pytest.mark.either_database
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_as_many_queries_for_one_as_for_three(office_at_work: Client, number: int):
    for one in range(number):
        whole(one)
        MeetingFactory(day=None)
    with CaptureQueriesContext(connection) as queries:
        assert len(codes_on(office_at_work.get(PLANNING))) == 2 * number
    assert len(queries) == 13


# --- The calendar --------------------------------------------------------------------------------


def days_of(answer: Any) -> dict[dt.date, list[str]]:
    """The codes in each square that has any."""
    squares = [square for week in answer.context["weeks"] for square in week]
    return {day: [one.code for one in found] for day, _, found in squares if found}


@pytest.mark.either_database
def test_the_calendar_shows_a_meeting_on_each_of_its_days_once(office: Client):
    day = dt.date(2098, 7, 1)
    meeting = MeetingFactory(starts_at=at(day, 0, 30), ends_at=at(day, 2), code="zomer")
    for later in (0, 1):
        on = day + dt.timedelta(days=later)
        SessionFactory(meeting=meeting, starts_at=at(on, 9), ends_at=at(on, 12))
    answer = office.get(f"{CALENDAR}?maand=2098-07")
    assert days_of(answer) == {day: ["zomer"], day + dt.timedelta(days=1): ["zomer"]}
    assert f'href="{PLANNING}{meeting.pk}/"' in answer.text
    links = {link["href"] for link in soup_of(answer).select('a[href^="?maand="]')}
    assert links == {"?maand=2098-06", "?maand=2098-08"}


@pytest.mark.either_database
def test_a_cancelled_meeting_says_so_in_the_calendar(office: Client):
    meeting = MeetingFactory(state=State.CANCELLED)
    answer = office.get(f"{CALENDAR}?maand={meeting.starts_on:%Y-%m}")
    (square,) = [cell for cell in soup_of(answer).select("td") if cell.select("a")]
    assert square.text.split()[-1] == "cancelled"
    assert "0 / 12" not in answer.text


NO_MONTH = ["x", "2026-13", "0001-01", "9999-12", "1999-12", "2100-01", "9" * 500]


@pytest.mark.parametrize("month", NO_MONTH)
def test_what_is_no_month_is_told_with_the_way_to_this_month(office: Client, month: str):
    answer = office.get(f"{CALENDAR}?{urlencode({'maand': month})}")
    assert answer.status_code == 404
    assert soup_of(answer).select_one(f'main a[href="{CALENDAR}"]')


def test_without_a_month_it_is_this_one(office: Client):
    answer = office.get(f"{CALENDAR}?utm_source=brief")
    assert answer.context["today"] in [day for week in answer.context["weeks"] for day, *_ in week]


def test_this_month_is_that_of_the_netherlands():
    with time_machine.travel(dt.datetime(2098, 6, 30, 22, 30, tzinfo=dt.UTC), tick=False):
        assert month_from("") == dt.date(2098, 7, 1)


@pytest.mark.either_database
@pytest.mark.parametrize("number", [1, 3])
def test_the_calendar_costs_as_many_queries_for_one_as_for_three(
    office_at_work: Client, number: int
):
    for one in range(number):
        whole(one)
    with CaptureQueriesContext(connection) as queries:
        office_at_work.get(f"{CALENDAR}?maand={in_days(12):%Y-%m}")
    assert len(queries) == 11


# --- Who sees nothing ----------------------------------------------------------------------------


@pytest.mark.either_database
@pytest.mark.promise("P17")
@pytest.mark.parametrize(
    "role", ["participant", "colleague", "speaker", "contact", "outsider", "editor", "writer"]
)
def test_who_is_no_back_office_sees_and_changes_nothing(sign_in, request, role: str):
    meeting = MeetingFactory(course=CourseFactory(title="Peren tellen"), code="geheim")
    browser = sign_in(request.getfixturevalue(role))
    own = f"{PLANNING}{meeting.pk}/"
    screens = [PLANNING, CALENDAR, f"{PLANNING}nieuw/", own]
    screens += [f"{own}{step}/" for step in ("wijzigen", "kopie", "annuleren", "stap")]
    expected = 302 if role in {"editor", "writer"} else 404
    for address in screens:
        for answer in (
            browser.get(address),
            browser.post(address, {"because": "x", "state": "definite"}),
        ):
            assert answer.status_code in {expected, 405}
            assert "Peren tellen" not in answer.text
    meeting.refresh_from_db()
    assert (meeting.state, Meeting.objects.count()) == (State.PLANNED, 1)
    assert not ModelLogEntry.objects.exists()
