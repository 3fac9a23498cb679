"""What still stands in the way of putting a version in force, and what would cure it."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _t

from legal.statements.models import Edition, VersionPage
from legal.statements.queries import missing_languages
from pluc.content.findings import findings
from pluc.moments import day_of
from pluc.periods import NOTICE, in_words


def obstacles(drafts: dict[str, VersionPage], *, today: date) -> list[str]:
    """Why these drafts cannot be put in force on a day; empty when they can."""
    missing = missing_languages(drafts)
    if missing:
        return [_t("It is not written in %(languages)s yet.") % {"languages": ", ".join(missing)}]
    one, *others = drafts.values()
    if any(dates(one) != dates(other) for other in others):
        return [_t("Date, start or kind of change differs between the languages.")]
    return date_obstacles(one, today) + text_obstacles(drafts)


def cure_for(drafts: dict[str, VersionPage]) -> str:
    """What one button cures (`drafting.bring_along`), as the button says it; empty for nothing."""
    if missing := missing_languages(drafts):
        return _t("Start it in %(languages)s") % {"languages": ", ".join(missing)}
    one, *others = drafts.values()
    if any(dates(one) != dates(other) for other in others):
        return _t("Take dates and kind of change from the Dutch text")
    return ""


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
        reasons.append(newer_sentence(newest))
    elif newest and draft.effective_from <= newest.effective_from:
        reasons.append(
            _t("The version of %(day)s comes into force later or that day.")
            % {"day": day_of(newest.day)}
        )
    if newest and draft.is_material and draft.effective_from < today + NOTICE:
        reasons.append(
            _t("A material change is announced %(period)s ahead: from %(day)s at the earliest.")
            % {"period": in_words(NOTICE), "day": date_format(today + NOTICE)}
        )
    return reasons


def newer_sentence(edition: Edition) -> str:
    return _t("The version of %(day)s is newer or the same.") % {"day": day_of(edition.day)}


def text_obstacles(drafts: dict[str, VersionPage]) -> list[str]:
    reasons = []
    for code, draft in drafts.items():
        language = capfirst(get_language_info(code)["name_translated"])
        if not draft.summary:
            reasons.append(_t("%(l)s: the summary of changes is missing.") % {"l": language})
        if not draft.body:
            reasons.append(_t("%(l)s: there is no text.") % {"l": language})
        reasons += [f"{language}: {sentence}" for sentence in findings(draft)]
    return reasons
