"""One's own certificates, as files and together, and the overview of one's trainings (P03, P22)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pluc.documents.errors import DocumentNotMade
from pluc.documents.pdf import render_pdf
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_members
from portal.accounts.permissions import may_enter_organisations_room
from portal.certificates.facts import Facts
from portal.certificates.models import Certificate
from portal.certificates.permissions import may_issue
from portal.certificates.queries.seeing import (
    certificate_for,
    certificates_in,
    certificates_of,
)
from portal.certificates.queries.trainings import trainings_of
from portal.certificates.rendering import verification_address
from portal.certificates.services.disclosing import note_handed_out

MOST_IN_ONE = 400  # certificates in a ZIP: some 20 MB


@require_safe
@for_members
def my_certificates(request: SignedInRequest) -> HttpResponse:
    """All of them, with what each is for, and whether it is in force."""
    rows = certificates_of(person=request.user.person)
    context = {
        "certificates": [
            (one, Facts.from_json(one.facts), verification_address(one.pk, language=language()))
            for one in rows
        ],
        "has_several": sum(one.is_in_force for one in rows) > 1,
        "has_trainings": bool(trainings_of(person=request.user.person, now=timezone.now())),
    }
    return render(request, "certificates/my_certificates.html", context)


@require_safe
@for_members
def file(request: SignedInRequest, certificate: UUID) -> HttpResponse:
    """The PDF, byte for byte as it was signed."""
    now, issues = timezone.now(), may_issue(request.user)
    found = or_not_found(
        certificate_for(user=request.user, key=certificate, issues=issues, now=now)
    )
    if request.method == "GET":
        note_handed_out(certificates=[found], viewer=request.user)
    return as_file(content_of(found), name_of(found), "application/pdf")


@require_safe
@for_members
def everything(request: SignedInRequest) -> HttpResponse:
    """All of one's own that are in force, as a ZIP."""
    own = [one for one in certificates_of(person=request.user.person) if one.is_in_force]
    return as_zip(request, own, "certificaten.zip")


@require_safe
@for_members
def of_meeting(request: SignedInRequest, code: str) -> HttpResponse:
    """Those of a meeting that one sees for an organisation, as a ZIP."""
    if not may_enter_organisations_room(request.user):
        raise Http404
    seen = certificates_in(person=request.user.person, code=code, now=timezone.now())
    return as_zip(request, seen, f"certificaten-{code}.zip")


@require_safe
@for_members
def overview(request: SignedInRequest) -> HttpResponse:
    """The main data of one's trainings as a PDF (P22)."""
    now, person = timezone.now(), request.user.person
    trainings = trainings_of(person=person, now=now)
    context = {
        "person": person,
        "trainings": trainings,
        "totals": totals_of([hours for one in trainings for hours in one.hours]),
        "made": timezone.localdate(now),
        "language": language(),
    }
    try:
        made = render_pdf("certificates/overview.html", context, language=language())
    except DocumentNotMade:
        return redirect("my_certificates")
    return as_file(made, "trainingen-pluc.pdf", "application/pdf")


def language() -> str:
    return get_language() or "nl"


def totals_of(hours: Sequence[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """Hours per scheme, in the order in which schemes come."""
    sums: dict[str, Decimal] = {}
    for scheme, number in hours:
        sums[scheme] = sums.get(scheme, Decimal(0)) + number
    return list(sums.items())


def as_zip(request: SignedInRequest, rows: list[Certificate], name: str) -> HttpResponse:
    """Raises `Http404` where there is nothing to put in it."""
    if not rows:
        raise Http404
    written, chosen = BytesIO(), rows[:MOST_IN_ONE]
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for entry, row in named_apart(chosen):
            archive.writestr(entry, content_of(row))
    if request.method == "GET":
        note_handed_out(certificates=chosen, viewer=request.user)
    return as_file(written.getvalue(), name, "application/zip")


def named_apart(rows: Sequence[Certificate]) -> Iterator[tuple[str, Certificate]]:
    """Each with a name of its own: two people, or two meetings, may be called alike."""
    given: set[str] = set()
    for row in rows:
        name = name_of(row)
        if name in given:
            name = f"{name.removesuffix('.pdf')}-{row.pk.hex[:6]}.pdf"
        given.add(name)
        yield name, row


def name_of(row: Certificate) -> str:
    """certificaat-saar-de-vries-actualiteiten-2026-11-12.pdf"""
    facts = Facts.from_json(row.facts)
    day = facts.days[0] if facts.days else timezone.localdate(row.issued_at).isoformat()
    return f"{slugify(f'certificaat {facts.name} {facts.course}')[:120]}-{day}.pdf"


def content_of(row: Certificate) -> bytes:
    with row.file.open("rb") as stored:
        return bytes(stored.read())


def as_file(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file that no browser or proxy keeps (STANDARDS 6.15)."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
