"""Hands out a file, whole or in part, to whoever may have it then (P03; STANDARDS 6.15)."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import cast
from uuid import UUID

from csp.constants import NONE
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from pluc.content_security_policy import PUBLIC
from pluc.errors import or_not_found
from pluc.headers import POLICY_REPLACED
from pluc.ranges import Part, Unsatisfiable, asked_part
from pluc.signed_in import SignedInRequest, for_members
from portal.materials.models import Version
from portal.materials.permissions import may_manage
from portal.materials.queries.serving import Served, version_for
from portal.materials.services.adding import store
from portal.materials.services.handing_out import note_handed_out

log = logging.getLogger("pluc.materials")
# A file does nothing in our name: no script, no form, no frame, wherever a browser opens it.
SANDBOX = dict.fromkeys(PUBLIC) | {
    "default-src": [NONE],
    "frame-ancestors": [NONE],
    "sandbox": True,
}


@require_safe
@for_members
def file(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """A version's file. An old link leads on to the version that people get now.

    Asked anew for every part of it. That somebody got it is written down as its first byte goes,
    so not for a question (HEAD), nor for who has it already (304), nor where nothing is left (416).
    """
    now = timezone.now()
    served = or_not_found(
        version_for(
            user=request.user, version_id=version_id, manages=may_manage(request.user), now=now
        )
    )
    if served.newest != served.version.pk:
        return redirect("material_file", version_id=served.newest)
    answer = answer_to(request, served)
    set_headers(answer, served.version)
    return cast(HttpResponse, answer)  # it may stream, which no caller minds


def answer_to(request: SignedInRequest, served: Served) -> HttpResponseBase:
    version = served.version
    etag, modified = f'"{version.sha256}"', int(version.uploaded_at.timestamp())
    nothing_new = get_conditional_response(request, etag, modified)
    if nothing_new is not None:
        return nothing_new
    try:
        part = asked_part(request, size=version.size, etag=etag, modified=modified)
    except Unsatisfiable:
        status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        return HttpResponse(status=status, headers={"Content-Range": f"bytes */{version.size}"})
    return hand_out(request, served, part)


def hand_out(request: SignedInRequest, served: Served, part: Part | None) -> HttpResponseBase:
    """The file or a part of it, read from the store as it goes."""
    version, wanted = served.version, part or Part(start=0, length=served.version.size)
    length = {"Content-Length": str(wanted.length)}
    if request.method == "HEAD":
        return HttpResponse(content_type=version.content_type, headers=length)
    chunks = chunks_of(version, wanted)
    if served.is_counted:
        note_handed_out(person=request.user.person, version_id=version.pk)
    answer = StreamingHttpResponse(chunks, content_type=version.content_type, headers=length)
    if part is not None:
        end = part.start + part.length - 1
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer["Content-Range"] = f"bytes {part.start}-{end}/{version.size}"
    return answer


def chunks_of(version: Version, part: Part) -> Iterator[bytes]:
    """The bytes, of which the first are here: who is not handed a byte was handed nothing.

    Raises `Http404` where the store has lost the file, and `StoreAway` (503) where it is away.
    """
    try:
        chunks = store().part(str(version.file.name), part.start, part.length)
        first = next(chunks, b"")
    except FileNotFoundError as error:
        log.exception("Version %s is not in the store", version.pk)
        raise Http404 from error
    return from_first(first, chunks)


def from_first(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """A generator, which is closed with its answer where a client hangs up."""
    yield first
    yield from rest


def set_headers(answer: HttpResponseBase, version: Version) -> None:
    """Always saved and never opened here: PDF viewers do not work in a sandbox."""
    POLICY_REPLACED.put(answer, SANDBOX)
    answer["Content-Disposition"] = content_disposition_header(True, version.name) or "attachment"
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = f'"{version.sha256}"'
    answer["Last-Modified"] = http_date(version.uploaded_at.timestamp())
    answer["Cache-Control"] = "no-store, private"
