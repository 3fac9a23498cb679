"""A meeting with its people in the staff screens."""

from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from legal.rights.services import restrict
from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from tests.enrolling import assert_adds_up, attendee, enrol, enrol_number, states_in
from tests.planning import (
    AccreditationFactory,
    MeetingFactory,
    OrganisationFactory,
    SpeakerFactory,
    in_days,
)
from tests.portal.enrolments.filling import GERDA, INVOICE
from tests.portal.meetings.planned import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
State = Enrolment.State
MAILED = {"telling": "mail"}


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(capacity=3)


@pytest.fixture
def desk(sign_in, back_office: User) -> Client:
    """The browser of the back office."""
    browser: Client = sign_in(back_office)
    return browser


def screen_of(meeting: Meeting, rest: str = "") -> str:
    return f"/beheer/bijeenkomsten/{meeting.pk}/{rest}"


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "lxml")


def begin(meeting: Meeting) -> None:
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=2)
    )


def do(browser: Client, meeting: Meeting, deed: str, *people: Enrolment, to: object = ""):
    chosen = [str(one.pk) for one in people]
    typed = {"do": deed, "people": chosen, "to": str(to)}
    answer = browser.post(screen_of(meeting), typed)
    if answer.status_code == 200:  # it shows who would be mailed
        answer = browser.post(screen_of(meeting), filled_in(answer, "telling_shown") | MAILED)
    return answer


def by_hand(browser: Client, meeting: Meeting, typed: dict[str, str]):
    """Fills in the form of a meeting, and lets the mail go that it shows."""
    address = screen_of(meeting, "inschrijven/")
    answer = browser.post(address, typed)
    if answer.status_code == 200:
        answer = browser.post(address, filled_in(answer, "telling_shown") | MAILED)
    return answer


def told(browser: Client, meeting: Meeting) -> str:
    """What the screen says after a deed."""
    found = soup(browser.get(screen_of(meeting))).select(".messages li")
    return " ".join(one.text.strip() for one in found)


# --- Its people ----------------------------------------------------------------------------------


def test_people_stand_in_groups_in_the_order_in_which_they_asked(desk: Client):
    meeting = MeetingFactory(capacity=2)
    people = [enrol_number(meeting, number) for number in range(1, 5)]
    do(desk, meeting, "cancel", people[0])
    page = soup(desk.get(screen_of(meeting)))
    tables = [
        [link.text for link in table.select("a[href*=inschrijvingen]")]
        for table in page.select("form table.listing")
    ]
    assert tables == [["Guus Gast 2"], ["Guus Gast 3", "Guus Gast 4"], ["Guus Gast 1"]]


@pytest.mark.either_database
def test_restricted_people_stay_visible_to_the_back_office(desk: Client, meeting: Meeting):
    place = enrol_number(meeting, 1)
    restrict(person_id=place.person_id, ground="P26", by=None)
    assert "Guus Gast 1" in desk.get(screen_of(meeting)).text
    sheet = load_workbook(BytesIO(desk.get(screen_of(meeting, "lijst.xlsx")).content)).active
    assert sheet.max_row == 2


@pytest.mark.either_database
@pytest.mark.parametrize("number", [1, 3])
def test_the_screen_costs_no_more_with_more_people(
    desk: Client, number: int, django_assert_max_num_queries
):
    meeting = MeetingFactory(capacity=number)
    meeting.speakers.add(SpeakerFactory())
    AccreditationFactory(meeting=meeting)
    for n in range(2 * number):
        enrol_number(meeting, n)
        MeetingFactory(course=meeting.course, day=in_days(60 + n))
    desk.get(screen_of(meeting))
    with django_assert_max_num_queries(16):
        desk.get(screen_of(meeting))


# --- Many at once --------------------------------------------------------------------------------


def test_cancelling_many_tells_each_and_frees_the_places(
    desk: Client, meeting: Meeting, back_office: User
):
    people = [enrol_number(meeting, number) for number in (1, 2, 3)]
    assert do(desk, meeting, "cancel", *people[:2]).status_code == 302
    assert states_in(meeting) == ["cancelled", "cancelled", "enrolled"]
    assert Mail.objects.filter(template="enrolments/cancelled").count() == 2
    events = EnrolmentEvent.objects.filter(kind="cancelled")
    assert [(event.by, event.is_free) for event in events] == [(back_office, True)] * 2
    assert_adds_up(meeting)


@pytest.mark.either_database
def test_one_who_cannot_does_not_keep_the_others_from_it(desk: Client, meeting: Meeting):
    people = [enrol_number(meeting, number) for number in (1, 2, 3)]
    do(desk, meeting, "cancel", people[0])
    assert do(desk, meeting, "cancel", *people).status_code == 302
    assert states_in(meeting) == ["cancelled"] * 3
    assert "2" in told(desk, meeting)


