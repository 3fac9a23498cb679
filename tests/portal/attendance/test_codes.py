"""The code of a person, and checking in by oneself with the code in the room."""

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from pluc.logs import TOKENS
from portal.accounts.models import User
from portal.attendance import codes
from portal.attendance.links import door_link, person_code_svg
from portal.attendance.models import AttendanceStep, Mark
from portal.attendance.presence import presence_of
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.conftest import LimitTo
from tests.portal.attendance.doors import door, meeting_now, places, put_at, session_of, speaks

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
SignIn = Callable[[User], Client]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def meeting(participant: User) -> Meeting:
    """A meeting that goes on now; Dirk has the first place."""
    row = meeting_now(2)
    Enrolment.objects.filter(pk=places(row)[0].pk).update(person=participant.person)
    return row


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def scan(meeting: Meeting, ago: dt.timedelta = dt.timedelta(0)) -> str:
    """What the code in the room opened so long ago."""
    session = session_of(meeting).pk
    return reverse("check_in", args=[session, codes.room_code(session, timezone.now() - ago)])


# --- The codes ------------------------------------------------------------------------------------


def test_a_code_in_the_room_is_for_one_session_and_two_minutes() -> None:
    one, other, now = uuid.uuid4(), uuid.uuid4(), timezone.now().replace(second=59)
    code = codes.room_code(one, now)
    assert len(codes.read(code)) == 16
    assert codes.is_room_code(code, one, now + MINUTE)
    assert codes.room_code(one, now + dt.timedelta(seconds=1)) != code
    for session, moment in ((other, now), (one, now + 2 * MINUTE), (one, now - MINUTE)):
        assert not codes.is_room_code(code, session, moment)
    for wrong in ("", "é", "=", code[:-1], code + "A", "\x00", "A" * 5000):
        assert not codes.is_room_code(wrong, one, now)


def test_a_code_of_a_person_is_ours_or_nobodys(settings: Settings) -> None:
    key = uuid.uuid4()
    code = codes.person_code(key)
    assert (codes.place_in(code), len(codes.read(code))) == (key, 32)
    forged = codes.written(uuid.uuid4().bytes + codes.read(code)[16:])
    for wrong in (forged, code[:-2], code + "AA", "", "onzin", "é", "A" * 43):
        assert codes.place_in(wrong) is None
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een heel nieuwe sleutel van meer dan 32 tekens"
    assert codes.place_in(code) == key
    settings.SECRET_KEY_FALLBACKS = []
    assert codes.place_in(code) is None


def test_no_log_holds_a_code(meeting: Meeting) -> None:
    person = path(door_link(places(meeting)[0]))
    for address in (person, scan(meeting)):
        code = address.rstrip("/").rsplit("/", 1)[1]
        assert code not in TOKENS.sub(r"\1...", f'"GET {address} HTTP/1.1" 200')


# --- Of a person ----------------------------------------------------------------------------------


@pytest.mark.promise("P13")
def test_the_code_of_a_person_opens_at_the_door_only(
    meeting: Meeting, participant: User, speaker: User, back_office: User, sign_in: SignIn
) -> None:
    who = places(meeting)[0]
    address = path(door_link(who))
    assert person_code_svg(who).startswith("<svg")
    for user in (participant, speaker):
        assert sign_in(user).get(address).status_code == 404
        assert sign_in(user).post(address, {"mark": "in"}).status_code == 404
    speaks(speaker, meeting)
    for user in (speaker, back_office):
        page = sign_in(user).get(address)
        assert who.full_name in page.text
        assert who.email not in page.text
    assert not Mark.objects.exists()
    who.state = Enrolment.State.CANCELLED
    who.save()
    assert sign_in(back_office).get(address).status_code == 404


def test_a_press_on_the_page_of_a_person_marks_them_by_scan(
    meeting: Meeting, back_office: User, sign_in: SignIn
) -> None:
    browser, who = sign_in(back_office), places(meeting)[0]
    address = path(door_link(who))

    def values() -> list[str]:
        return re.findall(r'name="mark" value="([^"]+)"', browser.get(address).text)

    value = values()[0]
    for _ in range(2):
        assert browser.post(address, {"mark": value})["Location"] == address
    assert Mark.objects.get().source == "scan"
    browser.post(address, {"mark": values()[1]})
    assert presence_of(Mark.objects.all(), session_of(meeting)).is_in is False
    other = re.findall(r'value="(in\.e[^"]+)"', browser.get(door(meeting)).text)[1]
    browser.post(address, {"mark": other})  # of somebody else
    put_at(meeting, timezone.now() + dt.timedelta(days=1))
    assert values() == []
    browser.post(address, {"mark": value})
    assert Mark.objects.count() == 2


