"""Certificates are issued once each, from frozen facts, to whoever was there (P03)."""

import hashlib
from functools import cache
from unittest.mock import Mock

import pytest
from django.conf import settings
from joserfc.jwk import RSAKey

from pluc.documents.errors import DocumentNotMade
from pluc.outbox.models import Mail
from portal.attendance.models import AttendanceStep
from portal.certificates import keys
from portal.certificates.models import Certificate, CertificateStep, GoneCertificate, Issuing
from portal.certificates.queries.issuing import Fate, progress_of, round_of
from portal.certificates.refusals import IsBeingReplaced, NobodyDue, NotFinal, WasAbsent
from portal.certificates.services import ending, making
from portal.certificates.services.issuing import issue
from portal.certificates.tasks import keep_making
from portal.enrolments.models import Enrolment
from tests.certificates import final_meeting, issued
from tests.mails import newest_to, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch) -> list[int]:
    """Rendering is quick: the bytes tell whose they are. How many were made at once."""
    sizes: list[int] = []

    def render(certificates, *, language):
        sizes.append(len(certificates))
        return [a_pdf() for _ in certificates]

    monkeypatch.setattr(making, "render", render)
    return sizes


@cache
def a_pdf() -> bytes:
    """One that signing takes."""
    from weasyprint import HTML

    return bytes(HTML(string="<html lang=nl><title>a</title><p>b").write_pdf())


def mails_about(row: Certificate) -> list[str]:
    mails = Mail.objects.filter(recipient=row.person.email, template__startswith="certificates/")
    return list(mails.values_list("template", flat=True))


def fates(meeting) -> list[Fate]:
    return [one.fate for one in round_of(meeting).candidates]


@pytest.mark.either_database
def test_whoever_was_there_gets_one_and_is_mailed_a_link_to_it(made):
    meeting = final_meeting("Anna Appel", "Bas Braam", "Cees Cox", absent=1)
    assert fates(meeting) == [Fate.NEW, Fate.NEW, Fate.ABSENT]
    rows = issued(meeting)
    assert {row.facts["name"] for row in rows} == {"Anna Appel", "Bas Braam"}
    assert made == [2]
    for row in rows:
        with row.file.open("rb") as stored:
            assert hashlib.sha256(stored.read()).hexdigest() == row.sha256
        assert mails_about(row) == ["certificates/issued"]
        mail = newest_to(row.person.email)
        assert f"{settings.PORTAL_URL}/certificaten/" in text_of(mail)
        assert not list(mail.iter_attachments())
    assert fates(meeting) == [Fate.HAS, Fate.HAS, Fate.ABSENT]


@pytest.mark.either_database
def test_the_key_is_taken_over_once_for_all_of_them(made, monkeypatch):
    take_over = Mock(wraps=RSAKey.import_key)
    monkeypatch.setattr(RSAKey, "import_key", take_over)
    keys.read.cache_clear()
    issued(final_meeting("Anna Appel", "Bas Braam"))
    take_over.assert_called_once()


@pytest.mark.either_database
@pytest.mark.parametrize(("kinds", "refused"), [(["final", "reopened"], NotFinal), ([], NotFinal)])
def test_nobody_gets_one_before_attendance_is_final_or_during_a_correction(kinds, refused, made):
    meeting = final_meeting("Anna Appel")
    AttendanceStep.objects.filter(meeting=meeting).delete()
    for kind in kinds:
        AttendanceStep.objects.create(meeting=meeting, kind=kind)
    with pytest.raises(refused):
        issue(meeting_id=meeting.pk, by=None)
    assert not Certificate.objects.exists()


def test_asked_twice_there_is_one_each(made):
    meeting = final_meeting("Anna Appel", "Bas Braam")
    issue(meeting_id=meeting.pk, by=None)
    with pytest.raises(NobodyDue):
        issue(meeting_id=meeting.pk, by=None)
    keep_making()
    keep_making()
    assert Certificate.objects.in_force().count() == Certificate.objects.count() == 2
    assert CertificateStep.objects.filter(kind="issued").count() == 2


