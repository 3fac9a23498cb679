"""Somebody calls: the back office finds them, and enrols them."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client

from pluc.deeds import Refused
from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from portal.accounts.roles import BACK_OFFICE
from portal.enrolments import services
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent, Wishes
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from tests.enrolling import assert_adds_up, attendee, enrol, enrol_number, states_in
from tests.factories import PersonFactory
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import GERDA, INVOICE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
PHONE = "/beheer/aanmelden/"


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(capacity=3)


@pytest.fixture
def desk(sign_in, back_office: User) -> Client:
    browser: Client = sign_in(back_office)
    return browser


@pytest.fixture
def coen(db: None) -> Person:
    return PersonFactory(
        first_name="Coën",
        last_name="de Boer",
        email="coen@kantoor.example",
        phone="06 1234 5678",
        organisation="Perenhof",
        city="Utrecht",
    )


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "lxml")


def page_of(person: Person) -> str:
    return f"{PHONE}{person.pk}/"


@pytest.mark.each_database
@pytest.mark.parametrize("q", ["coen boer", "perenhof", "utrecht", "5678", "coen@kantoor.example"])
def test_somebody_is_found_by_what_they_say(desk: Client, coen: Person, q: str):
    PersonFactory()
    links = soup(desk.get(PHONE, {"q": q})).select("main td a.button")
    assert [link["href"] for link in links] == [page_of(coen)]


def test_a_known_person_takes_four_clicks_and_two_fields(
    desk: Client, coen: Person, meeting: Meeting, back_office: User
):
    """From the start screen: "On the phone", "Find", "Enrol" beside the name, "Enrol"."""
    start = soup(desk.get("/beheer/overzicht/", follow=True))
    assert PHONE in start.decode()
    asked = soup(desk.get(PHONE)).select("main form input:not([type=hidden])")
    assert [one["name"] for one in asked] == ["q"]
    (found,) = soup(desk.get(PHONE, {"q": "boer"})).select("main td a.button")
    shown = soup(desk.get(found["href"]))
    visible = [
        one["name"]
        for one in shown.select("main form :is(input, select, textarea):not([type=hidden])")
        if not one.find_parent("details")
    ]
    assert visible == ["meeting"]
    assert desk.post(found["href"], {"meeting": meeting.pk}).status_code == 302
    place = Enrolment.objects.get()
    assert (place.person, place.booking.payer) == (coen, coen)
    assert (place.organisation, place.state) == ("Perenhof", "enrolled")
    assert Person.objects.count() == 2, "the colleague and the caller: nobody was copied"
    assert EnrolmentEvent.objects.get().by == back_office
    assert Mail.objects.get().recipient == coen.email


def test_who_pays_is_filled_in_from_what_we_know(desk: Client, coen: Person):
    paid = MeetingFactory(price=195)
    assert desk.post(page_of(coen), {"meeting": paid.pk}).status_code == 422
    assert desk.post(page_of(coen), {"meeting": paid.pk} | INVOICE).status_code == 302
    values = {
        one["name"]: one.get("value", "")
        for one in soup(desk.get(page_of(coen))).select("main details input")
    }
    assert values["invoice_name"] == INVOICE["invoice_name"]
    assert Booking.objects.get().invoice_city == "Utrecht"


def test_who_has_no_address_is_enrolled_and_to_be_told_by_phone(
    desk: Client, coen: Person, meeting: Meeting
):
    Person.objects.filter(pk=coen.pk).update(email="")
    assert "geen e-mailadres" in desk.get(page_of(coen)).text
    landed = desk.post(page_of(coen), {"meeting": meeting.pk}, follow=True)
    (message,) = soup(landed).select(".messages .warning:not(template *)")
    words = " ".join(message.text.split())
    assert f"Coën de Boer (06 1234 5678): Je hebt een plek: {meeting.course.title}" in words
    place = Enrolment.objects.get()
    untold = EnrolmentEvent.objects.filter(enrolment=place, kind="untold")
    assert (place.state, place.email, untold.count()) == ("enrolled", "", 1)
    assert meeting.course.title in untold.get().note
    cancel_meeting(meeting_id=meeting.pk, because="Ziek.", by=None)
    assert untold.count() == 2
    assert not Mail.objects.exists()


def test_wishes_are_asked_where_the_meeting_does_and_kept_with_consent_by_phone(
    desk: Client, coen: Person, meeting: Meeting
):
    assert "diet" not in desk.get(page_of(coen)).context["form"].fields
    dinner = MeetingFactory(has_meal=True)
    shown = soup(desk.get(page_of(coen), {"bijeenkomst": dinner.pk}))
    assert shown.select_one("details[open] #id_diet")
    assert not shown.select_one("#id_access"), "no place asks for it"
    typed = {"meeting": dinner.pk, "diet": "coeliakie"}
    refused = desk.post(page_of(coen), typed)
    assert set(refused.context["form"].errors) == {"wishes_consent"}
    yes = typed | {"wishes_consent": "on"}
    elsewhere = desk.post(page_of(coen), yes | {"meeting": meeting.pk})
    assert set(elsewhere.context["form"].errors) == {"diet"}
    assert not Enrolment.objects.exists()
    assert desk.post(page_of(coen), yes).status_code == 302
    wishes = Wishes.objects.get(enrolment__person=coen)
    assert (wishes.diet, wishes.by_phone) == ("coeliakie", True)
    listed = soup(desk.get(f"/beheer/bijeenkomsten/{dinner.pk}/wensen/")).select_one("main")
    assert listed
    assert "aan de telefoon" in listed.text


def test_two_people_of_one_name_without_an_address_are_two(meeting: Meeting, back_office: User):
    for number in (1, 2):
        person = PersonFactory(first_name="Jan", last_name="de Vries", email="")
        call = services.Call(meeting=meeting, may_wait=True)
        services.enrol_by_phone(person=person, call=call, by=back_office)
        assert len(states_in(meeting)) == number
    place = Enrolment.objects.first()
    assert place is not None
    services.correct(
        enrolment_id=place.pk,
        attendee=attendee(first_name="Jan", last_name="de Vries", email=""),
        by=back_office,
    )
    assert_adds_up(meeting)


@pytest.mark.each_database
def test_nobody_is_enrolled_twice_however_they_were_typed(
    desk: Client, coen: Person, meeting: Meeting
):
    typed = {"first_name": "Coe\u0308n", "last_name": "De\u200b Boer"}
    enrol(meeting, attendee(**typed, email="Coen@Kantoor.example"))
    answer = desk.post(page_of(coen), {"meeting": meeting.pk, "instead": "list"})
    assert answer.status_code == 422
    assert "staat al" in answer.text
    assert len(states_in(meeting)) == 1


# --- No room -------------------------------------------------------------------------------------


@pytest.fixture
def full(meeting: Meeting) -> Meeting:
    for number in range(1, 5):
        enrol_number(meeting, number)
    assert states_in(meeting)[-1] == "waiting"
    return meeting


@pytest.mark.each_database
def test_a_full_meeting_is_asked_about_and_the_reason_is_kept(
    desk: Client, coen: Person, full: Meeting, back_office: User
):
    asked = desk.post(page_of(coen), {"meeting": full.pk})
    assert asked.status_code == 422
    assert {"instead", "because"} <= {one["name"] for one in soup(asked).select("main input[name]")}
    form = {"meeting": full.pk, "instead": "place"}
    assert desk.post(page_of(coen), form).status_code == 422, "it wants a reason"
    assert desk.post(page_of(coen), form | {"because": "Spreekt zelf"}).status_code == 302
    place = Enrolment.objects.get(person=coen)
    assert place.has_place
    assert place.events.get().note == "Spreekt zelf"
    full.refresh_from_db()
    assert (full.taken, full.capacity, full.above, full.waiting) == (4, 3, 1, 1)


def test_what_was_given_above_capacity_is_taken_back_as_places_come_free(
    full: Meeting, coen: Person, back_office: User
):
    call = services.Call(meeting=full, because="Spreekt zelf")
    services.enrol_by_phone(person=coen, call=call, by=back_office)
    for number, above in ((1, 0), (2, 0)):
        place = Enrolment.objects.get(last_name=f"Gast {number}")
        services.cancel(enrolment_id=place.pk, by=None, as_staff=True)
        full.refresh_from_db()
        assert full.above == above
    assert Enrolment.objects.get(last_name="Gast 4").state == "offered"
    assert_adds_up(full)


def test_who_waits_is_given_a_place_before_others(full: Meeting, back_office: User):
    last = enrol_number(full, 5)
    call = services.Call(meeting=full, because="Afgesproken")
    services.enrol_by_phone(person=last.person, call=call, by=back_office)
    assert states_in(full) == ["enrolled"] * 3 + ["waiting", "enrolled"]
    event = last.events.get(kind="given")
    assert (event.note, event.by) == ("Afgesproken", back_office)
    with pytest.raises(Refused):
        services.give_place(enrolment_id=last.pk, because="Nog eens", by=back_office)


def test_only_who_may_gives_a_place_above_capacity(
    sign_in, back_office: User, coen: Person, full: Meeting
):
    right = Permission.objects.get(codename="exceed_capacity")
    Group.objects.get(name=BACK_OFFICE).permissions.remove(right)
    form = {"meeting": full.pk, "instead": "place", "because": "Zomaar"}
    asked = sign_in(back_office).post(page_of(coen), form)
    assert asked.status_code == 422
    assert "because" not in asked.context["form"].fields
    with pytest.raises(Refused):
        services.enrol_by_phone(
            person=coen,
            call=services.Call(meeting=full, because="Zomaar"),
            by=User.objects.get(pk=back_office.pk),
        )


# --- Somebody new --------------------------------------------------------------------------------


def test_somebody_new_is_entered_once(desk: Client, coen: Person, meeting: Meeting):
    typed = {"first_name": "coen", "last_name": "De Boer", "meeting": meeting.pk}
    asked = desk.post(f"{PHONE}nieuw/", typed)
    assert asked.status_code == 422
    assert page_of(coen) in asked.text
    assert not Enrolment.objects.exists()
    assert desk.post(f"{PHONE}nieuw/", typed | {"is_new": "on"}).status_code == 302
    entered = Enrolment.objects.get().person
    assert entered != coen
    assert (entered.source, entered.email) == (Person.Source.BACK_OFFICE, "")


@pytest.mark.each_database
def test_nobody_is_entered_where_nobody_can_be_enrolled(desk: Client, full: Meeting):
    before = Person.objects.count()
    typed = {**GERDA, "meeting": full.pk}
    assert desk.post(f"{PHONE}nieuw/", typed).status_code == 422
    assert Person.objects.count() == before


def test_what_was_looked_for_is_filled_in(desk: Client, meeting: Meeting):
    form = soup(desk.get(f"{PHONE}nieuw/", {"q": "Gerda van Gast"}))
    assert form.select_one("#id_first_name")["value"] == "Gerda"
    assert form.select_one("#id_last_name")["value"] == "van Gast"


@pytest.mark.promise("P17")
@pytest.mark.parametrize("role", ["editor", "participant", "contact"])
def test_nobody_else_finds_people(sign_in, request, role: str, coen: Person):
    browser = sign_in(request.getfixturevalue(role))
    for address in (f"{PHONE}?q=boer", page_of(coen), f"{PHONE}nieuw/"):
        answer = browser.get(address)
        assert answer.status_code != 200
        assert "coen@" not in answer.text


@pytest.mark.parametrize("number", [1, 3])
def test_finding_costs_no_more_with_more_people(
    desk: Client, number: int, django_assert_max_num_queries
):
    for _ in range(number):
        PersonFactory(last_name="de Boer")
        MeetingFactory()
    desk.get(PHONE)
    with django_assert_max_num_queries(9):
        desk.get(PHONE, {"q": "boer"})
    person = Person.objects.filter(last_name="de Boer").first()
    assert person is not None
    with django_assert_max_num_queries(11):
        desk.get(page_of(person))
