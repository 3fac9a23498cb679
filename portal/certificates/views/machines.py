"""What wallets and employers' systems fetch: credentials, their status, and who issues them."""

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


def machine_answer(content: Any, *, status: int = 200, seconds: int = 0) -> HttpResponse:
    """JSON that any site's script may read, as wallets in a browser do."""
    answer = JsonResponse(content, status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = f"public, max-age={seconds}" if seconds else "no-store"
    return answer


def signed_answer(request: HttpRequest, token: str, *, seconds: int = 0) -> HttpResponse:
    """A signed credential: as the JWT itself where that is asked for, else in JSON around it."""
    answer = machine_answer(enveloped(token), seconds=seconds)
    if JWT in request.headers.get("Accept", ""):
        answer.content = token.encode()
        answer["Content-Type"] = JWT
    answer["Vary"] = "Accept"
    return answer


@require_safe
def credential(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """A certificate as an Open Badges 3.0 credential, also when it is revoked: its status says so."""
    found = certificate_with_id(id=certificate)
    if found is not None:
        return signed_answer(request, found.credential)
    if is_gone(id=certificate):
        return machine_answer(GONE, status=410)
    raise Http404


@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """A status list. Kept for ten minutes at most: a revocation is seen well within the hour."""
    try:
        token = or_not_found(signed_list(number))
    except KeyTrouble:  # staff see the alarm
        answer = machine_answer({"error": "not signed now"}, status=503)
        answer["Retry-After"] = "3600"
        return answer
    return signed_answer(request, token, seconds=int(FRESH.total_seconds()))


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    """Who issues: the profile that credentials name."""
    profile = issuer_of(settings.CERTIFICATE_PROVIDER) | {"url": f"{settings.SITE_URL}/"}
    return machine_answer({"@context": [W3C, OPEN_BADGES], **profile}, seconds=3600)


@require_safe
def key(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The public part of a key that signed: it stays for as long as there is what it signed."""
    found = or_not_found(public_key_with(fingerprint=fingerprint))
    address = address_of("certificate_key", fingerprint)
    return machine_answer({**found.jwk, "kid": address}, seconds=3600)
