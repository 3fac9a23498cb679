"""The back office starts its day: what waits, today, this week, and how it goes."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.menu import Menu, SubmenuMenuItem, admin_menu

from portal.accounts.models import User
from portal.desk import figures
from portal.desk.models import Figure
from portal.desk.overview import Overview
from portal.desk.plots import HEAD, HEIGHT, WIDTH, plot_of
from portal.enrolments import services
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import enrol_number
from tests.factories import CoursePageFactory
from tests.planning import (
    ZONE,
    AccreditationFactory,
    MeetingFactory,
    PolicyFactory,
    SpeakerFactory,
    in_days,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
State = Meeting.State


def ready_meeting(**fields) -> Meeting:
    """One that misses nothing."""
    meeting = MeetingFactory(state=State.DEFINITE, **fields)
    meeting.speakers.add(SpeakerFactory())
    AccreditationFactory(meeting=meeting, granted_on=in_days(-30))
    CoursePageFactory(course=meeting.course)
    return meeting


@pytest.fixture
def morning() -> Iterator[None]:
    """Nine o'clock: what is held today has not ended, however late these tests run."""
    with time_machine.travel(datetime.combine(in_days(0), time(9), ZONE)):
        yield


def overview_at(user: User, moment: datetime) -> Overview:
    with time_machine.travel(moment, tick=False):
        return Overview.of(user=user, now=timezone.now())


def codes(lines) -> list[str]:
    return [meeting.code for meeting, _ in lines]


# --- What it shows -------------------------------------------------------------------------------


@pytest.mark.each_database
def test_today_and_this_week_are_told_apart(back_office: User):
    monday = datetime(2026, 11, 23, 8, tzinfo=UTC)
    days = {"today": 23, "sunday": 29, "next-monday": 30}
    for code, day in days.items():
        ready_meeting(code=code, day=monday.date().replace(day=day))
    shown = overview_at(back_office, monday)
    assert codes(shown.today) == ["today"]
    assert codes(shown.this_week) == ["sunday"]


def test_what_is_over_waits_to_be_marked(back_office: User):
    ready_meeting(day=in_days(-1))
    ready_meeting(day=in_days(-2))
    held = ready_meeting(day=in_days(-3))
    Meeting.objects.filter(pk=held.pk).update(state=State.HELD)
    texts = [thing.text for thing in Overview.of(user=back_office, now=timezone.now()).things]
    assert len(texts) == 2
    assert texts[0].startswith("2 ")
    assert texts[1].startswith("1 ")


def test_what_starts_soon_and_misses_something_stands_first(back_office: User):
    ready_meeting(code="ready", day=in_days(9))
    MeetingFactory(code="bare", day=in_days(9))
    MeetingFactory(code="far", day=in_days(40))
    MeetingFactory(code="off", day=in_days(9), state=State.CANCELLED)
    assert codes(Overview.of(user=back_office, now=timezone.now()).unready) == ["bare"]


@pytest.mark.usefixtures("morning")
def test_one_start_screen_shows_each_colleague_what_is_theirs(
    sign_in, back_office: User, editor: User, superuser: User, participant: User
):
    ready_meeting(code="vandaag-1", day=in_days(0))
    shown = {
        "office": sign_in(back_office).get("/beheer/").text,
        "editor": sign_in(editor).get("/beheer/").text,
        "superuser": sign_in(superuser).get("/beheer/").text,
    }
    meetings = {who for who, page in shown.items() if "vandaag-1" in page}
    pages = {who for who, page in shown.items() if "Op de plank" in page}
    assert (meetings, pages) == ({"office", "superuser"}, {"editor", "superuser"})
    assert sign_in(participant).get("/beheer/").status_code == 404
    old = sign_in(back_office).get("/beheer/overzicht/")
    assert (old.status_code, old["Location"]) == (302, "/beheer/")


@pytest.mark.usefixtures("morning")
def test_on_the_day_the_door_attendance_and_lists_are_one_press_away(sign_in, back_office: User):
    meeting = ready_meeting(day=in_days(0))
    MeetingFactory(day=in_days(0), state=State.PLANNED)
    ready_meeting(day=in_days(1))
    page = BeautifulSoup(sign_in(back_office).get("/beheer/").text, "lxml")
    start = f"/beheer/presentie/{meeting.pk}/"
    ways = [link["href"] for link in page.select(".staff-actions a")]
    assert [way for way in ways if "deur" in way or "presentie" in way] == [
        reverse("door", args=[meeting.code]),
        start,
        f"{start}lijsten/",
    ]