# --- By oneself -----------------------------------------------------------------------------------


def test_who_is_in_the_room_checks_in_and_it_counts_once_confirmed(
    meeting: Meeting, participant: User, back_office: User, sign_in: SignIn
) -> None:
    browser, session = sign_in(participant), session_of(meeting)
    address = scan(meeting)
    assert "Ik ben er" in browser.get(address).text
    assert not Mark.objects.exists()
    for _ in range(2):
        assert browser.post(address, {"kind": "in"})["Location"] == address
    mark = Mark.objects.get()
    assert (mark.source, mark.by, mark.enrolment) == ("self", participant, places(meeting)[0])
    assert "Je bent binnen" in browser.get(address).text
    assert presence_of([mark], session).unconfirmed
    assert not presence_of([mark], session).stays
    colleague = sign_in(back_office)
    page = colleague.get(door(meeting)).text
    assert "checkte zelf in om" in page
    confirm = re.search(r'value="([^"]+)"[^>]*aria-label="Bevestigen: ', page)
    assert confirm
    colleague.post(door(meeting), {"mark": confirm[1]})
    confirmed = Mark.objects.get(supersedes=mark)
    assert (confirmed.at, confirmed.by) == (mark.at, back_office)
    found = presence_of(Mark.objects.all(), session)
    assert (found.is_in, found.unconfirmed) == (True, False)
    browser.post(address, {"kind": "out"})
    assert presence_of(Mark.objects.all(), session).unconfirmed


def test_a_code_that_does_not_fit_records_nothing(
    meeting: Meeting, participant: User, colleague: User, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    next_room = reverse("check_in", args=[session_of(meeting).pk, scan(meeting_now(1))[-23:-1]])
    nowhere = reverse("check_in", args=[uuid.uuid4(), "onzin"])
    for address in (scan(meeting, dt.timedelta(days=1)), next_room, nowhere):
        for answer in (browser.get(address), browser.post(address, {"kind": "in"})):
            assert (answer.status_code, "Scan de code die er nu staat" in answer.text) == (
                404,
                True,
            )
    stranger = sign_in(colleague).post(scan(meeting), {"kind": "in"})
    assert (stranger.status_code, "Er staat geen plek" in stranger.text) == (422, True)
    for kind in ("out", "void", "", "\x00"):
        assert browser.post(scan(meeting), {"kind": kind}).status_code == 302
    assert not Mark.objects.exists()


def test_outside_its_window_or_cancelled_or_final_nobody_checks_in(
    meeting: Meeting, participant: User, back_office: User, sign_in: SignIn
) -> None:
    browser, now = sign_in(participant), timezone.now()
    room = reverse("check_in_room", args=[session_of(meeting).pk])

    def assert_closed() -> None:
        assert browser.post(scan(meeting), {"kind": "in"}).status_code == 422

    for start in (now + dt.timedelta(hours=2, minutes=1), now - dt.timedelta(hours=5, minutes=1)):
        put_at(meeting, start)
        assert_closed()
        assert browser.get(scan(meeting)).status_code == 422
        assert 'class="room-code"' not in sign_in(back_office).get(room).text
    put_at(meeting, now)
    assert 'class="room-code"' in sign_in(back_office).get(room).text
    AttendanceStep.objects.create(meeting=meeting, kind="final")
    assert_closed()
    AttendanceStep.objects.all().delete()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED)
    assert_closed()
    assert not Mark.objects.exists()


def test_a_guest_signs_in_and_is_told_to_scan_again(meeting: Meeting) -> None:
    guest, address = Client(headers={"host": "localhost:8000"}), scan(meeting)
    answer = guest.get(address)
    assert answer["Location"].endswith(f"?next={address}")
    assert "scan hem daarna opnieuw" in guest.get(answer["Location"]).text


def test_scans_are_limited_by_person_and_by_network(
    meeting: Meeting, participant: User, colleague: User, sign_in: SignIn, limit_to: LimitTo
) -> None:
    wrong = scan(meeting, dt.timedelta(days=1))
    limit_to("check_in", "5/15m/ip,2/15m/key")
    first, second = sign_in(participant), sign_in(colleague)
    assert [first.get(wrong).status_code for _ in range(3)] == [404, 404, 429]
    assert [second.get(wrong).status_code for _ in range(3)] == [404, 404, 429]
    assert "Retry-After" in second.get(wrong)
