"""Putting a version in force: one action, both languages, for ever."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _t
from wagtail_localize.models import Translation

from legal.statements.models import Edition, VersionInForce, VersionPage
from legal.statements.queries import drafts_of, missing_languages
from legal.statements.rendering import as_html
from legal.statements.tables import TABLES
from pluc.content.findings import findings
from pluc.deeds import Refused
from pluc.documents.pdf import render_pdf
from pluc.periods import NOTICE, in_words

# Who must know that a version was put in force registers here; each is called in its transaction,
# with the editions by which it was frozen.
AFTER_PUT_IN_FORCE: list[Callable[[list[Edition]], None]] = []


class NotReady(Refused):
    """The version cannot be put in force; `reasons` are sentences for the editor."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def obstacles(drafts: dict[str, VersionPage], *, today: date) -> list[str]:
    """Why these drafts cannot be put in force on a day; empty when they can."""
    missing = missing_languages(drafts)
    if missing:
        return [_t("It is not written in %(languages)s yet.") % {"languages": ", ".join(missing)}]
    one, *others = drafts.values()
    if any(dates(one) != dates(other) for other in others):
        return [_t("Date, start or kind of change differs between the languages.")]
    return date_obstacles(one, today) + text_obstacles(drafts)


def dates(draft: VersionPage) -> tuple[Any, ...]:
    return draft.date, draft.effective_from, draft.is_material


def date_obstacles(draft: VersionPage, today: date) -> list[str]:
    if not draft.date:
        return [_t("It has no date.")]
    if not draft.effective_from:
        return [_t("It does not say from when it is in force.")]
    reasons = []
    if draft.date < today:
        reasons.append(_t("Its date has passed."))
    if draft.effective_from < today:
        reasons.append(_t("It would be in force from a day that has passed."))
    if draft.effective_from < draft.date:
        reasons.append(_t("It would be in force before its own date."))
    newest = Edition.objects.order_by("-version").first()
    if newest and draft.version <= newest.version:
        reasons.append(_t("Version %(v)s is newer or the same.") % {"v": newest.version})
    elif newest and draft.effective_from <= newest.effective_from:
        reasons.append(
            _t("Version %(v)s comes into force later or that day.") % {"v": newest.version}
        )
    if newest and draft.is_material and draft.effective_from < today + NOTICE:
        reasons.append(
            _t("A material change is announced %(period)s ahead: from %(day)s at the earliest.")
            % {"period": in_words(NOTICE), "day": date_format(today + NOTICE)}
        )
    return reasons


def text_obstacles(drafts: dict[str, VersionPage]) -> list[str]:
    reasons = []
    for language, draft in drafts.items():
        if not draft.summary:
            reasons.append(_t("%(l)s: the summary of changes is missing.") % {"l": language})
        if not draft.body:
            reasons.append(_t("%(l)s: there is no text.") % {"l": language})
        reasons += [f"{language}: {sentence}" for sentence in findings(draft)]
    return reasons


def put_in_force(*, page: VersionPage, by: int | None, today: date | None = None) -> list[Edition]:
    """Freezes the latest revision of a version, in every language.

    `by` is the acting user's number. Raises `NotReady` with the reasons, or `DocumentNotMade`, and
    changes nothing then. The PDFs are made before the transaction, which others would wait for.
    """
    day = today or timezone.localdate()
    editions = [with_pdf(edition) for edition in editions_of(page, by, day)]
    freeze(page, editions, day)
    return editions


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
        reason = _t("Version %(v)s is newer or the same.") % {"v": editions[0].version}
        raise NotReady([reason]) from error
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