def test_a_worker_killed_between_two_leaves_the_rest_to_the_next_and_each_exists_once(
    made, monkeypatch
):
    meeting = final_meeting("Anna Appel", "Bas Braam", "Cees Cox")
    issue(meeting_id=meeting.pk, by=None)
    put, stored = making.put, []

    def killed(certificate, pdf):
        name = put(certificate, pdf)
        stored.append(name)
        if len(stored) == 2:
            raise KeyboardInterrupt  # after the file, before the row
        return name

    monkeypatch.setattr(making, "put", killed)
    with pytest.raises(KeyboardInterrupt):
        keep_making()
    assert Certificate.objects.in_force().count() == 1
    keep_making()
    rows = Certificate.objects.in_force()
    assert rows.count() == 3
    assert stored[1] in {row.file.name for row in rows}, "what was left is put aside"
    for row in rows:
        assert mails_about(row) == ["certificates/issued"]


def test_facts_stay_as_they_were_whatever_changes_later(made):
    meeting = final_meeting("Anna Appel")
    issue(meeting_id=meeting.pk, by=None)
    Enrolment.objects.filter(meeting=meeting).update(last_name="Peer")
    keep_making()
    (row,) = Certificate.objects.in_force()
    assert row.facts["name"] == "Anna Appel"
    assert fates(meeting) == [Fate.DIFFERS]


def test_what_waits_is_dropped_when_attendance_is_opened_again(made):
    meeting = final_meeting("Anna Appel")
    asked = issue(meeting_id=meeting.pk, by=None)
    AttendanceStep.objects.create(meeting=meeting, kind="reopened")
    keep_making()
    asked.refresh_from_db()
    assert (Certificate.objects.count(), asked.dropped, made) == (0, 1, [])
    assert not GoneCertificate.objects.exists()


def test_one_that_cannot_be_made_holds_up_no_other(made, monkeypatch):
    meeting = final_meeting("Anna Appel", "Bas Braam")
    issue(meeting_id=meeting.pk, by=None)

    def render(certificates, *, language):
        if any(one.facts.name == "Anna Appel" for one in certificates):
            raise DocumentNotMade("2 pages for 1 documents")
        return [a_pdf() for _ in certificates]

    monkeypatch.setattr(making, "render", render)
    keep_making()
    assert [row.facts["name"] for row in Certificate.objects.in_force()] == ["Bas Braam"]
    assert Issuing.objects.get().trouble == Issuing.Trouble.NOT_MADE


def test_a_certificate_is_revoked_with_a_reason_and_can_be_issued_anew(made):
    meeting = final_meeting("Anna Appel")
    (row,) = issued(meeting)
    ending.revoke(certificate_id=row.pk, reason="Verkeerde naam", by=None)
    row.refresh_from_db()
    assert row.state == Certificate.State.REVOKED
    assert row.steps.last().reason == "Verkeerde naam"
    assert "Verkeerde naam" in text_of(newest_to(row.person.email))
    assert fates(meeting) == [Fate.REVOKED]
    assert len(issued(meeting)) == 1


def test_a_replaced_one_holds_until_the_new_one_is_made_and_names_it(made):
    meeting = final_meeting("Anna Appel")
    (old,) = issued(meeting)
    Enrolment.objects.filter(meeting=meeting).update(last_name="Peer")
    ending.replace(certificate_id=old.pk, reason="Getrouwd", by=None)
    old.refresh_from_db()
    assert old.is_in_force
    with pytest.raises(IsBeingReplaced):
        ending.replace(certificate_id=old.pk, reason="Nog eens", by=None)
    keep_making()
    old.refresh_from_db()
    assert old.state == Certificate.State.REPLACED
    assert old.replacement.facts["name"] == "Anna Peer"
    assert old.facts["name"] == "Anna Appel"
    assert old.steps.last().reason == "Getrouwd"


@pytest.mark.either_database
def test_whoever_turns_out_to_have_been_absent_gets_no_new_one(made):
    meeting = final_meeting("Anna Appel")
    (old,) = issued(meeting)
    Enrolment.objects.filter(meeting=meeting).update(was_absent=True)
    with pytest.raises(WasAbsent):
        ending.replace(certificate_id=old.pk, reason="Was er niet", by=None)


