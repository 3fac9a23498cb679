"""The back office and the bureau's own contact send a list: the same steps, for less eyes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from legal.rights.services import restrict
from portal.accounts.models import Person, User
from portal.desk.queries.supplies import meeting_to_supply
from portal.desk.waiting import things_waiting_for
from portal.enrolments.models import Enrolment, Provenance, Supply
from portal.enrolments.tasks import keep_supplies_moving
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.planning import ContactFactory, MeetingFactory, in_days
from tests.supplying import bureau, supply
from tests.tables import text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.promise("P19"),
    pytest.mark.either_database,
]
LIST = text("Saar;Vries;saar@b.example", "Guus;Gast 1;guus1@kantoor.example", ";;fout")


@pytest.fixture
def meeting() -> Meeting:
    made: Meeting = MeetingFactory(partner=bureau(name="Bureau Bramen"), day=in_days(60))
    return made


@pytest.fixture
def grant(contact: User, meeting: Meeting):
    return ContactFactory(person=contact.person, organisation=meeting.partner, scope="bureau")


def file_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("lijst.csv", content, "text/csv")


def send(browser: Client, address: str, content: bytes, meeting: Meeting, **typed: str):
    data = {"organisation": meeting.partner_id, "file": file_of(content)}
    return browser.post(address, data | typed, follow=True)


def test_the_back_office_sends_looks_enrols_and_undoes(sign_in, back_office, meeting) -> None:
    browser = sign_in(back_office)
    address = f"/beheer/bijeenkomsten/{meeting.pk}/aanleveren/"
    enrol(meeting, attendee(1))
    page = send(browser, address, LIST, meeting)
    assert "Staat al in deze bijeenkomst" in page.text
    assert not Person.objects.filter(email="saar@b.example").exists()
    found = Supply.objects.get()
    of_it = f"/beheer/bijeenkomsten/aanleveringen/{found.pk}/"
    browser.post(f"{of_it}inschrijven/")
    assert browser.get(f"{of_it}stand/?state=applying").status_code == 200
    keep_supplies_moving()
    assert browser.get(f"{of_it}stand/?state=applying").status_code == 205
    assert Enrolment.objects.filter(email="saar@b.example", meeting=meeting).exists()
    assert "aangeleverde deelnemer" in things_waiting_for(back_office)[0].text
    browser.post(f"{of_it}bekeken/")
    assert not things_waiting_for(back_office)
    browser.post(f"{of_it}ongedaan/")
    keep_supplies_moving()
    assert not Person.objects.filter(email="saar@b.example").exists()


def test_a_whole_name_is_asked_about_and_the_answer_is_remembered(
    sign_in, back_office, meeting
) -> None:
    browser = sign_in(back_office)
    address = f"/beheer/bijeenkomsten/{meeting.pk}/aanleveren/"
    content = text("Saar de Vries;s@b.example", head="naam;e-mail")
    asked = send(browser, address, content, meeting)
    assert (asked.status_code, Supply.objects.count()) == (422, 0)
    assert 'name="whole"' in asked.text
    send(browser, address, content, meeting, whole="0", email="1", name_order="first last")
    assert Supply.objects.get().rows.get().last_name == "de Vries"
    assert send(browser, address, content, meeting).status_code == 200
    assert Supply.objects.count() == 2


@pytest.mark.each_database
def test_a_bureau_sends_its_own_list_from_its_room(
    house: House, sign_in, contact: User, grant, meeting: Meeting
) -> None:
    browser = sign_in(contact)
    start = house.portal_path(f"/organisatie/{meeting.code}/")
    assert "aanleveren/" in browser.get(start).text
    page = send(browser, f"{start}aanleveren/", LIST, meeting)
    found = Supply.objects.get()
    assert (found.by, found.organisation) == (contact, meeting.partner)
    assert "Vries" in page.text
    browser.post(f"{start}aanleveren/{found.pk}/inschrijven/")
    keep_supplies_moving()
    assert "Vries" in browser.get(start).text
    browser.post(f"{start}verteld/")
    assert set(Provenance.objects.values_list("told_how", flat=True)) == {"bureau"}


@pytest.mark.promise("P17")
def test_a_bureau_learns_nothing_of_who_else_we_know(
    house: House, sign_in, contact: User, grant, meeting: Meeting
) -> None:
    account = UserFactory(person__first_name="Dirk", person__last_name="Deelnemer")
    kept = PersonFactory(first_name="Rust", last_name="Roest", email="rust@b.example")
    restrict(person_id=kept.pk, ground="op verzoek", by=None)
    enrol(meeting, attendee(1))
    found = supply(
        contact,
        *("Nieuw;Nieuw;nieuw@b.example", f"Dirk;Deelnemer;{account.email}"),
        *("Rust;Roest;rust@b.example", "Guus;Gast 1;guus1@kantoor.example"),
        meeting=meeting,
        organisation=meeting.partner,
    )
    address = house.portal_path(f"/organisatie/{meeting.code}/aanleveren/{found.pk}/")
    page = sign_in(contact).get(address).text
    rows = [part.split("</tr>")[0] for part in page.split("<tr>")[2:]]
    new, known, restricted, enrolled = (row.split("<td>", 1)[1] for row in rows)
    assert new.replace("2</td>", "") == known.replace("3</td>", "")
    assert restricted.replace("4</td>", "") == enrolled.replace("5</td>", "")


def test_only_meetings_that_are_agreed_with_it_while_the_grant_runs(
    house: House, sign_in, contact: User, grant, meeting: Meeting
) -> None:
    now = timezone.now()
    others = MeetingFactory(partner=bureau())
    assert meeting_to_supply(person=contact.person, code=others.code, now=now) is None
    of_another = supply(contact, meeting=meeting)  # another bureau's list for this meeting
    browser, start = sign_in(contact), house.portal_path(f"/organisatie/{meeting.code}/")
    assert browser.get(f"{start}aanleveren/{of_another.pk}/").status_code == 404
    grant.starts_on, grant.ends_on = in_days(-9), in_days(-1)
    grant.save()
    assert browser.get(f"{start}aanleveren/").status_code == 404
    assert send(browser, f"{start}aanleveren/", LIST, meeting).status_code == 404
    assert Supply.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"\x00\x01\x02\x00" * 99, "tabel"),
        (b"PK\x03\x04 and nothing more", "beschadigd"),
    ],
)
def test_what_cannot_be_read_says_why(sign_in, back_office, meeting, content, said) -> None:
    address = f"/beheer/bijeenkomsten/{meeting.pk}/aanleveren/"
    page = send(sign_in(back_office), address, content, meeting)
    assert (page.status_code, said in page.text) == (422, True)
