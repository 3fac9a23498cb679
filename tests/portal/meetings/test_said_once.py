"""Rules that several pages rely on, where they are said: in the room of the meetings."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.utils import timezone, translation

from pluc.language import once_per_language
from portal.meetings.calendars import calendar_answer, summary_of
from portal.meetings.models import Meeting, Region, Speaker, Subject, Venue
from portal.meetings.programme import programme_of
from portal.meetings.rows import Row
from portal.meetings.templatetags.meeting_tags import agenda_row
from portal.meetings.wording import full_place_of, long_date
from tests.planning import MeetingFactory, OrganisationFactory, SessionFactory, at, in_days

DAY = in_days(30)


@pytest.mark.django_db
def test_a_row_is_public_exactly_where_the_query_finds_it():
    client = OrganisationFactory(is_client=True)
    for kind, is_listed in product(Meeting.Format.values, [True, False]):
        MeetingFactory(format=kind, is_listed=is_listed, client=client, partner=client)
    public = set(Meeting.objects.public())
    assert {meeting for meeting in Meeting.objects.all() if meeting.is_public} == public
    assert {meeting.format for meeting in public} == set(Meeting.Format.values) - {"in-company"}


@pytest.mark.django_db
def test_a_row_has_begun_exactly_where_the_query_leaves_it_out():
    now = timezone.now()
    meetings = [MeetingFactory(day=in_days(days)) for days in (-1, 1)]
    undated = MeetingFactory(day=None)
    assert [meeting.has_begun(now) for meeting in (*meetings, undated)] == [True, False, False]
    assert list(Meeting.objects.upcoming(now)) == meetings[1:]
    assert not Meeting.objects.upcoming(meetings[1].starts_at).exists()


@pytest.mark.parametrize(
    ("counts", "is_held", "is_full"),
    [
        ({"taken": 11}, False, False),
        ({"taken": 12}, False, True),
        ({"taken": 12, "held": 1}, True, False),
        ({"taken": 12, "held": 1, "waiting": 1}, False, True),
    ],
)
def test_what_is_only_held_is_not_full(counts: dict[str, int], is_held: bool, is_full: bool):
    meeting = Meeting(capacity=12, **counts)
    assert (meeting.is_held, meeting.is_full) == (is_held, is_full)


# --- In the active language ----------------------------------------------------------------------


@pytest.mark.django_db
def test_a_programme_has_the_titles_of_its_language_and_the_dutch_one_where_there_is_no_other():
    meeting = MeetingFactory(day=DAY, course__title="Fiscaal", course__title_en="Tax")
    meeting.sessions.update(title="Theorie", title_en="Theory")
    other = SessionFactory(
        meeting=meeting, title="Toets", starts_at=at(DAY, 18), ends_at=at(DAY, 19)
    )
    third = SessionFactory(meeting=meeting, title="", starts_at=at(DAY, 20), ends_at=at(DAY, 21))
    told = {}
    for language in ("nl", "en"):
        with translation.override(language):
            programme = [part.title for part in programme_of(meeting)]
            told[language] = (programme, summary_of(meeting, meeting.sessions.first()))
            assert str(other.heading) in summary_of(meeting, other)
            assert summary_of(meeting, third) == str(meeting.course)
    assert told == {
        "nl": (["Theorie", "Toets", "Dagdeel 3"], "Fiscaal: Theorie"),
        "en": (["Theory", "Toets", "Session 3"], "Tax: Theory"),
    }


def test_names_roles_and_routes_are_those_of_the_language():
    named: list[tuple[Any, Callable[[Any], str]]] = [
        (Region(name="Noord", name_en="North"), str),
        (Subject(name="Noord", name_en="North"), str),
        (Venue(route="Noord", route_en="North"), lambda venue: venue.directions),
        (Speaker(role="Noord", role_en="North"), lambda speaker: speaker.introduction),
    ]
    for row, word in named:
        with translation.override("nl"):
            assert word(row) == "Noord"
        with translation.override("en"):
            assert word(row) == "North"
    with translation.override("en"):
        assert Venue(route="Noord").directions == "Noord"


def test_words_are_worked_out_once_per_language_and_never_in_another():
    asked = []

    @once_per_language
    def word(number: int) -> str:
        asked.append(number)
        return f"{translation.get_language()} {number}"

    for _ in range(2):
        for language in ("nl", "en"):
            with translation.override(language):
                assert [word(1), word(2)] == [f"{language} 1", f"{language} 2"]
    assert asked == [1, 2, 1, 2]
    with translation.override("nl"):
        dutch = long_date(DAY)
    with translation.override("en"):
        assert long_date(DAY) != dutch


def test_a_line_shows_each_thing_that_its_row_says():
    said = {
        name: f"{name} 417" for name in Row.__dataclass_fields__ if name not in {"date", "state"}
    }
    html = agenda_row(Row(date=DAY, state="few", **said))
    assert all(text in html.lower() for text in said.values())
    assert "agenda-row-few" in html
    for name in said:
        other = agenda_row(Row(date=DAY, state="few", **said | {name: "iets anders"}))
        assert "iets anders" in other.lower(), name
    assert "&lt;b&gt;" in agenda_row(Row(date=DAY, url="#", title="<b>"))


# --- Places and files ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_full_place_is_the_address_or_what_is_known():
    meeting = MeetingFactory(is_online=True)
    assert full_place_of(meeting) == meeting.venue.address
    meeting.venue = None
    with translation.override("en"):
        assert full_place_of(meeting) == "Online"


def test_a_calendar_is_answered_as_a_file():
    answer = calendar_answer(b"BEGIN:VCALENDAR", "peer-1.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="peer-1.ics"'