@pytest.mark.either_database
def test_who_gets_what_is_asked_in_as_many_queries_for_three_as_for_one(
    made, django_assert_num_queries
):
    one, three = final_meeting("Anna Appel"), final_meeting("A Aa", "B Bes", "C Cox")
    for meeting in (one, three):
        with django_assert_num_queries(6):
            round_of(meeting)
    issue(meeting_id=final_meeting("D Dop").pk, by=None)  # what Django remembers
    for meeting in (one, three):
        with django_assert_num_queries(17):
            issue(meeting_id=meeting.pk, by=None)


@pytest.mark.either_database
def test_while_the_timestamp_server_is_away_certificates_wait_and_nobody_is_mailed(made, settings):
    meeting = final_meeting("Anna Appel", "Bas Braam")
    issue(meeting_id=meeting.pk, by=None)
    settings.CERTIFICATE_TIMESTAMP_URL = "http://127.0.0.1:9/"
    keep_making()
    assert Issuing.objects.get().trouble == Issuing.Trouble.NO_TIME
    assert Certificate.objects.waiting().count() == 2
    assert not any(mails_about(row) for row in Certificate.objects.all())
    (progress,) = progress_of(meeting_id=meeting.pk)
    assert (progress.waiting, progress.made, bool(progress.trouble)) == (2, 0, True)
    settings.CERTIFICATE_TIMESTAMP_URL = ""
    keep_making()
    assert Certificate.objects.in_force().count() == 2


def certificate_of_member(participant) -> Certificate:
    """Of somebody with an account, whose place has another name."""
    meeting = final_meeting("Dirk Doorn")
    Enrolment.objects.filter(meeting=meeting).update(person=participant.person)
    (row,) = issued(meeting)
    return row


@pytest.mark.either_database
def test_a_replacement_takes_name_number_and_language_as_they_are_now(made, participant):
    row = certificate_of_member(participant)
    assert (row.facts["name"], row.language) == ("Dirk Doorn", "nl")
    person = participant.person
    person.professional_number, person.language = "123456", "en"
    person.save()
    (one,) = round_of(row.meeting).candidates
    assert (one.account_name, one.fate) == ("Dirk Deelnemer", Fate.DIFFERS)
    ending.replace(certificate_id=row.pk, reason="Getrouwd", by=None, as_in_account=True)
    keep_making()
    new = Certificate.objects.in_force().get()
    assert (new.facts["name"], new.language) == ("Dirk Deelnemer", "en")
    assert new.facts["professional_number"] == "123456"
    row.refresh_from_db()
    assert row.facts["name"] == "Dirk Doorn", "the old one stays as it was"
    place = Enrolment.objects.get(meeting=row.meeting)
    assert place.full_name == "Dirk Deelnemer", "the lists say the same"
    assert place.events.filter(kind="corrected").exists()
    assert fates(row.meeting) == [Fate.HAS]


@pytest.mark.either_database
def test_another_language_alone_makes_no_other_certificate(made, participant):
    row = certificate_of_member(participant)
    type(participant.person).objects.update(language="en")
    assert fates(row.meeting) == [Fate.HAS]


@pytest.mark.either_database
def test_staff_see_which_name_it_will_say_before_it_is_made(
    made, participant, sign_in, back_office
):
    row = certificate_of_member(participant)
    browser = sign_in(back_office)
    screen = f"/beheer/certificaten/{row.pk}/vervangen/"
    page = browser.get(screen).content.decode()
    assert "Zet er “Dirk Deelnemer” op" in page
    answer = browser.post(screen, {"reason": "Getrouwd"})
    assert answer.status_code == 302
    keep_making()
    assert Certificate.objects.in_force().get().facts["name"] == "Dirk Doorn", "not ticked"
    meeting = final_meeting("Иван Ли", "Ștefan Nguyễn")
    text = browser.get(f"/beheer/certificaten/bijeenkomst/{meeting.pk}/uitgeven/").content.decode()
    assert "In de pdf staat Ivan Li" in text
    assert text.count("In de pdf staat") == 1
