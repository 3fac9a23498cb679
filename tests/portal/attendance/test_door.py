"""The door of a meeting: who may stand there, what it shows, and what a phone sends."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from portal.accounts.browser_names import browser_name
from portal.accounts.models import User
from portal.attendance.models import AttendanceStep, Mark, WalkIn
from portal.attendance.queries.door import people_at
from portal.attendance.queries.sheets import sheet_of
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.wording import clock
from tests.enrolling import attendee
from tests.legal.browsers import SAME_ORIGIN
from tests.portal.attendance.doors import (
    door,
    mark,
    meeting_now,
    milliseconds,
    places,
    put_at,
    send,
    session_of,
    speaks,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
SignIn = Callable[[User], Client]


@pytest.fixture
def meeting(db: None) -> Meeting:
    return meeting_now()


def press(page: str, label: str, name: str) -> str:
    """The value of a button, by what it says and of whom."""
    found = re.search(rf'value="([^"]+)"[^>]*aria-label="{label}: {name}"', page)
    assert found, f"no button {label} of {name}"
    return found[1]


# --- Who ----------------------------------------------------------------------------------------


def addresses(meeting: Meeting) -> list[str]:
    session = session_of(meeting).pk
    return [
        *(door(meeting), door(meeting, "door_marks")),
        reverse("check_in_room", args=[session]),
        reverse("check_in_room_now", args=[session]),
    ]


@pytest.mark.promise("P14")
def test_a_speaker_stands_at_the_door_of_their_own_meetings_on_their_days(
    meeting: Meeting, speaker: User, sign_in: SignIn
) -> None:
    browser = sign_in(speaker)

    def statuses() -> set[int]:
        return {browser.get(address).status_code for address in addresses(meeting)}

    assert statuses() == {404}
    speaks(speaker, meeting)
    assert statuses() == {200}
    now = timezone.now()
    for start, expected in (
        (now + dt.timedelta(days=15), 404),
        (now + dt.timedelta(days=13), 200),
        (now - dt.timedelta(days=29), 200),
        (now - dt.timedelta(days=32), 404),
    ):
        put_at(meeting, start)
        assert statuses() == {expected}
    speaker.groups.clear()  # without their room they need no second step, so see nobody
    put_at(meeting, now)
    assert {sign_in(speaker).get(address).status_code for address in addresses(meeting)} == {404}


@pytest.mark.promise("P13")
def test_for_others_there_is_no_door(
    meeting: Meeting, participant: User, contact: User, back_office: User, sign_in: SignIn
) -> None:
    """Not for whoever has a place in it either."""
    Enrolment.objects.filter(pk=places(meeting)[0].pk).update(person=participant.person)
    for user, expected in ((participant, 404), (contact, 404), (back_office, 200)):
        browser = sign_in(user)
        assert {browser.get(one).status_code for one in addresses(meeting)} == {expected}
    for address in (door(meeting), door(meeting, "door_walk_in"), door(meeting, "door_marks")):
        browser = sign_in(participant)
        assert browser.post(address, {"mark": "in"}, headers=SAME_ORIGIN).status_code == 404
    other = meeting_now()
    wrong = reverse("door_session", args=[other.code, session_of(meeting).pk])
    assert sign_in(back_office).get(wrong).status_code == 404


@pytest.mark.promise("P05")
def test_the_list_holds_name_organisation_and_title_and_nothing_else(
    back_office: User, sign_in: SignIn
) -> None:
    who = {
        "organisation": "Perenhof",
        "titles": "RA",
        "first_name": "Saar",
        "last_name": "de Vries",
    }
    meeting = meeting_now(1, attendee(7, email="geheim@kantoor.example", **who))
    page = sign_in(back_office).get(door(meeting)).text
    for told in ("Saar de Vries", "RA · Perenhof"):
        assert told in page
    assert "geheim" not in page
    assert "kantoor.example" not in page


@pytest.mark.promise("P14")
def test_a_speaker_marks_nobody_of_another_meeting(
    meeting: Meeting, speaker: User, sign_in: SignIn
) -> None:
    """Not by the address of their own meeting, with a session of the other one either."""
    speaks(speaker, meeting)
    other, browser = meeting_now(), sign_in(speaker)
    body = {"account": browser_name(speaker), "sent": milliseconds(), "marks": []}
    for code in (meeting.code, other.code):
        address = reverse("door_marks", args=[code, session_of(other).pk])
        sent = body | {"marks": [mark(places(other)[0])]}
        answer = browser.post(address, sent, content_type="application/json")
        assert (answer.status_code, browser.get(address).status_code) == (404, 404)
    assert not Mark.objects.exists()


# --- Plain forms ---------------------------------------------------------------------------------


def test_a_press_marks_and_can_be_undone_without_javascript(
    meeting: Meeting, back_office: User, sign_in: SignIn
) -> None:
    browser = sign_in(back_office)
    who = places(meeting)[0]

    def page() -> str:
        return browser.get(door(meeting)).text

    value = press(page(), "In", who.full_name)
    for _ in range(2):
        answer = browser.post(door(meeting), {"mark": value})
        assert answer["Location"].endswith(f"#p{who.pk.hex}")
    assert [(row.kind, row.source, row.by) for row in Mark.objects.all()] == [
        ("in", "door", back_office)
    ]
    assert '<strong id="door-number">1</strong>' in page()
    press(page(), "Uit", who.full_name)
    browser.post(door(meeting), {"mark": press(page(), "Ongedaan maken", who.full_name)})
    assert '<strong id="door-number">0</strong>' in page()
    assert browser.get(door(meeting) + f"?mark={value}").status_code == 200
    for wrong in ("", "in", "\x00", "in.e.x.y.-", f"{value}.", f"sideways{value}"):
        assert browser.post(door(meeting), {"mark": wrong}).status_code == 302
    assert Mark.objects.count() == 2


def test_a_walk_in_is_added_once_with_whom_they_came_for(
    meeting: Meeting, back_office: User, sign_in: SignIn
) -> None:
    browser, away = sign_in(back_office), places(meeting)[0]
    number = str(uuid.uuid4())
    typed = {"number": number, "name": "Inge van der Loop", "instead_of": str(away.pk)}
    address = door(meeting, "door_walk_in")
    for _ in range(2):
        assert browser.post(address, typed).status_code == 302
    row = WalkIn.objects.get()
    assert (row.first_name, row.last_name, row.instead_of) == ("Inge", "van der Loop", away)
    assert Mark.objects.get().walk_in == row
    page = browser.get(door(meeting)).text
    press(page, "Uit", "Inge van der Loop")
    for wrong in (
        {"name": ""},
        {"name": "a" * 101},
        {"name": "Inge\u202eLoop"},
        {"number": "1"},
        {"instead_of": str(uuid.uuid4())},
    ):
        fresh = typed | {"number": str(uuid.uuid4())} | wrong
        assert browser.post(address, fresh).status_code == 422
    other = meeting_now()
    assert browser.post(door(other, "door_walk_in"), typed | {"instead_of": ""}).status_code == 422
    AttendanceStep.objects.create(meeting=meeting, kind="final")
    again = typed | {"number": str(uuid.uuid4())}
    assert browser.post(address, again).status_code == 422
    assert (WalkIn.objects.count(), Mark.objects.count()) == (1, 1)
    assert "is al definitief" in browser.get(door(meeting)).text


def test_what_somebody_marked_themselves_keeps_its_time_or_is_rejected(
    meeting: Meeting, back_office: User, sign_in: SignIn
) -> None:
    """A phone knows the time that a confirmation keeps, and what is said without their mark."""
    browser, who = sign_in(back_office), places(meeting)[0]
    facts = {"session": session_of(meeting), "enrolment": who}
    came, left = (timezone.now() - dt.timedelta(minutes=minutes) for minutes in (40, 20))
    Mark.objects.create(kind="in", source="door", at=came, **facts)
    own = Mark.objects.create(kind="out", source="self", at=left, **facts)
    told = browser.get(door(meeting, "door_marks")).json()["states"][who.pk.hex]
    since = f"binnen sinds {clock(came)}"
    assert told["own"] == {
        "id": str(own.pk),
        "kind": "out",
        "time": clock(left),
        "without": since,
    }
    page = browser.get(door(meeting)).text
    assert f'data-own-time="{clock(left)}" data-without="{since}"' in page
    browser.post(door(meeting), {"mark": press(page, "Klopt niet", who.full_name)})
    told = browser.get(door(meeting, "door_marks")).json()["states"][who.pk.hex]
    assert told == {"state": "in", "said": since, "own": None}


def test_the_door_and_the_back_office_count_the_same_people(
    meeting: Meeting, back_office: User, sign_in: SignIn
) -> None:
    """Walk-ins too, of whom nobody has decided yet."""
    browser = sign_in(back_office)
    send(browser, back_office, meeting, *map(mark, places(meeting)[:2]))
    typed = {"number": str(uuid.uuid4()), "name": "Inge van der Loop", "instead_of": ""}
    browser.post(door(meeting, "door_walk_in"), typed)
    [tally] = sheet_of(meeting).tallies
    number_in = people_at(session=session_of(meeting)).number_in
    assert (tally.there, tally.still_in, tally.absent, number_in) == (3, 3, 1, 3)


# --- What a phone sends ---------------------------------------------------------------------------


def test_marks_get_receipts_and_the_queue_goes_on_past_a_refused_one(
    meeting: Meeting, back_office: User, sign_in: SignIn
) -> None:
    browser = sign_in(back_office)
    stranger = places(meeting_now())[0]
    first, second, third = places(meeting)
    sent = [mark(first), mark(stranger), "onzin", mark(second, kind="out"), mark(third, at=None)]
    answer = send(browser, back_office, meeting, *sent).json()["receipts"]
    assert [one["taken"] for one in answer] == [True, False, False, True, False]
    assert [one["id"] for one in answer[:2]] == [sent[0]["id"], sent[1]["id"]]
    assert all(one["sentence"] and "G" + "ast" not in one["sentence"] for one in answer[1:3])
    again = send(browser, back_office, meeting, *sent).json()["receipts"]
    assert (again, Mark.objects.count()) == (answer, 2)
    told = browser.get(door(meeting, "door_marks")).json()
    assert (told["in"], told["states"][first.pk.hex]["state"]) == (1, "in")
    assert "Gast" not in str(told)


def test_two_phones_that_differ_count_a_person_once(
    meeting: Meeting, back_office: User, speaker: User, sign_in: SignIn
) -> None:
    speaks(speaker, meeting)
    who, now = places(meeting)[0], timezone.now()
    earlier = milliseconds(now - dt.timedelta(minutes=20))
    out = mark(who, kind="out", at=milliseconds(now - dt.timedelta(minutes=10)))
    send(sign_in(speaker), speaker, meeting, out, mark(who), mark(who))
    send(sign_in(back_office), back_office, meeting, mark(who, at=earlier))
    told = sign_in(back_office).get(door(meeting, "door_marks")).json()
    assert (told["in"], len(told["states"]), Mark.objects.count()) == (1, 1, 4)


@pytest.mark.parametrize("off", [dt.timedelta(hours=-3), dt.timedelta(days=9000)])
def test_the_clock_of_the_phone_is_put_right(
    meeting: Meeting, back_office: User, sign_in: SignIn, off: dt.timedelta
) -> None:
    """Corrected: what the phone said, and how far its clock was off when it sent."""
    wrong = timezone.now() + off
    at, sent = milliseconds(wrong - dt.timedelta(minutes=5)), milliseconds(wrong)
    marked = mark(places(meeting)[0], at=at)
    send(sign_in(back_office), back_office, meeting, marked, sent=sent)
    row = Mark.objects.get()
    assert abs(row.received_at - row.at - dt.timedelta(minutes=5)) < dt.timedelta(seconds=1)
    assert abs(row.drift - abs(off)) < dt.timedelta(minutes=1)
    later = mark(places(meeting)[1], at=sent + 9_000_000)  # put back between marking and sending
    send(sign_in(back_office), back_office, meeting, later, sent=sent)
    row = Mark.objects.exclude(pk=row.pk).get()
    assert row.at == row.received_at


@pytest.mark.parametrize(
    "body",
    [
        *("", "{", "null", "[]", "7", '"in"', "NaN", "[" * 100_000, '{"marks": []}'),
        '{"account": "x", "sent": 1e999, "marks": []}',
        '{"account": "x", "sent": NaN, "marks": []}',
        '{"account": "x", "sent": true, "marks": []}',
        '{"account": "x", "sent": 1' + "0" * 400 + ', "marks": []}',
        '{"account": 5, "sent": 5, "marks": []}',
        '{"account": "x", "sent": 5, "marks": {}}',
        '{"account": "x", "sent": 5, "marks": [' + "1," * 200 + "1]}",
        "\udcff\u0000",
        "\u0000",
    ],
)
def test_what_is_no_batch_is_refused_whole(
    meeting: Meeting, back_office: User, sign_in: SignIn, body: str
) -> None:
    data = body.encode(errors="surrogatepass")
    address = door(meeting, "door_marks")
    answer = sign_in(back_office).post(address, data, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {})


WRONG: list[dict[str, Any]] = [
    {"id": 5},
    {"id": "{" + str(uuid.UUID(int=1)) + "}"},
    {"id": "\x00" * 36},
    {"of": []},
    {"of": {}},
    {"kind": "self"},
    {"kind": None},
    {"kind": ["in"]},
    {"at": "nu"},
    {"at": -1},
    {"at": True},
    {"at": 10**30},
    {"at": 3e14},
    {"at": 0},
    {"supersedes": 1},
    {"supersedes": str(uuid.UUID(int=1))},
    {"walk_in": True},
    {"kind": "void"},
]


def test_a_mark_of_a_wrong_shape_is_refused_alone(
    meeting: Meeting, back_office: User, sign_in: SignIn
) -> None:
    first, second, _ = places(meeting)
    sent: list[Any] = [*(mark(first, **wrong) for wrong in WRONG), None, [], mark(second)]
    answer = send(sign_in(back_office), back_office, meeting, *sent).json()["receipts"]
    assert [one["taken"] for one in answer] == [False] * (len(sent) - 1) + [True]
    assert all(one["sentence"] for one in answer[:-1])
    assert Mark.objects.get().enrolment == second


def test_whoever_is_not_signed_in_gets_a_401_and_no_redirect(
    meeting: Meeting, back_office: User, speaker: User, sign_in: SignIn, settings: Settings
) -> None:
    """Also where the marks are of another account, and where a second step is missing."""
    address, who = door(meeting, "door_marks"), places(meeting)[0]
    guest = Client(headers={"host": "localhost:8000"})
    assert [guest.get(address).status_code, send(guest, back_office, meeting).status_code] == [
        401
    ] * 2
    browser = sign_in(back_office)
    assert send(browser, speaker, meeting, mark(who)).status_code == 401
    settings.HTTPS = True
    assert send(browser, back_office, meeting, mark(who)).status_code == 401
    assert browser.get(address, headers={"accept": "application/json"}).status_code == 401
    assert not Mark.objects.exists()


def test_a_mark_needs_its_token_and_a_press(
    meeting: Meeting, back_office: User, sign_in: SignIn
) -> None:
    browser = sign_in(back_office)
    browser.handler.enforce_csrf_checks = True
    assert send(browser, back_office, meeting, mark(places(meeting)[0])).status_code == 403
    browser.get(door(meeting))
    assert not Mark.objects.exists()


def test_who_signs_out_is_asked_about_marks_at_every_way_out(
    back_office: User, sign_in: SignIn
) -> None:
    """In the portal and on the staff's screens: signing out wipes what the browser keeps."""
    browser = sign_in(back_office)
    for address in ("/mijn/", "/beheer/"):
        page = browser.get(address).text
        assert "data-unsent" in page
        assert f'data-kept-for="{browser_name(back_office)}"' in page
    out = reverse("wagtailadmin_logout")
    assert f'data-signs-out-at="{out}"' in page


