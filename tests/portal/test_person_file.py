"""A person as a file: all that is known of them on one screen, and two records made one."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from wagtail.models import ModelLogEntry

from legal.rights.services import record_disclosure
from pluc.deeds import Refused
from portal.accounts.doubles import likely_doubles
from portal.accounts.merging import preview
from portal.accounts.models import Person, PersonNote, Title, User
from portal.accounts.services.merging import merge
from portal.contact.models import ContactMessage
from portal.enrolments.models import Enrolment
from portal.enrolments.services import Call, cancel, enrol_by_phone
from portal.newsletter.models import SubscriptionStep
from tests.certificates import give_certificate
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory, UserFactory
from tests.issues import SubscriptionFactory
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
PEOPLE = "/beheer/mensen/"


@pytest.fixture
def desk(sign_in, back_office: User) -> Client:
    browser: Client = sign_in(back_office)
    return browser


def file_of(person: Person) -> str:
    return f"{PEOPLE}inspect/{person.pk}/"


def record(**fields: str) -> Person:
    plain = {"first_name": "Coën", "last_name": "de Boer", "email": "coen@kantoor.example"}
    return PersonFactory(**plain | fields)


def fill(person: Person, number: int) -> None:
    """So many rows of each kind about a person."""
    for n in range(number):
        place = enrol(MeetingFactory(), attendee(n, email=person.email), as_staff=True)[0]
        Enrolment.objects.filter(pk=place.pk).update(person=person)
        place.booking.payer = person
        place.booking.save()
        give_certificate(place, person=person)
        PersonNote.objects.create(person=person, text=f"Belt liever {n}.", by=UserFactory())
        record_disclosure(people=[person.pk], to="Saar", kind="speaker", data="name", ground="P14")
        ContactMessage.objects.create(
            name="Coën", email=person.email.upper(), text="Hoi", language="nl", fingerprint=str(n)
        )
        subscription = SubscriptionFactory(email=f"{n}.{person.email}", person=person)
        SubscriptionStep.objects.create(subscription=subscription, kind="asked", form="site")
    from pluc.outbox.models import Mail

    Mail.objects.update(person=person)


@pytest.mark.parametrize("number", [1, 3])
def test_a_file_holds_everything_at_one_cost(
    desk: Client, number: int, django_assert_max_num_queries
):
    person = record(organisation="Perenhof", city="Utrecht")
    fill(person, number)
    desk.get(file_of(person))
    with django_assert_max_num_queries(21):
        page = BeautifulSoup(desk.get(file_of(person)).content, "lxml")
    text = page.select_one("main").text
    for words in ("Perenhof", "Belt liever 0.", "Saar", "Ingeschreven", "Bericht"):
        assert words.lower() in text.lower(), words
    parts = {
        panel["id"]: len(panel.select("tbody tr")) for panel in page.select("section[id^=part-]")
    }
    assert parts == {f"part-{order}-section": number for order in (10, 15, 20, 25, 30, 40)}


def test_a_note_is_written_and_deleted_and_is_its_persons_to_read(desk: Client, back_office: User):
    person = record()
    assert desk.post(f"{PEOPLE}{person.pk}/notitie/", {"text": " "}).status_code == 422
    assert desk.post(f"{PEOPLE}{person.pk}/notitie/", {"text": "Belt\nliever."}).status_code == 302
    note = PersonNote.objects.get()
    assert (note.text, note.by) == ("Belt liever.", back_office)
    assert desk.post(f"{PEOPLE}notitie/{note.pk}/").status_code == 302
    assert not PersonNote.objects.exists()


def test_names_in_the_list_lead_to_the_file_in_the_order_of_dutch_lists(desk: Client):
    for first, last in [("A", "Éclair"), ("B", "'t Hooft"), ("C", "de Boer"), ("D", "Edel")]:
        PersonFactory(first_name=first, last_name=last)
    links = BeautifulSoup(desk.get(PEOPLE).content, "lxml").select(".title a[href*=inspect]")
    names = [link.text.strip() for link in links]
    wanted = ["C de Boer", "A Éclair", "D Edel", "B 't Hooft"]
    assert [name for name in names if name in wanted] == wanted


def test_the_place_in_lists_follows_the_name_however_it_is_saved():
    person = record()
    assert person.sort_key.startswith("boer")
    person.last_name = "van Zanten"
    person.save(update_fields=["last_name"])
    person.refresh_from_db()
    assert person.sort_key.startswith("zanten")


def test_the_list_is_read_in_order_by_an_index():
    plan = Person.objects.order_by("sort_key", "id")[:50].explain()
    if connection.vendor == "sqlite":  # PostgreSQL sorts a table that fits in one page
        assert "accounts_people_in_order" in plan
        assert "TEMP B-TREE" not in plan


# --- Doubles -------------------------------------------------------------------------------------


def test_doubles_share_a_name_and_something_else():
    one = record(organisation="Perenhof")
    other = record(email="", first_name="Coe\u0308n", organisation="Perenhof")
    record(email="elders@kantoor.example")
    assert {person.pk for person in likely_doubles()} == {one.pk, other.pk}


def test_a_number_is_the_same_however_it_is_written():
    one, other = record(email="", phone="06-12345678"), record(email="", phone="+31 6 1234 5678")
    record(email="", phone="06 87654321")
    assert {person.pk for person in likely_doubles()} == {one.pk, other.pk}


def test_doubles_stand_together_and_are_merged_by_what_was_shown(desk: Client, back_office: User):
    one, other = record(phone=""), record(phone="06 12345678")
    place = enrol(MeetingFactory(), attendee(email="oud@kantoor.example"))[0]
    Enrolment.objects.update(person=other)
    other.titles.add(Title.objects.get(code="RA"))
    address = f"{PEOPLE}{one.pk}/samenvoegen/{other.pk}/"
    assert address in desk.get(f"{PEOPLE}dubbel/").text
    assert address in desk.get(file_of(other)).text
    page = desk.get(address).text
    assert "Aanmeldingen: 1" in page or "Inschrijvingen: 1" in page
    assert "06 12345678" in page
    assert desk.post(address).status_code == 302
    one.refresh_from_db()
    place.refresh_from_db()
    assert (one.phone, place.person) == ("06 12345678", one)
    assert one.titles_in_short == "RA"
    assert not Person.objects.filter(pk=other.pk).exists()
    entry = ModelLogEntry.objects.get(action="accounts.merge")
    assert (entry.user, entry.object_id) == (back_office, str(one.pk))
    assert "Boer" not in entry.label + str(entry.data)


def test_what_the_record_that_stays_says_is_not_changed(back_office: User):
    stays = record(street="Perenlaan 1", city="", organisation="Perenhof")
    goes = record(street="Elders 2", city="Zwolle", organisation="Ander", phone="1")
    merge(stays_id=stays.pk, goes_id=goes.pk, by=back_office)
    stays.refresh_from_db()
    kept = (stays.street, stays.city, stays.organisation, stays.phone)
    assert kept == ("Perenlaan 1", "", "Perenhof", "1"), "half an address would be nobody's"


def test_an_account_stays_and_two_accounts_are_not_merged(desk: Client, back_office: User):
    login = UserFactory(person=record())
    earlier = record(created_at="2020-01-01T00:00Z")
    assert f"{PEOPLE}{login.person_id}/samenvoegen/{earlier.pk}/" in desk.get(file_of(earlier)).text
    other = UserFactory(person=record(), email="elders@kantoor.example")
    for goes in (other.person_id, login.person_id):
        with pytest.raises(Refused):
            merge(stays_id=login.person_id, goes_id=goes, by=back_office)
    merge(stays_id=login.person_id, goes_id=earlier.pk, by=back_office)
    assert Person.objects.filter(pk=login.person_id).exists()


def test_places_follow_an_address_that_is_filled_in_later(desk: Client, back_office: User):
    for number, gets in ((1, "form"), (2, "merging")):
        person = record(email="", last_name=f"de Boer {number}")
        meeting = MeetingFactory()
        call = Call(meeting=meeting)
        place = enrol_by_phone(person=person, call=call, by=back_office)
        if gets == "form":
            typed = {"first_name": "Coën", "last_name": person.last_name, "language": "nl"}
            desk.post(f"{PEOPLE}edit/{person.pk}/", typed | {"email": "nu@kantoor.example"})
        else:
            other = record(email="nu@kantoor.example", last_name=person.last_name)
            merge(stays_id=person.pk, goes_id=other.pk, by=back_office)
        place.refresh_from_db()
        assert place.email == "nu@kantoor.example", gets


def test_two_places_in_one_meeting_are_in_the_way(back_office: User):
    meeting, stays, goes = MeetingFactory(), record(), record()
    for person in (stays, goes):
        place = enrol(meeting, attendee(email=f"{person.pk}@kantoor.example"))[0]
        Enrolment.objects.filter(pk=place.pk).update(person=person)
    assert len(preview(stays=stays, goes=goes).obstacles) == 1
    with pytest.raises(Refused):
        merge(stays_id=stays.pk, goes_id=goes.pk, by=back_office)
    cancel(enrolment_id=place.pk, by=None, as_staff=True)
    merge(stays_id=stays.pk, goes_id=goes.pk, by=back_office)
    assert Enrolment.objects.filter(person=stays).count() == 2
