"""A right to look is none to do: no role has the one without the other today, a group may."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage
from django.test import Client

from legal.rights.models import Restriction
from pluc.outbox import services
from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from portal.announcements.models import Announcement
from portal.announcements.services import Texts, submit, write
from portal.enrolments.models import BillingExport, Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import enrol_number
from tests.factories import UserFactory
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

Holder = Callable[..., Client]


@pytest.fixture
def holding(sign_in: Callable[[User], Client]) -> Holder:
    """The browser of a colleague with these rights alone, by codename."""

    def browser_of(*rights: str) -> Client:
        user = UserFactory(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
        return sign_in(user)

    return browser_of


def is_sent_back(browser: Client, path: str, **typed: str) -> bool:
    """Whether asking and doing both lead to the staff's first screen."""
    answers = [browser.get(path, typed), browser.post(path, typed)]
    return all(answer.headers.get("Location") == "/beheer/" for answer in answers)


def test_who_sees_the_planning_changes_nothing_in_it(holding: Holder):
    meeting = MeetingFactory()
    browser, path = holding("view_meeting"), f"/beheer/bijeenkomsten/{meeting.pk}/"
    assert browser.get("/beheer/bijeenkomsten/").status_code == 200
    typed = {"because": "Zomaar.", "state": "definite", "code": "kopie", "first_day": "2030-01-02"}
    for deed in ("wijzigen/", "kopie/", "stap/", "annuleren/"):
        assert is_sent_back(browser, path + deed, **typed), deed
    assert is_sent_back(browser, "/beheer/bijeenkomsten/nieuw/", **typed)
    assert [one.state for one in Meeting.objects.all()] == [Meeting.State.PLANNED]


def test_who_sees_enrolments_changes_and_takes_none(holding: Holder):
    place = enrol_number(MeetingFactory(), 1)
    browser = holding("view_enrolment")
    path, meeting = (
        f"/beheer/inschrijvingen/{place.pk}/",
        f"/beheer/bijeenkomsten/{place.meeting_id}/",
    )
    bulk = {"do": "cancel", "people": str(place.pk)}
    typed = {"first_name": "Iemand", "last_name": "Anders", "email": "anders@elders.example"}
    for screen, sent in ((path, typed), (meeting, bulk)):
        assert browser.get(screen).status_code == 200
        assert browser.post(screen, sent)["Location"] == "/beheer/"
    assert is_sent_back(browser, f"{meeting}inschrijven/", **typed)
    assert is_sent_back(browser, f"{meeting}lijst.xlsx")
    now = Enrolment.objects.get()
    assert (now.state, now.first_name) == (place.state, place.first_name)


def test_who_sees_people_restricts_and_erases_none(holding: Holder, participant: User):
    browser, person = holding("view_person"), participant.person_id
    assert browser.get("/beheer/beperkingen/").status_code == 200
    assert browser.get(f"/beheer/mensen/inspect/{person}/").status_code == 200
    for deed in ("beperken", "opheffen"):
        assert is_sent_back(browser, f"/beheer/beperkingen/{person}/{deed}/", ground="Zomaar.")
    assert is_sent_back(browser, f"/beheer/mensen/delete/{person}/")
    assert not Restriction.objects.exists()
    assert Person.objects.filter(pk=person).exists()


def test_who_sees_and_changes_enrolments_bills_none(holding: Holder):
    browser = holding("view_enrolment", "change_enrolment", "export_enrolment")
    export = BillingExport.objects.create()
    for screen in ("", "nieuw/", f"{export.pk}.json", f"{export.pk}.xlsx"):
        assert browser.get(f"/beheer/facturatie/{screen}")["Location"] == "/beheer/", screen


def test_who_reads_mail_sends_none_again(holding: Holder):
    (mail,) = services.post(
        message=EmailMessage("Peren", "Rijp.", to=["a@b.example"]), template="p"
    )
    Mail.objects.update(state=Mail.State.SENT)
    browser, path = holding("read_mail"), f"/beheer/mail/{mail.pk}/"
    assert browser.get(path).status_code == 200
    assert f"{path}opnieuw/" not in browser.get(path).text
    assert is_sent_back(browser, f"{path}opnieuw/")
    assert Mail.objects.count() == 1


def test_writing_and_approving_announcements_are_two_rights(holding: Holder, back_office: User):
    announcement = write(
        texts=Texts(subject="a", text="b", subject_en="c", text_en="d"), by=back_office
    )
    writer, approver = holding("write_announcement"), holding("approve_announcement")
    path = f"/beheer/mededelingen/{announcement.pk}/"

    def tries(browser: Client, deed: str) -> int:
        return browser.post(f"{path}{deed}/", {"revision": "1", "note": "Nee."}).status_code

    assert [tries(approver, deed) for deed in ("indienen", "weggooien")] == [422, 422]
    assert is_sent_back(approver, f"{path}wijzigen/")
    submit(announcement_id=announcement.pk, revision=1, by=back_office)
    assert [tries(writer, deed) for deed in ("goedkeuren", "terugsturen")] == [422, 422]
    assert Announcement.objects.get().state == Announcement.State.SUBMITTED
    assert tries(approver, "goedkeuren") == 302
