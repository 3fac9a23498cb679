"""Starting a version from the last one, and keeping its languages together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from legal.statements.errors import NotReady
from legal.statements.models import StatementPage, VersionPage
from legal.statements.pieces import Known, Piece, side_by_side
from legal.statements.queries import drafts_of, followers_of, newest_put_in_force
from legal.statements.readiness import date_obstacles, dates

Editor = AbstractBaseUser
# What a new version takes from the one before it.
KEPT = ("title", "seo_title", "search_description", "intro", "key_points", "body")


@dataclass(frozen=True, kw_only=True)
class NewVersion:
    """What an editor says of a version before it is written; `summaries` by language."""

    day: date | None = None
    effective_from: date | None = None
    is_material: bool = False
    summaries: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def start_version(*, by: Editor, typed: NewVersion) -> VersionPage:
    """A draft with the texts of the newest version, in every language. Raises `NotReady`."""
    last = newest_put_in_force()
    main = settings.LANGUAGE_CODE
    page = new_page(last.get(main), typed)
    if typed.day and typed.effective_from:
        require_dates(page)
    parent = StatementPage.objects.filter(locale__language_code=main).first()
    if parent is None:
        raise NotReady([_t("There is no page for the statement yet. Make that first.")])
    page.locale = parent.locale
    page.slug = find_available_slug(parent, page.version or "versie")
    parent.add_child(instance=page)
    page.save_revision(user=by)
    for code in (code for code, _ in settings.LANGUAGES if code != main):
        known = dict(side_by_side(last[main], last[code])) if {main, code} <= last.keys() else {}
        if typed.summaries.get(code):
            known[page.summary] = typed.summaries[code]
        follow(page, Locale.objects.get(language_code=code), by=by, known=known)
    return page


def new_page(last: VersionPage | None, typed: NewVersion) -> VersionPage:
    texts = {name: getattr(last, name) for name in KEPT} if last else {}
    return VersionPage(
        **({"title": _t("Privacy statement")} | texts),
        live=False,
        date=typed.day,
        effective_from=typed.effective_from,
        is_material=typed.is_material,
        summary=typed.summaries.get(settings.LANGUAGE_CODE, ""),
    )


def require_dates(page: VersionPage) -> None:
    if reasons := date_obstacles(page, timezone.localdate()):
        raise NotReady(reasons)


# --- Languages -----------------------------------------------------------------------------------


def follow(
    draft: VersionPage,
    locale: Locale,
    *,
    by: Editor | None,
    known: Mapping[str, str] | None = None,
) -> None:
    """Brings a language's draft up to date with its source's, by all that is known.

    The draft is made where there is none. What is not translated stays in the source's language.
    """
    source, _ = TranslationSource.update_or_create_from_instance(draft)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    remember(translation, by=by, known=known or {})
    translation.save_target(user=by, publish=False)


def remember(translation: Translation, *, by: Editor | None, known: Mapping[str, str]) -> None:
    """Stores what is known of a source's pieces where the translation screen looks for it."""
    memory = Known(translation.source.object_id, translation.target_locale)
    memory.learn(known)
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        place = segment.context.path, segment.string.data
        text = memory.get(Piece(*place))
        if text and place not in memory.at:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                defaults={"data": text, "last_translated_by": by, "has_error": False},
            )


@transaction.atomic
def translate_pieces(*, page: VersionPage, by: Editor | None, known: Mapping[str, str]) -> None:
    """Stores translations by their source's text, and brings each language up to date."""
    drafts = drafts_of(page)
    for translation in followers_of(page):
        source = drafts[translation.source.locale.language_code]
        follow(source, translation.target_locale, by=by, known=known)


@transaction.atomic
def bring_along(*, page: VersionPage, by: Editor) -> None:
    """Gives each language its draft, with the dates and the kind of change of the main one."""
    drafts = drafts_of(page)
    source = drafts.get(settings.LANGUAGE_CODE) or next(iter(drafts.values()))
    last = newest_put_in_force()
    for locale in Locale.objects.exclude(pk=source.locale_id):
        other = drafts.get(locale.language_code)
        if other is None:
            one, two = last.get(source.locale.language_code), last.get(locale.language_code)
            known = dict(side_by_side(one, two)) if one and two else {}
            follow(source, locale, by=by, known=known)
        elif dates(other) != dates(source):
            other.date, other.effective_from, other.is_material = dates(source)
            other.save_revision(user=by)