def icons_in(menu: Menu, request: HttpRequest) -> Iterator[list[str]]:
    """The icons of a menu, and of each menu in it; Wagtail's own reports and settings are its."""
    items = menu.menu_items_for_request(request)
    yield [item.icon_name for item in items]
    for item in items:
        if isinstance(item, SubmenuMenuItem) and item.name not in {"reports", "settings", "help"}:
            yield from icons_in(item.menu, request)


def test_no_two_entries_of_a_menu_have_the_same_icon(sign_in, superuser: User, rf: RequestFactory):
    sign_in(superuser).get("/beheer/")  # which fills the menu
    request = rf.get("/beheer/")
    request.user = superuser
    for icons in icons_in(admin_menu, request):
        assert len(set(icons)) == len(icons), icons


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("number", [1, 3])
def test_the_screen_costs_the_same_with_more_meetings(
    sign_in, back_office: User, number: int, django_assert_num_queries
):
    for day in range(number):
        ready_meeting(day=in_days(day))
        MeetingFactory(day=in_days(day))
    figures.make_figures()
    browser = sign_in(back_office)
    browser.get("/beheer/")
    with django_assert_num_queries(16):
        browser.get("/beheer/")


# --- Figures -------------------------------------------------------------------------------------


def columns_of(kind: str) -> list[dict]:
    figures.make_figures()
    return Figure.objects.get(kind=kind).columns


@pytest.mark.each_database
def test_meetings_fill_up_by_week():
    meeting = MeetingFactory(capacity=4, day=in_days(40))
    enrol_number(meeting, 1)
    with time_machine.travel(meeting.starts_at - timedelta(days=15)):
        enrol_number(meeting, 2)
    with time_machine.travel(meeting.starts_at - timedelta(days=2)):
        enrol_number(meeting, 3)
    with time_machine.travel(meeting.ends_at + timedelta(days=1)):
        found = {row["label"]: row["bars"][0] for row in columns_of(Figure.Kind.FILLING)}
    assert found == {10: 0, 9: 0, 8: 0, 7: 0, 6: 0, 5: 25, 4: 25, 3: 25, 2: 50, 1: 50, 0: 75}


def test_enrolments_stand_beside_those_of_a_year_before():
    now = datetime(2026, 3, 20, 12, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        meeting = MeetingFactory(day=now.date() + timedelta(days=30), capacity=9)
        made = [enrol_number(meeting, number) for number in range(3)]
        late = datetime(2025, 2, 28, 23, 30, tzinfo=UTC)  # March by then, in the Netherlands
        Enrolment.objects.filter(pk=made[0].pk).update(asked_at=late)
        found = {row["label"]: row["bars"] for row in columns_of(Figure.Kind.ENROLMENTS)}
    assert list(found) == [f"2025-{n:02}" for n in range(4, 13)] + [f"2026-0{n}" for n in (1, 2, 3)]
    assert found["2026-03"] == [1, 2]
    assert found["2026-02"] == [0, 0]


@pytest.mark.each_database
def test_who_did_not_come_is_counted_per_format():
    meeting = MeetingFactory(capacity=4, format="cafe", policy=PolicyFactory(closing_days=0))
    people = [enrol_number(meeting, number) for number in range(4)]
    with time_machine.travel(meeting.ends_at + timedelta(days=1)):
        services.mark_absent(enrolment_ids=[people[0].pk], was_absent=True, by=None)
        assert columns_of(Figure.Kind.ABSENCE) == []
        Meeting.objects.filter(pk=meeting.pk).update(state=State.HELD)
        assert columns_of(Figure.Kind.ABSENCE) == [{"label": "cafe", "bars": [25]}]


@pytest.mark.each_database
def test_counting_twice_is_counting_once():
    figures.make_figures()
    figures.make_figures()
    assert Figure.objects.count() == len(Figure.Kind)


def test_an_empty_house_has_plots_too(sign_in, back_office: User):
    browser = sign_in(back_office)
    assert browser.get("/beheer/").status_code == 200
    figures.make_figures()
    page = BeautifulSoup(browser.get("/beheer/").text, "lxml")
    assert len(page.select("figure svg")) == len(page.select("figure table")) == 3


@pytest.mark.each_database
@given(
    columns=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=12),
)
def test_no_bar_stands_out_of_its_drawing(columns):
    rows = [{"label": "2026-01", "bars": list(bars)} for bars in columns]
    plot = plot_of(Figure(kind=Figure.Kind.ENROLMENTS, columns=rows))
    assert len(plot.bars) == 2 * len(columns)
    for bar in plot.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.2
        assert bar.y >= HEAD - 0.1
        assert abs(bar.y + bar.height - HEAD - HEIGHT) < 0.2
