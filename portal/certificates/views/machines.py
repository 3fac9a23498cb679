"""What wallets and employers' systems fetch: credentials, their status, and who issues them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from pluc.errors import or_not_found
from portal.certificates.credentials import FRESH, OPEN_BADGES, W3C, address_of, enveloped
from portal.certificates.credentials import issuer as issuer_of
from portal.certificates.keys import KeyTrouble
from portal.certificates.queries.public import certificate_with_id, is_gone, public_key_with
from portal.certificates.status_lists import signed_list

JWT = "application/vc+jwt"
GONE = {"error": "gone"}


def for_machines(answer: HttpResponse, *, seconds: int = 0) -> HttpResponse:
    """An answer that any site's script may read, as wallets in a browser do; no search finds it."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = f"public, max-age={seconds}" if seconds else "no-store"
    return answer


def as_json(content: Any, *, status: int = HTTPStatus.OK, seconds: int = 0) -> HttpResponse:
    return for_machines(JsonResponse(content, status=status), seconds=seconds)


def as_token(token: str, *, seconds: int = 0) -> HttpResponse:
    return for_machines(HttpResponse(token, content_type=JWT), seconds=seconds)


@require_safe
def credential(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """A certificate as an Open Badges 3.0 credential in JSON, around what is signed."""
    return answered(certificate, lambda token: as_json(enveloped(token)))


@require_safe
def token(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """The same as it was signed, as most wallets take it: a JWT."""
    return answered(certificate, as_token)


def answered(certificate: UUID, answer: Callable[[str], HttpResponse]) -> HttpResponse:
    """Also of one that was revoked: its status says so. Raises `Http404`."""
    found = certificate_with_id(key=certificate)
    if found is not None:
        return answer(found.credential)
    if is_gone(key=certificate):
        return as_json(GONE, status=HTTPStatus.GONE)
    raise Http404


@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """A status list. Kept for ten minutes at most: a revocation is seen well within the hour."""
    try:
        listed = or_not_found(signed_list(number))
    except KeyTrouble:  # staff see the alarm
        answer = as_json({"error": "not signed now"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        answer["Retry-After"] = "3600"
        return answer
    return as_token(listed, seconds=int(FRESH.total_seconds()))


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    """Who issues: the profile that credentials name."""
    profile = issuer_of(settings.CERTIFICATE_PROVIDER) | {"url": f"{settings.SITE_URL}/"}
    return as_json({"@context": [W3C, OPEN_BADGES], **profile}, seconds=3600)


@require_safe
def key(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The public part of a key that signed: it stays for as long as there is what it signed."""
    found = or_not_found(public_key_with(fingerprint=fingerprint))
    address = address_of("certificate_key", fingerprint)
    return as_json({**found.jwk, "kid": address}, seconds=3600)
