"""Lists on paper and as spreadsheets: who is on them, and nothing else (P05, P26)."""

import dataclasses
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.fixtures import DjangoAssertNumQueries

from legal.rights.services import restrict
from portal.accounts.models import Person, User
from portal.attendance.models import ListPrint, PrintedRow
from portal.attendance.paper.codes import LETTERS, code_in, in_groups
from portal.attendance.paper.pdf import rows_by_page
from portal.attendance.queries.lists import ListedPerson, people_listed, rows_to_print
from portal.attendance.services.printing import FEWEST_EMPTY
from portal.enrolments.models import Enrolment, EnrolmentEvent, Wishes
from portal.meetings.models import Meeting
from portal.meetings.wording import session_times
from tests.portal.attendance.papers import (
    last,
    leave,
    meeting_of_today,
    printed,
    renamed,
    text_of,
)
from tests.tools import verapdf

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]


@pytest.fixture
def meeting() -> Meeting:
    return meeting_of_today()


@pytest.fixture
def office(back_office: User, sign_in) -> Client:
    return sign_in(back_office)


def sheet(office: Client, meeting: Meeting, kind: str = "sign-in") -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(sheet_file(office, meeting, kind))).active.values)


def sheet_file(office: Client, meeting: Meeting, kind: str) -> bytes:
    query = "" if kind == "participants" else f"?session={meeting.sessions.get().pk}"
    answer = office.get(reverse("attendance_sheet", args=[meeting.pk, kind]) + query)
    return bytes(answer.content)