@pytest.mark.either_database
def test_moving_many_stops_at_what_fits_and_says_so(desk: Client, meeting: Meeting):
    other = MeetingFactory(course=meeting.course, day=in_days(60), capacity=2, price=10)
    people = [enrol_number(meeting, number) for number in (1, 2, 3)]
    do(desk, meeting, "move", *people, to=other.pk)
    assert states_in(meeting) == ["cancelled", "cancelled", "enrolled"]
    assert states_in(other) == ["enrolled", "enrolled"]
    assert Mail.objects.filter(template="enrolments/moved").count() == 2
    assert_adds_up(meeting)
    assert_adds_up(other)


def test_who_was_absent_is_noted_once_it_has_begun(desk: Client, meeting: Meeting):
    people = [enrol_number(meeting, number) for number in (1, 2)]
    do(desk, meeting, "absent", people[0])
    assert not Enrolment.objects.filter(was_absent=True).exists(), "it has not begun"
    begin(meeting)
    do(desk, meeting, "absent", people[0])
    do(desk, meeting, "absent", people[0])
    assert [one.was_absent for one in Enrolment.objects.order_by("queue_number")] == [True, None]
    do(desk, meeting, "present", *people)
    assert {one.was_absent for one in Enrolment.objects.all()} == {False}
    kinds = EnrolmentEvent.objects.filter(enrolment=people[0]).order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == ["enrolled", "absent", "present"]


@pytest.mark.either_database
@pytest.mark.parametrize("deed", ["cancel", "move", "absent", "", "zomaar"])
def test_nothing_is_done_without_somebody_chosen(desk: Client, meeting: Meeting, deed: str):
    enrol_number(meeting, 1)
    assert do(desk, meeting, deed).status_code == 422
    assert states_in(meeting) == ["enrolled"]


@pytest.mark.either_database
def test_nobody_of_another_meeting_is_touched(desk: Client, meeting: Meeting):
    stranger = enrol_number(MeetingFactory(), 1)
    assert do(desk, meeting, "cancel", stranger).status_code == 422
    place = enrol_number(meeting, 2)
    assert do(desk, meeting, "move", place).status_code == 422, "to where?"
    assert do(desk, meeting, "move", place, to=stranger.meeting_id).status_code == 422
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"enrolled"}


# --- By hand -------------------------------------------------------------------------------------


def test_the_back_office_enrols_who_called_also_after_closing(
    desk: Client, meeting: Meeting, back_office: User
):
    now = timezone.now()
    Meeting.objects.update(starts_at=now + timedelta(minutes=5), ends_at=now + timedelta(hours=3))
    assert by_hand(desk, meeting, GERDA).status_code == 302
    place = Enrolment.objects.get()
    assert (place.state, place.person.source) == (State.ENROLLED, Person.Source.BACK_OFFICE)
    assert EnrolmentEvent.objects.get().by == back_office
    assert Mail.objects.get().recipient == GERDA["email"]


@pytest.mark.either_database
def test_by_hand_an_invoice_address_is_asked_where_somebody_is_invoiced(desk: Client):
    meeting = MeetingFactory(price=195)
    assert by_hand(desk, meeting, GERDA).status_code == 422
    assert by_hand(desk, meeting, GERDA | INVOICE | {"reference": "PO 17"}).status_code == 302
    booking = Enrolment.objects.get().booking
    assert (booking.reference, booking.invoice_city) == ("PO 17", "Utrecht")


@pytest.mark.either_database
def test_by_hand_an_in_company_meeting_needs_no_invoice(desk: Client):
    client = OrganisationFactory(is_client=True)
    meeting = MeetingFactory(price=195, format="in-company", client=client)
    assert by_hand(desk, meeting, GERDA).status_code == 302
    assert not Enrolment.objects.get().booking.is_invoiced


@pytest.mark.either_database
def test_by_hand_a_full_meeting_has_its_waiting_list(desk: Client):
    meeting = MeetingFactory(capacity=1)
    enrol_number(meeting, 1)
    assert desk.post(screen_of(meeting, "inschrijven/"), GERDA).status_code == 422, "asks first"
    assert states_in(meeting) == ["enrolled"]
    by_hand(desk, meeting, GERDA | {"instead": "list"})
    assert states_in(meeting) == ["enrolled", "waiting"]


