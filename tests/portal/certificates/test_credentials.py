"""The credential is Open Badges 3.0: another maker's library verifies it, and sees it revoked."""

import json
from base64 import urlsafe_b64decode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.test import Client
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.contexts import load_context
from openbadgeslib.ob3.verifier import OB3VerificationError
from pyld import jsonld

from portal.certificates.credentials import LIST_LENGTH, enveloped
from portal.certificates.models import Certificate
from portal.certificates.services import ending
from tests.certificates import final_meeting, issued
from tests.tools import credential as wallet

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
    pytest.mark.thorough,
]


@pytest.fixture
def certificate() -> Certificate:
    (row,) = issued(final_meeting("Anna Appel"))
    return row


def fetch(address: str) -> bytes:
    """What a wallet is answered."""
    return bytes(Client().get("/" + address.split("/", 3)[3]).content)


def verifier_of(row: Certificate) -> OB3Verifier:
    key = x509.load_pem_x509_certificate(row.signed_with.pem.encode()).public_key()
    pem = key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return OB3Verifier(pem)


def payload_of(token: str) -> dict[str, object]:
    return part_of(token, 1)


def part_of(token: str, number: int) -> dict[str, object]:
    part = token.split(".")[number]
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_another_library_verifies_it_and_sees_it_revoked(
    certificate, django_capture_on_commit_callbacks
):
    verifier = verifier_of(certificate)
    token = fetch(f"http://x/certificaat/{certificate.pk}.jwt").decode()
    found = verifier.verify(token, check_status=True, download=fetch)
    assert found.achievement.name == certificate.facts["course"]
    with django_capture_on_commit_callbacks(execute=True):
        ending.revoke(certificate_id=certificate.pk, reason="Fout", by=None)
    with pytest.raises(OB3VerificationError, match="revocation"):
        verifier.verify(token, check_status=True, download=fetch)
    head, body, signature = token.split(".")
    with pytest.raises(OB3VerificationError):
        verifier.verify(f"{head}.{body[:-2]}xx.{signature}")


def test_a_wallet_of_npm_verifies_it_by_the_published_key_and_sees_it_revoked(
    certificate, django_capture_on_commit_callbacks
):
    token = fetch(f"http://x/certificaat/{certificate.pk}.jwt").decode()
    found = wallet.verdict_on(token, fetch)
    assert found == {
        "types": ["VerifiableCredential", "OpenBadgeCredential"],
        "achievement": certificate.facts["course"],
        "issuer": certificate.facts["provider"],
        "revoked": False,
    }
    with django_capture_on_commit_callbacks(execute=True):
        ending.revoke(certificate_id=certificate.pk, reason="Fout", by=None)
    assert wallet.verdict_on(token, fetch)["revoked"] is True
    head, body, signature = token.split(".")
    forged = f"{head}.{body[:-2]}{'AA' if body[-2:] != 'AA' else 'BB'}.{signature}"
    assert wallet.verdict_on(forged, fetch) == {"error": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}


def test_it_tells_a_name_and_a_training_and_nothing_more(certificate):
    told = json.dumps(payload_of(certificate.credential))
    assert "Anna Appel" in told
    for secret in (certificate.person.email, "professional", "titles", str(certificate.person_id)):
        assert secret not in told


def test_nothing_of_it_is_lost_when_its_words_are_expanded(certificate):
    """Safe mode fails on a word that no context knows."""
    document = {
        name: value
        for name, value in payload_of(certificate.credential).items()
        if name not in {"iss", "jti", "nbf", "sub"}
    }
    options = {"documentLoader": lambda url, _: loaded(url), "base": None, "safe": True}
    assert jsonld.to_rdf(document, options)
    status = payload_of(fetch("http://x/certificaat/status/0.jwt").decode())
    listed = {k: v for k, v in status.items() if k not in {"iss", "jti", "nbf", "sub"}}
    assert jsonld.to_rdf(listed, options)
    assert jsonld.to_rdf(enveloped("a.b.c"), options)


def loaded(url: str) -> dict[str, object]:
    return {"document": load_context(url), "documentUrl": url, "contextUrl": None}


def test_its_issuer_key_and_list_are_at_addresses_that_stay(certificate):
    payload = payload_of(certificate.credential)
    issuer = json.loads(fetch(payload["issuer"]["id"]))
    assert (issuer["id"], issuer["name"]) == (payload["issuer"]["id"], payload["issuer"]["name"])
    header = part_of(certificate.credential, 0)
    key = json.loads(fetch(header["kid"]))
    assert (key["kid"], key["n"]) == (header["kid"], header["jwk"]["n"])
    assert "d" not in key
    entry = payload["credentialStatus"]
    assert 0 <= int(entry["statusListIndex"]) < LIST_LENGTH
    answer = Client().get("/certificaat/status/0.jwt")
    assert answer["Cache-Control"] == "public, max-age=600"
    in_json = json.loads(fetch(f"http://x/certificaat/{certificate.pk}.json"))
    assert in_json["type"] == "EnvelopedVerifiableCredential"
    assert in_json["id"].endswith(certificate.credential)
    assert Client().get("/certificaat/status/7.jwt").status_code == 404
