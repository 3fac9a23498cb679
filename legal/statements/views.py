"""The statement's public addresses. They serve editions, never pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from legal.statements.difference import difference
from legal.statements.models import Edition
from legal.statements.queries import (
    edition_in_force,
    edition_of,
    history,
    older_than,
    pdf_of,
    whole_text,
)
from legal.statements.rendering import headings_in
from pluc.content.tree import Crumb, home_crumb
from pluc.errors import NotHere


def current(request: HttpRequest) -> HttpResponse:
    """The edition in force (P40). Raises `Http404` before there is one."""
    return show(request, found(request, edition_in_force(language())), is_current=True)


def version(request: HttpRequest, version: str) -> HttpResponse:
    """One version, for ever; marked when it is not the one in force."""
    edition = found(request, edition_of(version, language()), version)
    return show(request, edition, is_current=False)


def show(request: HttpRequest, edition: Edition, *, is_current: bool) -> HttpResponse:
    in_force = edition if is_current else edition_in_force(language())
    editions = history(language())
    context = {
        "edition": edition,
        "html": mark_safe(edition.html),  # noqa: S308  made by our own templates, then frozen
        "headings": headings_in(edition.html),
        "previous": older_than(edition, editions),
        "upcoming": next((e for e in editions if e.is_in_force_later), None),
        "in_force": in_force,
        "is_in_force": in_force is not None and in_force.version == edition.version,
        "is_current": is_current,
        "breadcrumbs": crumbs() if not is_current else crumbs()[:1],
    }
    return render(request, "statements/edition.html", context)


def versions(request: HttpRequest) -> HttpResponse:
    """All versions, with date and summary of changes."""
    editions = history(language())
    if not editions:
        raise Http404
    in_force = edition_in_force(language())
    rows = [(edition, older_than(edition, editions)) for edition in editions]
    context = {"rows": rows, "in_force": in_force, "breadcrumbs": crumbs()}
    return render(request, "statements/versions.html", context)


def pdf(request: HttpRequest, version: str) -> HttpResponse:
    """A version's PDF, as it was made when it was put in force."""
    content = pdf_of(version, language())
    if content is None:
        raise Http404
    name = f"privacyverklaring-pluc-{version}-{language()}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response["X-Robots-Tag"] = "noindex"  # search engines find the statement in force
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def changes(request: HttpRequest, old: str, new: str) -> HttpResponse:
    """What changed between two versions, whichever came first."""
    first, second = (
        found(request, edition_of(version, language()), version) for version in (old, new)
    )
    context = {
        "old": first,
        "new": second,
        "difference": difference(whole_text(first), whole_text(second)),
        "breadcrumbs": [*crumbs(), Crumb(_t("Versions"), reverse("statement_versions"))],
    }
    return render(request, "statements/difference.html", context)


def language() -> str:
    return get_language() or ""


def crumbs() -> list[Crumb]:
    return [home_crumb(), Crumb(_t("Privacy statement"), reverse("statement"))]


def found(request: HttpRequest, edition: Edition | None, version: str = "") -> Edition:
    """Raises `NotHere` for a version that never was, `Http404` before there is any."""
    if edition is not None:
        return edition
    if version and history(language()):
        raise NotHere(
            request,
            _t("There is no version of the statement of %(version)s.") % {"version": version},
            url=reverse("statement_versions"),
            label=_t("All versions"),
        )
    raise Http404
