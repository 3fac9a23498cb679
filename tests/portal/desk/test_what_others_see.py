"""What a speaker and a client get of people: three fields, and nothing else of what we hold.

Everything that could leak is filled in, and looked for in page, XLSX and PDF (P14, P15, P17).
"""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from legal.rights.models import Disclosure
from legal.rights.services import restrict
from portal.accounts.models import User
from portal.attendance.spreadsheets import heads
from portal.desk.views import lists
from portal.enrolments.services import cancel
from portal.meetings.models import Meeting
from tests.planning import SpeakerFactory, at, in_days
from tests.rooms import (
    OTHERS,
    SECRETS,
    bought_meeting,
    fill_in_everything,
    many_places,
    place_of,
    spoken_meeting,
    supplied,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
VIEWERS = {"speaker": "/mijn/spreker/", "contact": "/mijn/organisatie/"}
# The head of the list, and who stands on it, in the order of Dutch names.
LISTED = [("Voor1 de Achter1", "Firma1", "RA1"), ("Voor2 de Achter2", "Firma2", "RA2")]


@pytest.fixture(params=VIEWERS)
def viewer(request: pytest.FixtureRequest) -> User:
    user: User = request.getfixturevalue(request.param)
    return user


def room_of(viewer: User) -> str:
    return VIEWERS["speaker" if viewer.first_name == "Sanne" else "contact"]


def meeting_of(viewer: User) -> Meeting:
    if viewer.first_name == "Sanne":
        return spoken_meeting(viewer, days=1, capacity=5)
    return bought_meeting(viewer)


def cells_of(page: BeautifulSoup) -> list[tuple[str, ...]]:
    rows = page.select(".people tbody tr")
    return [tuple(cell.text for cell in row.select("th, td")) for row in rows]


def text_of_sheet(content: bytes) -> list[tuple[Any, ...]]:
    book = load_workbook(BytesIO(content))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def text_of_pdf(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text)


def leaks(text: str, secrets: tuple[str, ...]) -> list[str]:
    return [secret for secret in secrets if secret.lower() in text.lower()]


@pytest.mark.promise("P13")
@pytest.mark.promise("P14")
@pytest.mark.promise("P15")
@pytest.mark.promise("P17")
def test_page_and_files_hold_three_fields_and_nothing_else(
    viewer: User, sign_in: Callable[[User], Client]
):
    meeting = meeting_of(viewer)
    places = [place_of(meeting, number) for number in range(1, 5)]
    for place in places:
        fill_in_everything(place)
    cancel(enrolment_id=places[2].pk, by=None, as_staff=True)
    restrict(person_id=places[3].person_id, ground="On request.", by=None)
    if meeting.capacity == 5:  # the others wait for a place
        Meeting.objects.filter(pk=meeting.pk).update(capacity=3)
        fill_in_everything(place_of(meeting, 5))
    elsewhere = place_of(spoken_meeting(viewer, days=99, code="elders"), 6)
    fill_in_everything(elsewhere)
    gone = tuple(f"Achter{number}" for number in (3, 4, 5, 6))
    secrets = (*SECRETS.values(), *OTHERS, *gone, "Firma3", "elders", str(places[0].pk))

    browser, address = sign_in(viewer), f"{room_of(viewer)}{meeting.code}/"
    page = BeautifulSoup(browser.get(address).content, "lxml")
    assert cells_of(page) == LISTED
    assert leaks(str(page), secrets) == []
    assert leaks(browser.get(room_of(viewer)).text, (*secrets[:-2], "Achter1", "Firma1")) == []

    sheet = text_of_sheet(browser.get(f"{address}lijst.xlsx").content)
    assert sheet == [tuple(heads()), *LISTED]

    pdf = text_of_pdf(browser.get(f"{address}lijst.pdf").content)
    for row in LISTED:
        assert " ".join(row) in pdf
    assert leaks(pdf, secrets) == []


@pytest.mark.promise("P17")
@pytest.mark.promise("P19")
def test_a_bureaus_files_hold_its_own_people(contact: User, sign_in: Callable[[User], Client]):
    meeting = bought_meeting(contact, scope="bureau")
    bureau = meeting.client
    Meeting.objects.update(client=None, format="open")
    for number in (1, 2):
        fill_in_everything(supplied(place_of(meeting, number), bureau))
    fill_in_everything(place_of(meeting, 3))
    browser, address = sign_in(contact), f"/mijn/organisatie/{meeting.code}/"
    assert text_of_sheet(browser.get(f"{address}lijst.xlsx").content)[1:] == LISTED
    pdf = text_of_pdf(browser.get(f"{address}lijst.pdf").content)
    assert leaks(pdf, (*SECRETS.values(), *OTHERS, "Achter3")) == []
    for row in LISTED:
        assert " ".join(row) in pdf
    assert Disclosure.objects.count() == 2


def test_a_name_is_only_text_everywhere(speaker: User, sign_in: Callable[[User], Client]):
    meeting = spoken_meeting(speaker)
    name = "=HYPERLINK(1)"
    place_of(meeting, 1, first_name="", last_name=name, organisation="<b>אבג</b>", titles="")
    browser, address = sign_in(speaker), f"/mijn/spreker/{meeting.code}/"
    page = browser.get(address).text
    assert "&lt;b&gt;אבג&lt;/b&gt;" in page
    book = load_workbook(BytesIO(browser.get(f"{address}lijst.xlsx").content))
    assert (book.active["A2"].value, book.active["A2"].data_type) == (name, "s")


# --- What is written down of it ------------------------------------------------------------------


@pytest.mark.promise("P17")
@pytest.mark.promise("P24")
def test_everybody_on_the_list_reads_who_saw_it(
    viewer: User, participant: User, sign_in: Callable[[User], Client]
):
    meeting = meeting_of(viewer)
    place = place_of(meeting, 1)
    type(place).objects.filter(pk=place.pk).update(person=participant.person)
    sign_in(viewer).get(f"{room_of(viewer)}{meeting.code}/")
    browser = sign_in(participant)
    page = BeautifulSoup(browser.get("/mijn/gegevens/").content, "lxml").text
    for words in (
        viewer.get_full_name(),
        "Je naam, organisatie en titels, op de deelnemerslijst",
        meeting.course.title,
    ):
        assert words in page, words
    assert "on the participant list" in browser.get("/en/mijn/gegevens/").text
    assert meeting.course.title_en in browser.get("/en/mijn/gegevens/").text
    written = Disclosure.objects.get()
    assert (written.viewer, written.reference) == (viewer.person_id, meeting.code)


@pytest.mark.each_database
def test_it_is_written_once_a_viewer_list_and_day(
    speaker: User, colleague: User, sign_in: Callable[[User], Client]
):
    meeting, second = spoken_meeting(speaker), spoken_meeting(speaker, days=2)
    for one in (meeting, second):
        place_of(one, 1)
    meeting.speakers.add(SpeakerFactory(person=colleague.person))
    colleague.groups.set(speaker.groups.all())

    def look(user: User, *meetings: Meeting) -> None:
        browser = sign_in(user)
        for one in meetings:
            for file in ("", "", "lijst.xlsx", "lijst.pdf", "?tab=2"):
                assert browser.get(f"/mijn/spreker/{one.code}/{file}").status_code == 200
            browser.get(f"/mijn/spreker/{one.code}/lijst.xlsx", headers={"Range": "bytes=0-9"})

    look(speaker, meeting)
    assert Disclosure.objects.count() == 1
    look(speaker, second)
    assert Disclosure.objects.count() == 2
    look(colleague, meeting)
    assert Disclosure.objects.count() == 3
    with time_machine.travel(at(in_days(1), 0, 1), tick=False):
        look(speaker, meeting)
    assert Disclosure.objects.count() == 4
    assert set(Disclosure.objects.values_list("day", flat=True)) == {in_days(0), in_days(1)}


def test_nothing_is_written_where_nothing_was_shown(
    speaker: User, sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
):
    meeting = spoken_meeting(speaker)
    place_of(meeting, 1)
    browser, address = sign_in(speaker), f"/mijn/spreker/{meeting.code}/"
    for file in ("", "lijst.xlsx", "lijst.pdf"):
        browser.head(f"{address}{file}")
        browser.post(f"{address}{file}")
        browser.get(f"/mijn/spreker/elders/{file}")
    browser.get("/mijn/spreker/")

    def fail(*args: Any, **kwargs: Any) -> bytes:
        raise lists.NotPrinted

    monkeypatch.setattr(lists, "print_list", fail)
    assert browser.get(f"{address}lijst.pdf")["Location"] == address
    assert not Disclosure.objects.exists()


@pytest.mark.each_database
@pytest.mark.parametrize("number", [2, 500])
def test_a_list_of_hundreds_is_written_down_in_as_many_statements(
    speaker: User, sign_in: Callable[[User], Client], number: int
):
    meeting = spoken_meeting(speaker, capacity=600)
    many_places(meeting, number)
    browser, address = sign_in(speaker), f"/mijn/spreker/{meeting.code}/"
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    about = [one["sql"] for one in asked if "rights_disclosure" in one["sql"]]
    assert len(about) == 1
    assert len(asked) == 17
    assert Disclosure.objects.count() == number
    browser.get(f"{address}lijst.xlsx")
    assert Disclosure.objects.count() == number
