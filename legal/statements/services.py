"""Putting a version in force: one action, both languages, for ever."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from wagtail.models import Locale
from wagtail_localize.models import Translation

from legal.statements.drafting import translate_pieces
from legal.statements.errors import NotReady
from legal.statements.models import Edition, VersionInForce, VersionPage
from legal.statements.pieces import untranslated
from legal.statements.queries import drafts_of, followers_of
from legal.statements.readiness import newer_sentence, obstacles
from legal.statements.rendering import as_html
from legal.statements.tables import TABLES
from pluc.documents.pdf import render_pdf

# Who must know that a version was put in force registers here; each is called in its transaction,
# with the editions by which it was frozen.
AFTER_PUT_IN_FORCE: list[Callable[[list[Edition]], None]] = []


def put_in_force(*, page: VersionPage, by: int | None, today: date | None = None) -> list[Edition]:
    """Freezes the latest revision of a version, in every language.

    `by` is the acting user's number. Raises `NotReady` with the reasons, or `DocumentNotMade`, and
    changes nothing then. The PDFs are made before the transaction, which others would wait for.
    """
    day = today or timezone.localdate()
    complete(page, by)
    editions = [with_pdf(edition) for edition in editions_of(page, by, day)]
    freeze(page, editions, day)
    return editions


def complete(page: VersionPage, by: int | None) -> None:
    """Brings the translations of a version up to date. Raises `NotReady` where pieces lack."""
    drafts = drafts_of(page)
    for one in followers_of(page):
        source = drafts[one.source.locale.language_code]
        if pieces := untranslated(source, one.target_locale):
            raise NotReady([untranslated_sentence(one.target_locale, len(pieces))])
    editor = None if by is None else get_user_model()._default_manager.filter(pk=by).first()
    translate_pieces(page=page, by=editor, known={})


def untranslated_sentence(locale: Locale, count: int) -> str:
    return ngettext(
        "%(language)s: %(count)d piece is not translated yet.",
        "%(language)s: %(count)d pieces are not translated yet.",
        count,
    ) % {"language": locale.get_display_name(), "count": count}


@transaction.atomic
def freeze(page: VersionPage, editions: list[Edition], day: date) -> None:
    """Stores editions, unless their texts have changed since. Raises `NotReady`."""
    pages = VersionPage.objects.filter(translation_key=page.translation_key)
    list(pages.select_for_update())  # no draft is saved until this is done
    now = editions_of(page, None, day)
    if [content_of(edition) for edition in now] != [content_of(edition) for edition in editions]:
        raise NotReady([_t("The text changed just now. Look at it again, then put it in force.")])
    try:
        Edition.objects.bulk_create(editions)
    except IntegrityError as error:  # a colleague was a moment quicker
        raise NotReady([newer_sentence(editions[0])]) from error
    mark_in_force(pages)
    for tell in AFTER_PUT_IN_FORCE:
        tell(editions)


def mark_in_force(pages: QuerySet[VersionPage]) -> None:
    """Closes the pages of a version for good, its translation screen included."""
    for key in set(pages.values_list("translation_key", flat=True)):
        VersionInForce.objects.get_or_create(translation_key=key)
        Translation.objects.filter(source__object_id=key).update(enabled=False)
    pages.update(locked=True, locked_at=timezone.now(), locked_by=None)


def editions_of(page: VersionPage, by: int | None, day: date) -> list[Edition]:
    """What would be frozen on a day, without the PDFs. Raises `NotReady`."""
    drafts = drafts_of(page)
    if reasons := obstacles(drafts, today=day):
        raise NotReady(reasons)
    return [edition_from(draft, language, by) for language, draft in drafts.items()]


def edition_from(draft: VersionPage, language: str, by: int | None) -> Edition:
    """The edition of a draft, not saved yet: text, rendered text and tables."""
    with translation.override(language):
        return Edition(
            version=draft.version,
            language=language,
            title=draft.title,
            intro=draft.intro,
            summary=draft.summary,
            key_points=[str(point.value) for point in draft.key_points],
            is_material=draft.is_material,
            effective_from=draft.effective_from,  # type: ignore[misc]  # checked: it is a date
            text=list(draft.body.raw_data),
            html=as_html(draft.body),
            tables=tables_in(draft),
            put_in_force_by=by,
        )


def with_pdf(edition: Edition) -> Edition:
    """The edition with its PDF and hash. Raises `DocumentNotMade`."""
    context = {"edition": edition, "html": mark_safe(edition.html)}  # noqa: S308  just rendered
    edition.pdf = render_pdf("statements/pdf.html", context, language=edition.language)
    edition.sha256 = fingerprint(edition)
    return edition


def tables_in(draft: VersionPage) -> dict[str, Any]:
    """The registry's tables that the text places, as they are now."""
    keys = {b.value["table"] for b in draft.body if b.block_type == "registry_table"}
    return {key: TABLES[key].make().as_data() for key in sorted(keys)}


def content_of(edition: Edition) -> dict[str, Any]:
    """Everything that a reader of the edition relies on, but for the PDF."""
    names = ("version", "language", "title", "intro", "summary", "key_points", "html", "tables")
    return {name: getattr(edition, name) for name in names} | {
        "effective_from": edition.effective_from.isoformat(),
        "material": edition.is_material,
    }


def fingerprint(edition: Edition) -> str:
    """SHA-256 over everything that a reader of the edition relies on."""
    text = json.dumps(content_of(edition), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode() + bytes(edition.pdf)).hexdigest()