def test_by_hand_the_mail_is_seen_before_it_goes(desk: Client, meeting: Meeting):
    asked = desk.post(screen_of(meeting, "inschrijven/"), GERDA)
    (letter,) = asked.context["letters"]
    assert letter.to == [f"Gerda Gast <{GERDA['email']}>"]
    assert not Enrolment.objects.exists()
    assert not Mail.objects.exists()
    assert not Person.objects.filter(last_name="Gast").exists()
    back = filled_in(asked, "telling_shown") | {"telling": "back"}
    again = soup(desk.post(screen_of(meeting, "inschrijven/"), back))
    assert again.select_one("#id_last_name")["value"] == "Gast"


def test_by_hand_what_is_to_be_told_by_phone_is_told_where_one_lands(
    desk: Client, meeting: Meeting
):
    typed = GERDA | {"email": "", "phone": "06 1234 5678"}
    answer = by_hand(desk, meeting, typed)
    assert answer["Location"] == screen_of(meeting)
    said = told(desk, meeting)
    assert f"Gerda Gast (06 1234 5678): Je hebt een plek: {meeting.course.title}" in said
    gerda = Enrolment.objects.get()
    do(desk, meeting, "cancel", gerda)
    assert f"Gerda Gast (06 1234 5678): Geannuleerd: {meeting.course.title}" in told(desk, meeting)


@pytest.mark.parametrize("state", ["cancelled", "held"])
def test_by_hand_nobody_enters_what_is_over_or_cancelled(
    desk: Client, meeting: Meeting, state: str
):
    Meeting.objects.update(state=state)
    assert desk.post(screen_of(meeting, "inschrijven/"), GERDA).status_code == 422
    assert not Enrolment.objects.exists()


def test_by_hand_the_same_person_is_not_enrolled_twice(desk: Client, meeting: Meeting):
    enrol(meeting, attendee(**GERDA))
    answer = desk.post(screen_of(meeting, "inschrijven/"), GERDA)
    assert answer.status_code == 422
    assert states_in(meeting) == ["enrolled"]


@pytest.mark.either_database
def test_an_empty_form_is_refused_with_what_is_missing(desk: Client, meeting: Meeting):
    assert desk.post(screen_of(meeting, "inschrijven/"), {}).status_code == 422


# --- The list as a spreadsheet -------------------------------------------------------------------


@pytest.mark.either_database
@pytest.mark.promise("P17")
def test_exporting_the_list_is_logged_and_kept_by_no_cache(
    desk: Client, meeting: Meeting, back_office: User
):
    enrol(meeting, attendee(**GERDA, organisation="Perenhof", titles="RA"), reference="PO 17")
    answer = desk.get(screen_of(meeting, "lijst.xlsx"))
    assert "no-store" in answer["Cache-Control"]
    row = [cell.value for cell in load_workbook(BytesIO(answer.content)).active[2]]
    wanted = ["Gerda", "Gast", "gerda@kantoor.example", "Perenhof", "RA"]
    assert row[2:7] == wanted
    assert row[8] == "PO 17"
    entry = ModelLogEntry.objects.get(action="enrolments.export_people")
    assert (entry.user, entry.object_id) == (back_office, str(meeting.pk))


@pytest.mark.either_database
@pytest.mark.promise("P17")
@pytest.mark.parametrize("role", ["editor", "participant", "speaker", "contact"])
@pytest.mark.parametrize("rest", ["", "inschrijven/", "lijst.xlsx"])
def test_nobody_else_sees_or_changes_people(
    sign_in, meeting: Meeting, role: str, rest: str, request
):
    place = enrol_number(meeting, 1)
    browser = sign_in(request.getfixturevalue(role))
    assert browser.get(screen_of(meeting, rest)).status_code != 200
    deed = {"do": "cancel", "people": [str(place.pk)]} | GERDA
    assert browser.post(screen_of(meeting, rest), deed).status_code != 200
    assert states_in(meeting) == ["enrolled"]
    assert not ModelLogEntry.objects.filter(action="enrolments.export_people").exists()


@pytest.mark.either_database
@pytest.mark.parametrize("rest", ["", "inschrijven/", "lijst.xlsx"])
def test_a_meeting_that_is_not_there_is_404(desk: Client, rest: str):
    assert desk.get(f"/beheer/bijeenkomsten/999999/{rest}").status_code == 404


@pytest.mark.either_database
def test_a_cancelled_meeting_says_why_and_keeps_its_people(desk: Client, meeting: Meeting):
    enrol_number(meeting, 1)
    cancel_meeting(meeting_id=meeting.pk, because="De spreker is ziek.", by=None)
    page = desk.get(screen_of(meeting)).text
    assert "De spreker is ziek." in page
    assert "Guus Gast 1" in page
