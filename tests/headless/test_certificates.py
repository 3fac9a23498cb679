"""A certificate is checked by programs as people do on its page: the same, and no more."""

import uuid
from typing import Any

import pytest
from django.test import Client

from portal.certificates.models import Certificate
from portal.certificates.rendering import verification_address
from tests.certificates import give_certificate
from tests.enrolling import enrol_number
from tests.planning import MeetingFactory, SpeakerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


@pytest.fixture
def certificate(db: None) -> Certificate:
    meeting = MeetingFactory()
    meeting.speakers.add(SpeakerFactory(name="Roos Kers"))
    return give_certificate(enrol_number(meeting, 1))


def check(visitor: Client, key: object, status: int = 200) -> Any:
    answer = visitor.get(f"/api/offer/certificates/{key}/")
    assert answer.status_code == status, answer.text
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in answer
    return answer.json()


def test_it_says_what_its_page_says_and_no_more(visitor: Client, certificate: Certificate):
    said = check(visitor, certificate.pk)
    assert said["status"] == "in force"
    page = visitor.get(verification_address(certificate.pk, language="nl")).text
    values = [said[name] for name in ("name", "course", "when", "place", "provider")]
    for value in [*values, *said["speakers"]]:
        assert value in page.replace("\xa0", " "), value
    assert certificate.person.email not in str(said)
    assert set(said) == {
        *("id", "status", "replaced_by", "name", "titles", "professional_number", "course", "days"),
        *("when", "place", "pe_hours", "speakers", "provider", "signatory", "issued_on", "url"),
        *("credential_url", "language"),
    }


def test_what_became_of_it_is_said(visitor: Client, certificate: Certificate):
    Certificate.objects.update(state=Certificate.State.REVOKED)
    assert check(visitor, certificate.pk)["status"] == "revoked"
    Certificate.objects.update(state=Certificate.State.REPLACED)
    new = give_certificate(certificate.enrolment)
    Certificate.objects.filter(pk=new.pk).update(replaces=certificate)
    said = check(visitor, certificate.pk)
    assert said["status"] == "replaced"
    assert said["replaced_by"].endswith(f"/api/offer/certificates/{new.pk}/")
    Certificate.objects.filter(pk=new.pk).update(state=Certificate.State.WAITING)
    check(visitor, new.pk, 404)
    check(visitor, uuid.uuid4(), 404)


def test_one_that_was_deleted_is_gone(visitor: Client, certificate: Certificate):
    key = certificate.pk
    certificate.delete()
    assert "verwijderd" in check(visitor, key, 410)["detail"]


def test_all_that_it_says_is_in_its_own_language(visitor: Client, certificate: Certificate):
    earned = {"scheme": "NBA", "scheme_name": "NBA", "category": "", "hours": "3.50", "number": ""}
    Certificate.objects.update(facts=certificate.facts | {"hours": [earned]})
    dutch = check(visitor, certificate.pk)
    answer = visitor.get(f"/api/offer/certificates/{certificate.pk}/?locale=en").json()
    for name in ("language", "when", "place", "course", "pe_hours"):
        assert answer[name] == dutch[name], name
    assert (dutch["language"], dutch["pe_hours"][0]["text"]) == ("nl", "3,5 PE-uren")
    assert "/en/" in answer["url"]
