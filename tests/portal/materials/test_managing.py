"""What the back office does with material, and what a speaker adds and takes back."""

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.desk.waiting import things_waiting_for
from portal.materials.forms import LinkForm
from portal.materials.models import HandedOut, Material, Version
from portal.materials.queries.lines import material_for
from portal.materials.services import adding
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.mails import sent_mails
from tests.material import a_pdf, give_file, give_material, give_version, upload
from tests.planning import MeetingFactory, OrganisationFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(participant: User, speaker: User) -> Meeting:
    """A meeting that the participant goes to and the speaker speaks at."""
    client = OrganisationFactory(is_client=True, name="Perenhof B.V.")
    meeting = MeetingFactory(state=Meeting.State.DEFINITE, client=client)
    meeting.speakers.add(SpeakerFactory(person=speaker.person))
    enrol(meeting, attendee(email=participant.email), user=participant)
    return meeting


@pytest.fixture
def office(sign_in: Any, back_office: User) -> Client:
    return sign_in(back_office)


def room_of(meeting: Meeting) -> str:
    return f"/mijn/spreker/{meeting.code}/materiaal/"


@pytest.mark.promise("P03")
def test_what_a_speaker_adds_waits_for_the_back_office(
    sign_in: Any,
    speaker: User,
    participant: User,
    back_office: User,
    office: Client,
    meeting: Meeting,
):
    room = sign_in(speaker)
    sent = room.post(room_of(meeting), {"uploads": [upload(a_pdf())], "title": "Slides van Sanne"})
    assert sent["Location"] == room_of(meeting)
    material = Material.objects.get()
    assert "wacht tot de backoffice het vrijgeeft" in room.get(room_of(meeting)).text
    place = sign_in(participant).get(f"/mijn/bijeenkomsten/{meeting.code}/").text
    assert "Slides van Sanne" not in place
    assert "spreker" in sent_mails()[-1]["Subject"]
    assert [thing.text for thing in things_waiting_for(back_office)] == [
        "1 stuk materiaal om vrij te geven"
    ]
    Material.objects.update(moment=Material.Moment.START)
    asked = unescape(office.get(f"/beheer/materiaal/{material.pk}/vrijgeven/").text)
    assert "1 deelnemer" in asked
    assert "contactpersonen van Perenhof" in asked
    assert asked.count("vanaf ") >= 1, "from when"
    office.post(f"/beheer/materiaal/{material.pk}/vrijgeven/")
    place = sign_in(participant).get(f"/mijn/bijeenkomsten/{meeting.code}/").text
    assert "Slides van Sanne" in place
    assert "/mijn/materiaal/" not in place, "its moment is the start of the meeting"


def test_a_speaker_takes_back_what_nobody_released(sign_in: Any, speaker: User, meeting: Meeting):
    room = sign_in(speaker)
    own = give_file(meeting, added_by=speaker, approved_at=None).material
    address = f"{room_of(meeting)}{own.pk}/terugnemen/"
    assert room.get(address).status_code == 200
    assert room.post(address).status_code == 302
    assert not Material.objects.filter(pk=own.pk).exists(), "with its file: nobody was given it"
    released = give_file(meeting, added_by=speaker).material
    assert room.post(f"{room_of(meeting)}{released.pk}/terugnemen/").status_code == 422
    others = give_file(meeting, approved_at=None).material
    assert room.get(f"{room_of(meeting)}{others.pk}/terugnemen/").status_code == 404