# --- Speed ---------------------------------------------------------------------------------------


def queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_a_mark_takes_under_twelve_queries(
    meeting: Meeting, back_office: User, speaker: User, sign_in: SignIn
) -> None:
    speaks(speaker, meeting)
    address, who = door(meeting, "door_marks"), places(meeting)[0]
    for user in (back_office, speaker):
        browser = sign_in(user)
        send(browser, user, meeting)
        body = {"account": browser_name(user), "sent": milliseconds(), "marks": [mark(who)]}
        asked = queries(lambda: browser.post(address, body, "application/json"))  # noqa: B023
        assert asked < 12
        assert Mark.objects.filter(by=user).exists()


def test_the_screen_takes_as_many_queries_for_many_as_for_few(
    back_office: User, sign_in: SignIn
) -> None:
    browser, found = sign_in(back_office), set()
    for number in (1, 3, 40):
        meeting = meeting_now(number)
        for place in places(meeting)[: number // 2]:
            WalkIn.objects.create(meeting=meeting, last_name="Loper")
            Mark.objects.create(
                session=session_of(meeting), enrolment=place, kind="in", at=timezone.now()
            )
        browser.get(door(meeting))
        found.add(queries(lambda: browser.get(door(meeting))))  # noqa: B023  at once
    assert len(found) == 1
    assert found.pop() < 20