@pytest.mark.promise("P05")
def test_a_listed_person_has_three_fields_and_cannot_get_more(meeting: Meeting) -> None:
    assert [field.name for field in dataclasses.fields(ListedPerson)] == [
        "name",
        "organisation",
        "titles",
    ]
    person = people_listed(meeting_id=meeting.pk)[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        person.name = "Iemand anders"


@pytest.mark.each_database
def test_who_has_a_place_is_listed_in_the_order_of_dutch_names(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = meeting_of_today(others=1)
    leave(people, "Gast 10")
    with django_assert_num_queries(1):
        names = [person.name for _, person in rows_to_print(meeting_id=people.pk)]
    assert names == ["Anna de Boer", "Cor van 't Hof", "Bram Zeeman"]


@pytest.mark.promise("P26")
def test_who_is_restricted_is_on_no_list_and_has_a_line_to_sign(
    office: Client, meeting: Meeting
) -> None:
    bram = Enrolment.objects.get(meeting=meeting, last_name="Zeeman")
    restrict(person_id=bram.person_id, ground="AVG 18(1)(a)", by=None)

    assert "Bram Zeeman" not in [one.name for one in people_listed(meeting_id=meeting.pk)]
    assert "Zeeman" not in text_of(printed(office, meeting))
    assert "Bram Zeeman" not in [row[1] for row in sheet(office, meeting)]
    assert PrintedRow.objects.filter(page__print=last(meeting), is_empty=True).exists()


@pytest.mark.promise("P05")
def test_a_list_holds_name_organisation_and_title_and_nothing_else(
    office: Client, meeting: Meeting
) -> None:
    """With data that could leak: in the fields of the place, of the person, and beside them."""
    place = renamed(meeting, 1, email="geheim@lek.example")
    leaks = {"phone": "06-12345678", "street": "Lekstraat 1", "professional_number": "NBA-987"}
    Person.objects.filter(pk=place.person_id).update(**leaks)
    Wishes.objects.create(enrolment=place, diet="notenallergie")
    EnrolmentEvent.objects.create(enrolment=place, kind="note", note="betaalt altijd te laat")

    shown = [text_of(printed(office, meeting, kind)) for kind in ListPrint.Kind]
    shown += [str(sheet(office, meeting, kind)) for kind in ListPrint.Kind]
    shown.append(office.get(reverse("attendance_lists", args=[meeting.pk])).content.decode())
    secret = [*leaks.values(), "geheim@lek.example", "notenallergie", "te laat", "guus"]
    assert [word for word in secret for text in shown if word in text] == []
    assert all("Anna de Boer" in text and "Perenhof" in text for text in shown[:-1])


@pytest.mark.each_database
def test_a_row_is_stored_on_the_page_that_it_is_printed_on(office: Client) -> None:
    """Names of 200 characters make rows high, and pages break elsewhere."""
    meeting = meeting_of_today(others=30)
    for number in (1, 8, 20):
        renamed(meeting, number, first_name="Wim " * 25, last_name="W" * 100)

    pdf = printed(office, meeting)
    pages = list(last(meeting).pages.all())
    stored = [[row.position for row in page.rows.all()] for page in pages]
    assert stored == rows_by_page(pdf)
    assert [number for page in stored for number in page] == list(range(1, 33 + 6 + 1))
    everything = text_of(pdf)
    for page in pages:
        assert everything.count(in_groups(page.code)) == 2
        assert set(page.code) <= set(LETTERS)
    assert f"van {len(pages)}" in everything


ODD = [
    "=HYPERLINK(1)",
    "<b>&amp;",
    "王小明",
    "محمد بن عبد الله",
    "ขวัญ",
    "Nguyễn",
]


@pytest.mark.each_database
def test_names_in_any_script_are_text_and_every_list_is_pdf_ua(office: Client) -> None:
    """Also where no typeface on the machine can draw a name."""
    meeting = meeting_of_today(others=3)
    for number, name in enumerate(ODD, start=1):
        renamed(meeting, number, first_name="", last_name=name)

    documents = [printed(office, meeting, kind) for kind in ListPrint.Kind]
    texts = [text_of(pdf) for pdf in documents]
    assert [name for name in ODD for text in texts if name not in text] == []
    assert "(WangXiaoMing)" in texts[0], "whoever cannot read it finds the name all the same"
    sheet_rows = load_workbook(BytesIO(sheet_file(office, meeting, "participants"))).active
    assert {cell.value for cell in sheet_rows["B"]} >= set(ODD)
    assert "f" not in {cell.data_type for row in sheet_rows for cell in row}, "no formula"
    assert [report.failures for report in verapdf.check(*documents)] == [[], [], []]


def test_a_list_speaks_the_language_of_its_meeting_online_too(
    office: Client, meeting: Meeting
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(language="en", is_online=True, venue=None)
    text = text_of(printed(office, meeting))
    assert "Sign-in list" in text
    assert "Online" in text
    assert "Page 1 of 1" in text


def test_the_same_facts_are_the_same_version_and_others_a_new_one(
    office: Client, meeting: Meeting
) -> None:
    first = text_of(printed(office, meeting))
    assert text_of(printed(office, meeting)) == first, "a second copy for another table"
    assert ListPrint.objects.count() == 1

    leave(meeting, "Zeeman")
    second = text_of(printed(office, meeting))
    assert "Zeeman" not in second
    assert "Versie 2" in second
    assert "Versie 1" in first
    codes = [set(one.pages.values_list("code", flat=True)) for one in ListPrint.objects.all()]
    assert not codes[0] & codes[1]


def test_a_code_of_others_is_none_of_ours() -> None:
    assert code_in("PLUC-ACDEFGHJ") == "ACDEFGHJ"
    assert [code_in(text) for text in ("ACDEFGHJ", "PLUC-ACDEFGHI", "https://elders.example")] == [
        "",
        "",
        "",
    ]


def test_a_list_that_is_none_does_not_exist(office: Client, meeting: Meeting) -> None:
    for kind, session in [("sign-in", ""), ("sign-in", "geen"), ("wachtlijst", "")]:
        address = reverse("attendance_print", args=[meeting.pk, kind])
        assert office.post(address, {"session": session}).status_code == 404


def test_the_buttons_of_a_list_need_no_sideways_scrolling(office: Client, meeting: Meeting) -> None:
    page = BeautifulSoup(office.get(reverse("attendance_lists", args=[meeting.pk])).text, "lxml")
    buttons = page.select("table.staff-lists form button")
    assert len(buttons) == 3
    assert not any(button.find_parent(class_="staff-wide") for button in buttons)


def test_empty_lines_never_take_a_page_of_their_own(office: Client) -> None:
    meeting = meeting_of_today(others=8)
    first = printed(office, meeting)
    (rows,) = rows_by_page(first)
    assert len(rows) - 11 >= FEWEST_EMPTY
    (page,) = last(meeting).pages.all()
    assert [row.position for row in page.rows.all()] == rows
    assert text_of(printed(office, meeting)) == text_of(first), "the same version again"
    assert ListPrint.objects.count() == 1


def test_a_spreadsheet_tells_what_it_is_of_and_from_when(office: Client, meeting: Meeting) -> None:
    session = meeting.sessions.get()
    address = reverse("attendance_sheet", args=[meeting.pk, "sign-in"]) + f"?session={session.pk}"
    answer = office.get(address)
    assert f'filename="{meeting.code}-intekenlijst-' in answer["Content-Disposition"]
    book = load_workbook(BytesIO(answer.content))
    told = [row[0] for row in book.active.values]
    assert told[0] == f"Intekenlijst: {meeting.course}"
    assert told[1] == session_times(session)
    assert "Gemaakt op" in str(told)
    head = told.index("Nr.") + 1
    assert book.active.print_title_rows == f"$1:${head}"
    assert book.active.freeze_panes == f"A{head + 1}"
    assert book.properties.creator == "PLUC!"

    printed(office, meeting)
    assert "Versie 1, gemaakt op" in str(sheet(office, meeting))
