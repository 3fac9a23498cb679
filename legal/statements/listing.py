"""The versions of the statement as editors find them in a list, with date and state."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _t

from legal.statements.models import Edition, VersionInForce, VersionPage
from legal.statements.pieces import Piece, untranslated
from legal.statements.queries import drafts_of, followers_of


@dataclass(frozen=True)
class Line:
    """A version: its page, its dates, how far it is, and its page in each language."""

    page: VersionPage
    day: date | None
    effective_from: date | None
    state: str
    summary: str
    is_draft: bool
    languages: list[tuple[str, VersionPage | None]]
    untranslated: int = 0


def versions_to_list() -> list[Line]:
    """All versions, the newest first; those that are being written come before all others."""
    groups: defaultdict[object, dict[str, VersionPage]] = defaultdict(dict)
    for page in VersionPage.objects.filter(alias_of=None).select_related("locale"):
        groups[page.translation_key][page.locale.language_code] = page
    kept = set(VersionInForce.objects.values_list("translation_key", flat=True))
    editions = {
        edition.version: edition
        for edition in Edition.objects.in_language(settings.LANGUAGE_CODE).without_files()
    }
    lines = [
        line_in_force(pages, editions) if key in kept else line_of_draft(pages)
        for key, pages in groups.items()
    ]
    return sorted(lines, key=lambda one: (one.is_draft, one.day or date.max), reverse=True)


def main_page(pages: dict[str, VersionPage]) -> VersionPage:
    return pages.get(settings.LANGUAGE_CODE) or next(iter(pages.values()))


def in_languages(pages: dict[str, VersionPage]) -> list[tuple[str, VersionPage | None]]:
    return [(str(name), pages.get(code)) for code, name in settings.LANGUAGES]


def line_in_force(pages: dict[str, VersionPage], editions: dict[str, Edition]) -> Line:
    page = main_page(pages)
    edition = editions[page.version]
    return Line(
        page=page,
        day=edition.day,
        effective_from=edition.effective_from,
        state=edition.state,
        summary=edition.summary,
        is_draft=False,
        languages=in_languages(pages),
    )


def line_of_draft(pages: dict[str, VersionPage]) -> Line:
    page = main_page(pages)
    drafts = drafts_of(page)
    draft = drafts[page.locale.language_code]
    return Line(
        page=page,
        day=draft.date,
        effective_from=draft.effective_from,
        state=_t("being written"),
        summary=draft.summary,
        is_draft=True,
        languages=in_languages(pages),
        untranslated=len(untranslated_of(page, drafts)),
    )


def untranslated_of(page: VersionPage, drafts: dict[str, VersionPage]) -> list[Piece]:
    """The pieces that a version lacks in the languages that follow another one."""
    return [
        piece
        for one in followers_of(page)
        if (source := drafts.get(one.source.locale.language_code))
        for piece in untranslated(source, one.target_locale)
    ]
