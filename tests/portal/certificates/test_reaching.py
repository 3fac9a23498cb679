"""Who reaches a certificate: its person, the client of that meeting, the back office (P03, P15)."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone
from pypdf import PdfReader

from legal.rights.models import Disclosure, Restriction
from portal.attendance.models import AttendanceStep
from portal.certificates.mails import goes_through_bureau
from portal.certificates.models import Certificate
from portal.certificates.queries.trainings import trainings_of
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.organisations.models import Contact, Organisation
from tests.certificates import final_meeting, give_certificate
from tests.planning import ContactFactory, OrganisationFactory
from tests.rooms import supplied

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def meeting() -> Meeting:
    client = OrganisationFactory(is_client=True)
    return final_meeting("Anna Appel", "Bas Braam", format=Meeting.Format.IN_COMPANY, client=client)


@pytest.fixture
def rows(meeting) -> list[Certificate]:
    places = Enrolment.objects.filter(meeting=meeting).order_by("queue_number")
    return [give_certificate(place) for place in places]


def file_of(row: Certificate) -> str:
    return f"/mijn/certificaten/{row.pk}.pdf"


def status_for(client, row: Certificate) -> int:
    return int(client.get(file_of(row)).status_code)


def test_the_person_and_nobody_beside_them(
    rows, participant, colleague, outsider, speaker, sign_in
):
    own, other = rows
    Certificate.objects.filter(pk=own.pk).update(person=participant.person)
    mine = sign_in(participant)
    assert status_for(mine, own) == 200
    assert status_for(mine, other) == 404
    for user in (colleague, outsider, speaker):
        assert status_for(sign_in(user), own) == 404
    answer = mine.get(file_of(own))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    Certificate.objects.filter(pk=own.pk).update(state="waiting")
    assert status_for(mine, own) == 404


@pytest.mark.promise("P15")
def test_a_contact_of_the_client_while_the_grant_runs_and_it_is_written_down(
    rows, meeting, contact, sign_in
):
    browser = sign_in(contact)
    assert status_for(browser, rows[0]) == 404
    grant = ContactFactory(organisation=meeting.client, person=contact.person, scope="client")
    assert status_for(browser, rows[0]) == 200
    shown = Disclosure.objects.get(person=rows[0].person)
    assert (shown.kind, shown.to_whom) == ("client", contact.person.full_name)
    archive = browser.get(f"/mijn/certificaten/bijeenkomst/{meeting.code}.zip")
    assert len(ZipFile(BytesIO(archive.content)).namelist()) == 2
    Certificate.objects.filter(pk=rows[0].pk).update(state="revoked")
    assert status_for(browser, rows[0]) == 404
    Restriction.objects.create(person=rows[1].person, ground="op verzoek")
    assert status_for(browser, rows[1]) == 404
    Restriction.objects.all().delete()
    yesterday = timezone.localdate() - timedelta(days=1)
    Contact.objects.filter(pk=grant.pk).update(
        starts_on=yesterday - timedelta(days=9), ends_on=yesterday
    )
    assert status_for(browser, rows[1]) == 404


def test_a_contact_of_another_client_sees_none(rows, contact, sign_in):
    ContactFactory(
        organisation=OrganisationFactory(is_client=True), person=contact.person, scope="client"
    )
    assert status_for(sign_in(contact), rows[0]) == 404


@pytest.mark.promise("P19")
def test_a_bureau_that_hands_certificates_out_reaches_those_of_its_people_and_no_other(
    rows, contact, sign_in
):
    bureau = OrganisationFactory(is_bureau=True)
    ContactFactory(organisation=bureau, person=contact.person, scope="bureau")
    supplied(rows[0].enrolment, bureau)
    browser = sign_in(contact)
    assert status_for(browser, rows[0]) == 404, "they go out directly"
    Organisation.objects.update(certificates_go="bureau")
    assert status_for(browser, rows[0]) == 200
    assert status_for(browser, rows[1]) == 404
    contact.groups.clear()
    assert status_for(sign_in(contact), rows[0]) == 404, "the right obliges to a second factor"
    assert goes_through_bureau(Certificate.objects.get(pk=rows[0].pk))
    assert not goes_through_bureau(rows[1])


def test_the_back_office_reaches_each_and_writes_nothing_down(rows, back_office, sign_in):
    assert status_for(sign_in(back_office), rows[0]) == 200
    assert not Disclosure.objects.exists()


def test_one_sees_ones_own_and_takes_them_all_along(rows, participant, sign_in):
    browser = sign_in(participant)
    assert "Nog niets" in browser.get("/mijn/certificaten/").content.decode()
    assert browser.get("/mijn/certificaten/alles.zip").status_code == 404
    Certificate.objects.update(person=participant.person)
    page = browser.get("/mijn/certificaten/").content.decode()
    assert page.count("/mijn/certificaten/") >= 3
    names = ZipFile(BytesIO(browser.get("/mijn/certificaten/alles.zip").content)).namelist()
    assert len(set(names)) == 2


def test_it_stands_with_ones_place_once_the_meeting_is_over(rows, meeting, participant, sign_in):
    browser, own = sign_in(participant), rows[0]
    Certificate.objects.filter(pk=own.pk).update(person=participant.person)
    Enrolment.objects.filter(pk=own.enrolment_id).update(person=participant.person)
    page = f"/mijn/bijeenkomsten/{meeting.code}/"
    assert file_of(own) not in browser.get(page).content.decode()
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=now - timedelta(hours=9), ends_at=now - timedelta(hours=5)
    )
    text = browser.get(page).content.decode()
    assert file_of(own) in text
    assert file_of(rows[1]) not in text


@pytest.mark.thorough
@pytest.mark.promise("P22")
def test_the_overview_of_trainings_tells_what_one_followed_and_earned(participant, sign_in):
    meeting = final_meeting("Anna Appel")
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=now - timedelta(hours=9), ends_at=now - timedelta(hours=5)
    )
    Enrolment.objects.filter(meeting=meeting).update(person=participant.person)
    answer = sign_in(participant).get("/mijn/certificaten/overzicht.pdf")
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "Dirk Deelnemer" in text
    assert "4 PE-uren" in text.replace("\xa0", " ")
    AttendanceStep.objects.create(meeting=meeting, kind="reopened", reason="lijst gevonden")
    training = trainings_of(person=participant.person, now=now)[0]
    assert not training.is_final
    assert not training.hours
