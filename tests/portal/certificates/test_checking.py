"""Anybody with its address may check a certificate, and sees what stands on it (P18)."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from legal.rights.queries.plans import plan
from legal.rights.services.erasing import execute
from portal.certificates.models import Certificate, GoneCertificate
from portal.certificates.services import ending
from portal.certificates.tasks import keep_making
from portal.certificates.views.checking import MOST_BYTES
from portal.enrolments.models import Enrolment
from tests.certificates import final_meeting, issued
from tests.legal.browsers import SAME_ORIGIN

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]


@pytest.fixture
def certificate() -> Certificate:
    (row,) = issued(final_meeting("Anna Appel"))
    return row


def address(key: object) -> str:
    return f"/certificaat/{key}/"


def upload(visitor, row: Certificate, content: bytes, name: str = "kopie.pdf"):
    copy = {"copy": SimpleUploadedFile(name, content)}
    return visitor.post(address(row.pk), copy, headers=SAME_ORIGIN)


def bytes_of(row: Certificate) -> bytes:
    with row.file.open("rb") as stored:
        return stored.read()


def test_it_confirms_with_what_stands_on_it_and_nothing_more(certificate, visitor):
    for path in (address(certificate.pk), f"/en/certificate/{certificate.pk}/"):
        answer = visitor.get(path)
        text = answer.content.decode()
        assert "Anna Appel" in text
        assert certificate.facts["course"] in text
        assert certificate.person.email not in text
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    typed = visitor.get(address(str(certificate.pk).upper()))
    assert (typed.status_code, "Anna Appel" in typed.content.decode()) == (200, True)
    head = visitor.head(address(certificate.pk))
    assert (head.status_code, head.content) == (200, b"")
    assert visitor.put(address(certificate.pk)).status_code == 405


def test_ids_that_are_unknown_or_tampered_with_lead_nowhere(certificate, visitor):
    key = str(certificate.pk)
    other = key[:-1] + ("0" if key[-1] != "0" else "1")
    for wrong in (other, uuid.uuid4(), key[:-1], f"{key}0", "x" * 36, "..%2f", key.upper() + "x"):
        assert visitor.get(address(wrong)).status_code == 404, wrong
        assert visitor.get(f"/certificaat/{wrong}.json").status_code == 404, wrong
    Certificate.objects.filter(pk=certificate.pk).update(state="waiting")
    assert visitor.get(address(key)).status_code == 404


def test_a_copy_is_this_one_byte_for_byte_or_another_file(certificate, visitor):
    content = bytes_of(certificate)
    same = upload(visitor, certificate, content).content.decode()
    assert "byte voor byte" in same
    for other in (content + b"\n", content[:-1], content[:50] + b"x" + content[51:], b"", b"%PDF"):
        text = upload(visitor, certificate, other).content.decode()
        assert "alert-good" not in text
        assert "vervalst" not in text.lower()
        assert text.count("Anna Appel") == same.count("Anna Appel")


def test_what_is_sent_in_its_place_is_answered_clearly(certificate, visitor):
    assert visitor.post(address(certificate.pk), headers=SAME_ORIGIN).status_code == 422
    big = upload(visitor, certificate, b"x" * (MOST_BYTES + 1))
    assert big.status_code == 413
    wrong = visitor.post(
        address(certificate.pk),
        b"niets",
        content_type="multipart/form-data; boundary=x",
        headers=SAME_ORIGIN,
    )
    assert wrong.status_code in {400, 422}


def test_a_revoked_or_replaced_one_says_so_and_by_what(visitor):
    (old,) = issued(final_meeting("Anna Appel"))
    ending.replace(certificate_id=old.pk, reason="Geheime reden", by=None)
    keep_making()
    new = Certificate.objects.in_force().get()
    text = visitor.get(address(old.pk)).content.decode()
    assert address(new.pk) in text
    assert "Geheime reden" not in text
    ending.revoke(certificate_id=new.pk, reason="Geheime reden", by=None)
    text = visitor.get(address(new.pk)).content.decode()
    assert "ingetrokken" in text
    assert "Geheime reden" not in text


@pytest.mark.promise("P23")
def test_of_an_erased_person_the_address_answers_410_without_facts_and_the_file_is_gone(
    certificate, visitor, django_capture_on_commit_callbacks
):
    name, storage = certificate.file.name, certificate.file.storage
    position = certificate.status_position
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        execute(plan(person_id=certificate.person_id))
    assert not Enrolment.objects.filter(last_name="Appel").exists()
    answer = visitor.get(address(certificate.pk))
    assert answer.status_code == 410
    assert "Appel" not in answer.content.decode()
    assert visitor.get(f"/certificaat/{certificate.pk}.json").status_code == 410
    assert not storage.exists(name)
    assert GoneCertificate.objects.get().status_position == position
