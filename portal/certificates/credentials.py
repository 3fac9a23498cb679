"""The facts of a certificate as an Open Badges 3.0 credential (a W3C Verifiable Credential).

Signed as a JWT with the key that signs the PDF. It tells a name and a training, and nothing more:
no titles, no professional number.
"""

import datetime as dt
import gzip
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from joserfc import jwt

from pluc.links import PUBLIC_URLCONF, site_address
from portal.certificates.facts import Facts
from portal.certificates.keys import SigningKey

W3C = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LIST_LENGTH = 131_072  # places in a status list, the least that the standard takes
FRESH = dt.timedelta(minutes=10)  # how long a status list may be kept: a revocation is seen by then
Json = dict[str, Any]


def address_of(name: str, *args: object) -> str:
    """The permanent address of something that machines fetch: the Dutch one."""
    with translation.override("nl"):
        return site_address(reverse(name, urlconf=PUBLIC_URLCONF, args=args))


def issuer(provider: str) -> Json:
    return {"id": address_of("certificate_issuer"), "type": ["Profile"], "name": provider}


def credential_of(
    facts: Facts, *, certificate: uuid.UUID, meeting: int, position: int, issued_at: dt.datetime
) -> Json:
    """The credential before it is signed."""
    return {
        "@context": [W3C, OPEN_BADGES],
        "id": address_of("certificate_credential", certificate),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.course,
        "issuer": issuer(facts.provider),
        "validFrom": moment(issued_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "hashed": False,
                    "identityHash": facts.name,
                }
            ],
            "narrative": narrative(facts),
            "achievement": achievement(facts, meeting),
        },
        "credentialStatus": status_entry(position),
    }


def achievement(facts: Facts, meeting: int) -> Json:
    """The training: the same for all who took part in it."""
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{address_of('certificate_issuer')}#{meeting}")
    return {
        "id": number.urn,
        "type": ["Achievement"],
        "name": facts.course,
        "description": f"{facts.course}, {facts.when}, {facts.place}",
        "criteria": {"narrative": facts.when},
        "inLanguage": facts.language,
    }


def narrative(facts: Facts) -> str:
    """When and where it was, and the hours that were earned."""
    with translation.override(facts.language):
        earned = [f"{one.in_words} {one.scheme}" for one in facts.earned]
    return ", ".join([facts.when, facts.place, *earned])


def status_entry(position: int) -> Json:
    number, index = divmod(position, LIST_LENGTH)
    address = address_of("certificate_status", number)
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def status_list(number: int, revoked: Iterable[int], *, provider: str) -> Json:
    """The status list with a number; `revoked` are places in it."""
    now, address = timezone.now(), address_of("certificate_status", number)
    return {
        "@context": [W3C],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer(provider)["id"],
        "validFrom": moment(now),
        "validUntil": moment(now + 6 * FRESH),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(revoked),
        },
    }


def encoded(revoked: Iterable[int]) -> str:
    """The bits, compressed, in base 64; the first is the leftmost (Bitstring Status List 1.0)."""
    bits = bytearray(LIST_LENGTH // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def signed(credential: Json, key: SigningKey) -> str:
    """The credential as a JWT (Open Badges 3.0, section 8.2), by the issuer's key."""
    issuing = credential["issuer"]
    header = {
        "alg": key.algorithm,
        "typ": "JWT",
        "kid": address_of("certificate_key", key.fingerprint),
        "jwk": key.jwk,
    }
    claims = {
        "iss": issuing if isinstance(issuing, str) else issuing["id"],
        "jti": credential["id"],
        "nbf": int(dt.datetime.fromisoformat(credential["validFrom"]).timestamp()),
    }
    subject = credential["credentialSubject"].get("id")
    if subject:
        claims["sub"] = subject
    return jwt.encode(header, credential | claims, key.jose, algorithms=[key.algorithm])


def enveloped(token: str) -> Json:
    """A signed credential as JSON (VC Data Model 2.0, section 4.13)."""
    return {
        "@context": [W3C],
        "id": f"data:application/vc+jwt,{token}",
        "type": "EnvelopedVerifiableCredential",
    }


def moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