def test_a_speaker_cannot_bury_the_back_office(
    sign_in: Any, speaker: User, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(adding, "MOST_WAITING", 2)
    room = sign_in(speaker)
    sent = [upload(a_pdf(f"{n}"), f"{n}.pdf") for n in range(3)]
    page = room.post(room_of(meeting), {"uploads": sent})
    assert page.status_code == 422
    assert "al zo veel op vrijgave" in page.text
    assert Material.objects.count() == 2
    subjects = [mail["Subject"] for mail in sent_mails()]
    assert subjects.count("Een spreker heeft materiaal toegevoegd") == 1, "one an hour"


@pytest.mark.promise("P17")
def test_who_speaks_elsewhere_adds_nothing(sign_in: Any, speaker: User, visitor: Client):
    other = MeetingFactory()
    room = sign_in(speaker)
    assert room.get(room_of(other)).status_code == 404
    assert room.post(room_of(other), {"uploads": [upload(a_pdf())]}).status_code == 404
    assert visitor.get(room_of(other)).status_code == 302
    asked = {"headers": {"accept": "application/json"}}
    assert visitor.post(room_of(other), {}, **asked).status_code == 401
    assert not Version.objects.exists()


def test_taking_away_is_at_once_and_can_be_undone(
    office: Client, sign_in: Any, participant: User, meeting: Meeting
):
    version = give_file(meeting)
    browser, file = sign_in(participant), f"/mijn/materiaal/{version.pk}/"
    assert browser.get(file).status_code == 200
    address = f"/beheer/materiaal/{version.material_id}/"
    office.post(f"{address}weghalen/")
    assert browser.get(file).status_code == 404
    assert "weggehaald" in office.get(address).text.lower()
    office.post(f"{address}terugzetten/")
    assert browser.get(file).status_code == 200
    page = office.get(address)
    assert page.status_code == 200
    assert participant.person.full_name in page.text, "who has which version"
    assert office.post(f"{address}terugzetten/").status_code == 422
    assert office.get(f"{address}iets-anders/").status_code == 404


def test_material_is_put_in_order(office: Client, meeting: Meeting, participant: User):
    rows = [
        give_material(meeting, title=name, url=f"https://{name}.example", kind="link")
        for name in "abc"
    ]
    office.post(f"/beheer/materiaal/{rows[2].pk}/omhoog/")
    office.post(f"/beheer/materiaal/{rows[2].pk}/omhoog/")
    office.post(f"/beheer/materiaal/{rows[2].pk}/omhoog/")
    person = participant.person
    lines = material_for(person=person, meeting_id=meeting.pk, now=timezone.now())
    assert [line.title for line in lines] == ["c", "a", "b"]
    assert lines[0].address == "https://c.example"
    assert not HandedOut.objects.exists(), "a link is no file that is handed out"


def test_its_facts_are_changed(office: Client, meeting: Meeting):
    version = give_file(meeting)
    address = f"/beheer/materiaal/{version.material_id}/wijzigen/"
    assert office.get(address).status_code == 200
    typed = {"title": "Nieuw", "title_en": "New", "moment": "at", "for_absent": "no"}
    day = {"released_from_0": "2027-01-07", "released_from_1": "13:30"}
    early = {"ends_at_0": "2027-01-07", "ends_at_1": "13:30"}
    assert office.post(address, typed).status_code == 422, "a moment of its own needs one"
    assert office.post(address, typed | day | early).status_code == 422, "it ends before it begins"
    assert office.post(address, typed | day | {"title": "om\u202e"}).status_code == 422
    assert office.post(address, typed | day).status_code == 302
    material = Material.objects.get()
    assert (material.title, material.for_absent) == ("Nieuw", "no")
    assert material.released_from == dt.datetime(2027, 1, 7, 12, 30, tzinfo=dt.UTC)


@pytest.mark.promise("P03")
def test_one_sees_what_comes_when_and_which_version_one_has(
    sign_in: Any, participant: User, meeting: Meeting
):
    version = give_file(meeting)
    give_file(meeting, b"later", title="Uitwerkingen", moment=Material.Moment.START)
    browser, page = sign_in(participant), f"/mijn/bijeenkomsten/{meeting.code}/"
    browser.get(f"/mijn/materiaal/{version.pk}/")
    assert "je hebt het" in browser.get(page).text
    give_version(version.material, b"newer")
    text = browser.get(page).text
    assert "je hebt versie 1" in text
    assert "Uitwerkingen" in text
    assert "vanaf " in text
    shown = browser.get("/mijn/gegevens/").text
    assert "Materiaal dat je hebt gekregen" in shown


def test_the_first_screen_tells_what_waits(office: Client, sign_in: Any, editor: User):
    meeting = MeetingFactory(state=Meeting.State.DEFINITE)
    give_file(meeting, approved_at=None, title="Van de spreker")
    give_version(give_material(meeting.course), scan="held", why_held="large")
    text = office.get("/beheer/materiaal/").text
    assert "Van de spreker" in text
    assert "te groot voor de virusscanner" in text
    for address in (f"cursus/{meeting.course_id}/", f"bijeenkomst/{meeting.pk}/"):
        assert office.get(f"/beheer/materiaal/{address}").status_code == 200
    assert office.get("/beheer/materiaal/bijeenkomst/" + "9" * 25 + "/").status_code == 404
    assert sign_in(editor).get("/beheer/materiaal/").status_code == 302


def test_a_meeting_leads_to_its_material(office: Client, meeting: Meeting):
    page = office.get(reverse("meeting_screen", args=[meeting.pk]))
    assert f"/beheer/materiaal/bijeenkomst/{meeting.pk}/" in page.text


@pytest.mark.parametrize("url", ["geen adres", "ftp://pluc.example/a.pdf", "https://[hier"])
def test_a_bad_link_is_told_once_and_with_what_to_type(url: str):
    (message,) = LinkForm({"url": url, "title": "Website"}).errors["url"]
    assert "https://www.voorbeeld.nl/pagina" in message


def test_a_link_that_reads_as_another_is_refused():
    (message,) = LinkForm({"url": "https://pluc.example/\u202efdp.exe"}).errors["url"]
    assert "ander adres" in message
