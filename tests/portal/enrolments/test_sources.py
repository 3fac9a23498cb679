"""Whoever was supplied is told so within a month: by their bureau, or by us (AVG 14)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from legal.rights.services import restrict
from pluc.outbox.incoming import Bounce
from pluc.outbox.models import Mail
from pluc.outbox.reading import read
from pluc.outbox.receiving import take_in
from pluc.outbox.return_addresses import mail_of_bounce
from pluc.outbox.services import send
from portal.accounts.models import Person, User
from portal.accounts.services import take_record
from portal.desk.waiting import things_waiting_for
from portal.enrolments.models import Enrolment, Provenance
from portal.enrolments.queries.supplies import out_of_reach, to_mail_at
from portal.enrolments.services import cancel, informing, post_reminders
from portal.enrolments.services.informing import NobodyToTell
from portal.enrolments.tasks import tell_sources
from tests.factories import UserFactory
from tests.houses import House
from tests.planning import MeetingFactory, in_days
from tests.supplying import bureau, supplied

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.promise("P18"),
]
SAAR = "Saar;Vries;saar@b.example"


@pytest.fixture
def told_us(back_office: User) -> Provenance:
    supplied(back_office, SAAR, organisation=bureau(name="Bureau Bramen"))
    return Provenance.objects.get()


def on_day(one: Provenance, days: float) -> None:
    """As many days after the upload as told."""
    Provenance.objects.filter(pk=one.pk).update(supplied_at=timezone.now() - timedelta(days=days))
    tell_sources()
    one.refresh_from_db()


def test_the_clock_starts_at_the_upload_and_ours_goes_on_day_21(told_us: Provenance) -> None:
    on_day(told_us, 20.9)
    assert not Mail.objects.exists()
    on_day(told_us, 21)
    mail = Mail.objects.get()
    assert (mail.template, mail.recipient) == ("enrolments/supplied", "saar@b.example")
    text = " ".join(read(bytes(mail.message)).text.split())
    for said in ("Bureau Bramen", "voornaam", "deelnemerslijst", "bezwaar", "Autoriteit Persoons"):
        assert said in text
    assert "[link]" not in text  # it invites to nothing
    assert told_us.told_at is None  # not before it went
    tell_sources()
    assert Mail.objects.count() == 1
    send(mail_id=mail.pk)
    tell_sources()
    told_us.refresh_from_db()
    assert (told_us.told_how, told_us.failed_at) == ("us", None)


def test_a_bureau_that_confirms_keeps_our_mail_away(told_us: Provenance, contact: User) -> None:
    organisation = told_us.organisation_id
    assert organisation
    assert informing.confirm_told(bureau_ids=[organisation], by=contact) == 1
    on_day(told_us, 25)
    assert not Mail.objects.exists()
    assert (told_us.told_how, told_us.told_by) == ("bureau", contact)
    with pytest.raises(NobodyToTell):
        informing.confirm_told(bureau_ids=[organisation], by=contact)


def test_who_is_restricted_is_told_too(told_us: Provenance) -> None:
    restrict(person_id=told_us.person_id, ground="op verzoek", by=None)
    on_day(told_us, 21)
    mail = Mail.objects.get()
    send(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT


def test_a_bounce_leaves_the_duty_open_in_sight(told_us: Provenance, back_office: User) -> None:
    on_day(told_us, 21)
    mail = Mail.objects.get()
    send(mail_id=mail.pk)
    tell_sources()
    returned = mail_of_bounce(mail.sender)  # where mail servers report that it did not arrive
    assert returned == mail.pk
    take_in(said=Bounce(mail_id=returned, is_hard=True, status="5.1.1"), source="imap:1:1")
    told_us.refresh_from_db()
    assert (told_us.told_at, told_us.told_how) == (None, "")
    assert list(out_of_reach()) == [told_us]
    assert not to_mail_at(timezone.now()).exists()
    assert [thing.url for thing in things_waiting_for(back_office)] == [
        "/beheer/bijeenkomsten/aanleveringen/te-vertellen/"
    ]
    informing.note_told(source_id=told_us.pk, by=back_office)
    assert not things_waiting_for(back_office)


def test_what_the_server_refused_is_open_too(told_us: Provenance) -> None:
    on_day(told_us, 21)
    Mail.objects.update(state=Mail.State.GIVEN_UP)
    tell_sources()
    assert list(out_of_reach()) == [told_us]


def test_it_goes_before_any_other_mail_of_ours(back_office: User) -> None:
    meeting = MeetingFactory(state="definite", day=in_days(1))
    supplied(back_office, SAAR, meeting=meeting)
    Enrolment.objects.update(asked_at=timezone.now() - timedelta(days=3))
    post_reminders()
    mails = Mail.objects.order_by("created_at")
    assert [one.template for one in mails] == ["enrolments/supplied", "enrolments/reminder"]
    cancel(enrolment_id=Enrolment.objects.get().pk, by=back_office, as_staff=True)
    assert Mail.objects.filter(template="enrolments/supplied").count() == 1


def test_a_second_list_of_the_same_bureau_starts_no_second_clock(told_us, back_office) -> None:
    organisation = told_us.organisation
    supplied(back_office, SAAR, organisation=organisation)
    assert Provenance.objects.get().supplied_at == told_us.supplied_at
    supplied(back_office, SAAR)
    assert Provenance.objects.count() == 2
    assert Person.objects.filter(email="saar@b.example").count() == 2


def test_somebody_reads_who_supplied_them(told_us, house: House, sign_in) -> None:
    user = UserFactory(email="saar@b.example", person__email="saar@b.example")
    take_record(user=user, record_id=told_us.person_id)
    page = sign_in(user).get(house.portal_path("/gegevens/")).text
    assert "Bureau Bramen" in page
