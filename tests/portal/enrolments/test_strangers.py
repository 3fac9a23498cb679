"""Nobody learns from us who is enrolled, and nobody changes another's data (P13, P17)."""

import pytest

from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from portal.accounts.queries import claimable_by
from portal.enrolments.claims import describe
from portal.enrolments.models import Booking, Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol, enrol_number, states_in
from tests.houses import House
from tests.planning import CourseFactory, MeetingFactory
from tests.portal.enrolments.filling import (
    FREEK,
    GERDA,
    enrolled_page,
    fields_in,
    form_of,
    send,
    without_tokens,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]


@pytest.fixture
def meeting() -> Meeting:
    """A meeting in which Gerda has a place."""
    meeting = MeetingFactory(capacity=4)
    enrol(meeting, attendee(**GERDA))
    return meeting


def answers_to(house: House, meeting: Meeting, typed: dict[str, str]) -> list[tuple[int, str]]:
    """Status and text of all that a browser sees: the answer, the page after it, and a double
    click."""
    browser, path = house.guest(), form_of(house, meeting)
    form = fields_in(browser.get(path)) | typed
    seen = [browser.post(path, form), browser.get(enrolled_page(house, meeting))]
    seen += [browser.post(path, form), browser.get(enrolled_page(house, meeting))]
    gone = typed["email"], typed["last_name"]
    return [
        (answer.status_code, without_tokens(answer).replace(gone[0], "@").replace(gone[1], "."))
        for answer in seen
    ]


@pytest.mark.promise("P13")
@pytest.mark.parametrize("capacity", [4, 1])
def test_who_is_enrolled_and_who_is_not_get_the_same_answer(house: House, capacity: int):
    seen = []
    course = CourseFactory()
    for typed in (GERDA, GERDA | {"last_name": "Nieuw", "email": "nieuw@elders.example"}):
        meeting = MeetingFactory(capacity=capacity, course=course, venue=None)
        enrol(meeting, attendee(**GERDA))
        answers = answers_to(house, meeting, typed)
        seen.append([(status, text.replace(meeting.code, "code")) for status, text in answers])
        Meeting.objects.update(is_listed=False)
    assert [status for status, _ in seen[0]] == [302, 200, 302, 200]
    assert seen[0] == seen[1]


@pytest.mark.each_database
@pytest.mark.promise("P13")
def test_the_mailbox_alone_hears_that_it_has_a_place_already(house: House, meeting: Meeting):
    send(house.guest(), form_of(house, meeting), **GERDA)
    send(house.guest(), form_of(house, meeting), **GERDA)
    assert states_in(meeting) == ["enrolled"]
    mails = Mail.objects.filter(recipient=GERDA["email"]).order_by("created_at")
    told = [mail.template.removeprefix("enrolments/") for mail in mails]
    assert told == ["confirmed", "already", "already"], "every time"


def test_a_colleague_who_has_a_place_already_is_no_reason_to_refuse(house: House, meeting: Meeting):
    browser, path = house.guest(), form_of(house, meeting)
    freek = {name.removesuffix("_2"): value for name, value in FREEK.items()}
    form = fields_in(send(browser, path, **freek, do="add"))
    gerda = {f"{name}_2": value for name, value in GERDA.items()}
    page = browser.post(path, form | gerda, follow=True).text
    assert "Freek Fijn" in page
    assert "Gerda Gast" in page
    assert states_in(meeting) == ["enrolled", "enrolled"]


@pytest.mark.each_database
@pytest.mark.promise("P13")
def test_a_stranger_who_types_a_members_address_sees_and_changes_nothing_of_theirs(
    house: House, participant: User
):
    meeting = MeetingFactory()
    before = Person.objects.filter(pk=participant.person_id).values().get()
    typed = {"first_name": "Diederik", "last_name": "Anders", "email": participant.email.upper()}
    browser = house.guest()
    page = send(browser, form_of(house, meeting), **typed, organisation="Elders B.V.")
    shown = browser.get(page["Location"]).text
    assert "Deelnemer" not in shown
    assert Person.objects.filter(pk=participant.person_id).values().get() == before
    enrolment = Enrolment.objects.get()
    assert enrolment.person_id != participant.person_id
    assert not enrolment.person.has_login


@pytest.mark.promise("P13")
def test_such_a_place_becomes_the_members_own_only_when_they_take_it(
    house: House, sign_in, participant: User
):
    meeting = MeetingFactory(price=100)
    own = attendee(first_name="Dirk", last_name="Deelnemer", email=participant.email)
    (enrolment,) = enrol(meeting, own)
    browser = sign_in(participant)
    mine = house.portal_path(f"/bijeenkomsten/{meeting.code}/")
    assert browser.get(mine).status_code == 404
    found = browser.get(house.portal_path("/account/gevonden/")).text
    assert meeting.course.title in found, "so that one can tell whether it is one's own"
    take = house.portal_path(f"/account/gevonden/{enrolment.person_id}/")
    assert browser.post(take, {"answer": "take"}).status_code == 302
    assert browser.get(mine).status_code == 200
    enrolment.refresh_from_db()
    assert enrolment.person == participant.person
    assert Booking.objects.get().payer == participant.person


@pytest.mark.each_database
def test_what_is_refused_stays_a_strangers(house: House, sign_in, participant: User):
    meeting = MeetingFactory()
    (enrolment,) = enrol(meeting, attendee(email=participant.email))
    browser = sign_in(participant)
    take = house.portal_path(f"/account/gevonden/{enrolment.person_id}/")
    browser.post(take, {"answer": "refuse"})
    assert browser.get(house.portal_path(f"/bijeenkomsten/{meeting.code}/")).status_code == 404
    assert not claimable_by(user=participant).exists()
    enrolment.refresh_from_db()
    assert enrolment.person != participant.person


def test_a_record_tells_each_meeting_that_it_is_about():
    first, second = enrol_number(MeetingFactory(), 1), enrol_number(MeetingFactory(), 1)
    assert first.person == second.person, "the same guest is one record"
    lines = describe(first.person)
    assert [
        str(one.meeting.course) in line for one, line in zip((first, second), lines, strict=True)
    ] == [True, True]


def test_names_that_differ_are_different_records():
    meeting = MeetingFactory()
    people = [attendee(number, email="secretariaat@kantoor.example") for number in (1, 2)]
    first, second = enrol(meeting, *people)
    assert first.person != second.person
