"""Checking a certificate: whether it is in force, and whether a copy is this very one.

For whoever has its address, from the code on it. They see what stands on it, and nothing more
(P18). A copy is compared byte for byte, never opened: what a hostile file holds does not matter.
"""

import hashlib
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pluc.content.tree import LanguageLink
from pluc.counting import Deed, count, too_many
from portal.certificates.facts import Facts
from portal.certificates.models import Certificate
from portal.certificates.queries.public import certificate_with_id, is_gone

# A form with a certificate in it is far smaller; of a larger one nothing is read.
MOST_BYTES = 2 * 1024 * 1024
FIELD = "copy"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """Says what has become of a certificate; POST compares a copy with it."""
    found = certificate_with_id(key=certificate)
    if found is None and not is_gone(key=certificate):
        raise Http404
    if found is None:
        return private(render(request, "certificates/gone.html", status=HTTPStatus.GONE))
    if request.method != "POST":
        return page(request, found)
    if refusal := count(request, Deed(name="certificate")):
        return too_many(request, refusal.seconds)
    return compared(request, found)


def compared(request: HttpRequest, found: Certificate) -> HttpResponse:
    """The page with what is to be said of a copy. It is not kept."""
    if not (request.META.get("CONTENT_LENGTH") or "").isdigit():
        return page(request, found, verdict="none", status=HTTPStatus.LENGTH_REQUIRED)
    if int(request.META["CONTENT_LENGTH"]) > MOST_BYTES:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return page(request, found, verdict="other", status=status)
    try:
        copy = request.FILES.get(FIELD)
    except (MultiPartParserError, SuspiciousOperation):
        copy = None
    if copy is None:
        return page(request, found, verdict="none", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return page(request, found, verdict="same" if is_same(copy, found) else "other")


def is_same(copy: "UploadedFile[bytes]", found: Certificate) -> bool:
    """Whether a file is the certificate, byte for byte."""
    if copy.size != found.size:
        return False
    digest = hashlib.sha256()
    for chunk in copy.chunks():
        digest.update(chunk)
    return digest.hexdigest() == found.sha256


def page(
    request: HttpRequest, found: Certificate, *, verdict: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    facts = Facts.from_json(found.facts)
    context = {
        "certificate": found,
        "facts": facts,
        "lines": lines_of(found, facts),
        "verdict": verdict,
        "languages": languages_of(found.pk),
        "address": reverse("certificate", args=[found.pk]),
        "replaced_by": replaced_by(found),
        "credential": reverse("certificate_credential", args=[found.pk]),
        "token": reverse("certificate_token", args=[found.pk]),
    }
    return private(render(request, "certificates/check.html", context, status=status))


def private(answer: HttpResponse) -> HttpResponse:
    """No search finds it, and no page that it leads to hears of its address."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def replaced_by(found: Certificate) -> str:
    """The address of what took its place, once that was made."""
    new = getattr(found, "replacement", None)
    if found.state != Certificate.State.REPLACED or new is None:
        return ""
    return reverse("certificate", args=[new.pk])


def lines_of(found: Certificate, facts: Facts) -> list[tuple[str, str]]:
    """What stands on it, each with what it is, in the language of whoever reads."""
    issued = timezone.localdate(found.issued_at)
    earned = [
        ", ".join(
            part for part in (f"{one.in_words} {one.scheme}", one.category, one.number) if part
        )
        for one in facts.earned
    ]
    lines: list[tuple[str, Any]] = [
        (_t("Name"), ", ".join(part for part in (facts.name, facts.titles) if part)),
        (_t("Professional number"), facts.professional_number),
        (_t("Meeting"), facts.course),
        (_t("When"), facts.when),
        (_t("Where"), facts.place),
        (_t("PE hours"), "\n".join(earned)),
        (_t("Speakers"), ", ".join(facts.speakers)),
        (_t("Issued by"), ", ".join(part for part in (facts.provider, facts.signatory) if part)),
        (_t("Issued"), date_format(issued, "j F Y")),
    ]
    return [(label, str(value)) for label, value in lines if value]


def languages_of(certificate: UUID) -> list[LanguageLink]:
    """The page in each language: its path is another one there."""
    active, found = translation.get_language(), []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            address = reverse("certificate", args=[certificate])
            found.append(LanguageLink(code, address, code == active, True))
    return found
