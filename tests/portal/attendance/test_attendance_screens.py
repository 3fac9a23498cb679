"""The staff screens of attendance: in bulk afterwards, corrections, walk-ins, final."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.attendance.models import Mark, WalkIn
from portal.attendance.queries.hours import is_final
from portal.attendance.queries.sheets import Row, sheet_of
from portal.enrolments.models import Enrolment
from portal.enrolments.services import mark_absent
from portal.meetings.models import Meeting
from tests.attended import mark, over_with, places, was_there

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


@pytest.fixture
def meeting() -> Meeting:
    """Held yesterday, with three people of whom nobody is marked."""
    return over_with(3)


@pytest.fixture
def desk(sign_in, back_office: User) -> Client:
    browser: Client = sign_in(back_office)
    return browser


def address(meeting: Meeting, rest: str = "") -> str:
    return f"/beheer/presentie/{meeting.pk}/{rest}"


def text_of(answer) -> str:
    main = BeautifulSoup(answer.content, "lxml").find("main")
    assert main
    return " ".join(main.get_text(" ").split())


def rows_of(meeting: Meeting) -> list[Row]:
    rows = {row.enrolment.pk: row for row in sheet_of(meeting).rows}
    return [rows[place.pk] for place in places(meeting)]


def note(desk: Client, meeting: Meeting, do: str, *people: Enrolment):
    keys = [str(one.pk) for one in people]
    return desk.post(address(meeting), {"people": keys, "do": do})


def test_who_was_there_is_noted_of_many_at_once(desk: Client, meeting: Meeting):
    first, second, third = places(meeting)
    start = meeting.sessions.get().starts_at
    own = mark(second, "in", start, source="self")
    assert note(desk, meeting, "paper", first, second).status_code == 302
    assert note(desk, meeting, "absent", third).status_code == 302
    one, two, three = rows_of(meeting)
    assert [row.cells[0].presence.minutes for row in (one, two)] == [210, 210]
    assert [one.was_there, two.was_there, three.is_absent] == [True, True, True]
    assert not two.is_unconfirmed
    assert Mark.objects.get(supersedes=own).source == "paper"
    assert note(desk, meeting, "whole", first).status_code == 422  # it stood there already
    assert note(desk, meeting, "absent", first).status_code == 422  # the marks say otherwise


def test_what_people_marked_themselves_counts_once_it_is_confirmed(desk: Client, meeting: Meeting):
    first, second, _ = places(meeting)
    session = meeting.sessions.get()
    for place in (first, second):
        mark(place, "in", session.starts_at, source="self")
        mark(place, "out", session.ends_at, source="self")
    assert not rows_of(meeting)[0].was_there
    page = desk.get(address(meeting) + "?toon=zelf").text
    assert "niet bevestigd" in page
    assert f'value="{places(meeting)[2].pk}"' not in page
    assert note(desk, meeting, "confirm", first, second).status_code == 302
    assert all(row.was_there and not row.is_unconfirmed for row in rows_of(meeting)[:2])


@pytest.mark.either_database
def test_who_was_never_signed_out_stayed_until_the_end_once_it_is_said(
    desk: Client, meeting: Meeting
):
    first, second, _ = places(meeting)
    session = meeting.sessions.get()
    mark(first, "in", session.starts_at)
    assert note(desk, meeting, "end", first, second).status_code == 302
    row, untouched, _ = rows_of(meeting)
    assert row.cells[0].presence.stays[0].end == session.ends_at
    assert not untouched.is_decided


def test_a_correction_supersedes_with_a_reason_and_keeps_the_old(
    desk: Client, meeting: Meeting, back_office: User
):
    place = places(meeting)[0]
    session = meeting.sessions.get()
    wrong = mark(place, "in", session.ends_at)
    where = address(meeting, f"persoon/{place.pk}/merk/{wrong.pk}/")
    at = session.starts_at.astimezone().strftime("%Y-%m-%dT%H:%M")
    assert desk.post(where, {"kind": "in", "at": at, "reason": ""}).status_code == 422
    assert desk.post(where, {"kind": "in", "at": at, "reason": "Verkeerde tijd"}).status_code == 302
    new = Mark.objects.get(supersedes=wrong)
    assert (new.at, new.reason, new.by) == (session.starts_at, "Verkeerde tijd", back_office)
    page = text_of(desk.get(address(meeting, f"persoon/{place.pk}/")))
    assert "gecorrigeerd" in page
    assert "Verkeerde tijd" in page
    assert desk.get(where).status_code == 404  # it does not count any more


def test_a_forgotten_mark_is_added_and_one_at_another_time_is_refused(
    desk: Client, meeting: Meeting
):
    place, session = places(meeting)[0], meeting.sessions.get()
    where = address(meeting, f"persoon/{place.pk}/erbij/{session.pk}/")
    at = session.starts_at.astimezone().strftime("%Y-%m-%dT%H:%M")
    assert desk.post(where, {"kind": "in", "at": at, "source": "paper"}).status_code == 302
    later = {"kind": "out", "at": "2031-01-01T10:00", "source": "office"}
    assert desk.post(where, later).status_code == 422
    assert Mark.objects.filter(enrolment=place).count() == 1


# --- Walk-ins ------------------------------------------------------------------------------------


@pytest.fixture
def walk_in(meeting: Meeting) -> WalkIn:
    """Somebody who came without a place, and is marked."""
    row = WalkIn.objects.create(
        meeting=meeting, first_name="Wieke", last_name="van der Kwee", titles="RB"
    )
    for kind, at in (("in", "starts_at"), ("out", "ends_at")):
        session = meeting.sessions.get()
        moment = getattr(session, at)
        Mark.objects.create(session=session, walk_in=row, kind=kind, at=moment, source="door")
    return row


def decide(desk: Client, walk_in: WalkIn, way: str, **data: str):
    where = address(walk_in.meeting, f"inloper/{walk_in.pk}/{way}/")
    assert desk.get(where).status_code == 200
    return desk.post(where, data)


def test_a_walk_in_gets_a_place_and_their_marks_come_along(desk: Client, walk_in: WalkIn):
    mails = Mail.objects.count()
    names = {"first_name": "Wieke", "last_name": "van der Kwee", "email": "wieke@kwee.example"}
    answer = decide(desk, walk_in, "plek", **names)
    assert answer.status_code == 302, text_of(answer)
    walk_in.refresh_from_db()
    place = walk_in.enrolment
    assert place
    assert Mail.objects.count() == mails  # they were there already
    assert (place.full_name, place.titles) == ("Wieke van der Kwee", "RB")
    row = sheet_of(walk_in.meeting).row_of(place.pk)
    assert row
    assert row.was_there


def test_a_walk_in_takes_the_place_of_whom_they_came_for(desk: Client, walk_in: WalkIn):
    old = places(walk_in.meeting)[0]
    data = {"first_name": "Wieke", "last_name": "van der Kwee", "enrolment": str(old.pk)}
    there = mark(old, "in", old.meeting.sessions.get().starts_at)
    answer = decide(desk, walk_in, "vervangt", **data)
    assert answer.status_code == 422, "who was there themselves keeps their place"
    Mark.objects.filter(pk=there.pk).delete()
    answer = decide(desk, walk_in, "vervangt", **data)
    assert answer.status_code == 302, text_of(answer)
    old.refresh_from_db()
    walk_in.refresh_from_db()
    assert old.state == Enrolment.State.CANCELLED
    assert walk_in.enrolment
    assert walk_in.enrolment.booking == old.booking


def test_a_walk_in_stands_on_the_list_or_does_not_count(desk: Client, walk_in: WalkIn):
    assert decide(desk, walk_in, "vervalt", because="").status_code == 422
    place = places(walk_in.meeting)[0]
    assert decide(desk, walk_in, "lijst", enrolment=str(place.pk)).status_code == 302
    row = sheet_of(walk_in.meeting).row_of(place.pk)
    assert row
    assert row.was_there
    gone = address(walk_in.meeting, f"inloper/{walk_in.pk}/vervalt/")
    assert desk.post(gone, {"because": "Dubbel"}).status_code == 404


# --- Final ---------------------------------------------------------------------------------------


@pytest.mark.either_database
def test_what_follows_is_seen_before_attendance_is_final(desk: Client, meeting: Meeting):
    first, second, away = places(meeting)
    where = address(meeting, "definitief/")
    refused = desk.post(where)
    assert refused.status_code == 422
    assert f"{address(meeting)}?toon=onbekend" in refused.text
    was_there(first)
    was_there(second)
    mark_absent(enrolment_ids=[away.pk], was_absent=True, by=None)
    preview = text_of(desk.get(where))
    assert "Waren er (2)" in preview
    assert away.full_name in preview
    assert not is_final(meeting_id=meeting.pk)
    assert desk.post(where).status_code == 302
    assert is_final(meeting_id=meeting.pk)
    assert "Bijeenkomst afronden" in text_of(desk.get(address(meeting)))


@pytest.mark.either_database
def test_once_final_absence_is_refused_with_the_way_to_open_it_again(
    desk: Client, meeting: Meeting
):
    for place in places(meeting):
        was_there(place)
    desk.post(address(meeting, "definitief/"))
    place = places(meeting)[0]
    answer = desk.post(f"/beheer/inschrijvingen/{place.pk}/afwezig/")
    reopen = address(meeting, "heropenen/")
    assert f'href="{reopen}"' in answer.text
    many = {"people": [str(place.pk)], "do": "absent"}
    assert desk.post(f"/beheer/bijeenkomsten/{meeting.pk}/", many).status_code == 422
    assert desk.post(reopen, {"reason": ""}).status_code == 422
    assert desk.post(reopen, {"reason": "Een lijst was zoek"}).status_code == 302
    assert not is_final(meeting_id=meeting.pk)
    assert "Een lijst was zoek" in text_of(desk.get(address(meeting)))


@pytest.mark.either_database
def test_the_list_of_meetings_says_what_waits(desk: Client, meeting: Meeting):
    mark(places(meeting)[0], "in", meeting.sessions.get().starts_at, source="self")
    WalkIn.objects.create(meeting=meeting, last_name="Braam")
    page = text_of(desk.get("/beheer/presentie/"))
    assert "1 inloper" in page
    assert "1 gaf het zelf aan" in page
    assert "0 / 3" in page


def test_a_meeting_costs_the_same_with_more_people(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    counts: list[int] = []
    for number in (1, 3):
        meeting = over_with(number)
        for place in places(meeting):
            was_there(place)
        desk.get(address(meeting))
        with django_assert_num_queries(counts[0] if counts else 20) as seen:
            desk.get(address(meeting))
        counts.append(len(seen))
