"""Whether a translation says everything that its source says. What does not, is not published."""

import logging
from collections.abc import Sequence
from html import unescape

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from wagtail.models import Locale, Page, Revision, TranslatableMixin
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from pluc.deeds import Refused

logger = logging.getLogger("pluc.content")
QUOTED = 3


class Untranslated(Refused):
    """A translation lacks pieces, so it is not published. `pieces` are texts of the source."""

    def __init__(self, title: str, pieces: Sequence[str]) -> None:
        super().__init__(
            ngettext(
                "“%(title)s” is not published: %(count)d piece is not translated (%(texts)s).",
                "“%(title)s” is not published: %(count)d pieces are not translated (%(texts)s).",
                len(pieces),
            )
            % {"title": title, "count": len(pieces), "texts": quoted(pieces)}
        )
        self.pieces = pieces


class SourceNotOnline(Untranslated):
    """A translation is to be published before the page that it follows.

    What the source says by then may stand in a draft alone, which no translation knows.
    """

    def __init__(self, title: str, source: str) -> None:
        self.pieces = ()
        Refused.__init__(
            self,
            _t(
                "“%(title)s” is not published: it follows “%(source)s”, which has not been "
                "published yet. Publish that page first, or stop the translation."
            )
            % {"title": title, "source": source},
        )


def quoted(pieces: Sequence[str]) -> str:
    """The beginnings of the first pieces, which are HTML, as text to be found by."""
    texts = [f"“{Truncator(unescape(strip_tags(piece))).chars(60)}”" for piece in pieces[:QUOTED]]
    return ", ".join(texts) + (", …" if len(pieces) > QUOTED else "")


def untranslated_segments(translation: Translation) -> "QuerySet[StringSegment]":
    """The pieces of the source without a sound translation, in the order of the page.

    A page may keep the name that its source has in addresses.
    """
    sound = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        has_error=False,
    )
    segments = StringSegment.objects.filter(source_id=translation.source_id)
    segments = segments.exclude(context__path="slug")
    return segments.exclude(Exists(sound)).order_by("order")


def translation_of(row: TranslatableMixin) -> Translation | None:
    """What the translation screen keeps about a row that it fills; `None` for other rows."""
    kept = Translation.objects.filter(
        source__object_id=row.translation_key, target_locale_id=row.locale_id, enabled=True
    )
    return kept.first()


def following(row: TranslatableMixin, locale: Locale) -> Translation:
    """Makes a row be followed in another language, from its texts as they are now."""
    source, _ = TranslationSource.update_or_create_from_instance(row)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    return translation


def store_translation(
    translation: Translation, text: str, translated: str, *, by: AbstractBaseUser | None
) -> None:
    """Stores the translation of a text wherever its source has it, as the screen would."""
    for segment in translation.source.stringsegment_set.filter(string__data=text):
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=translation.target_locale,
            defaults={"data": translated, "last_translated_by": by, "has_error": False},
        )


def bring_drafts_along(page: Page, user: AbstractBaseUser | None = None) -> None:
    """Brings the drafts that follow a page up to date, where no visitor has seen them yet.

    Without it a draft that was made along with its source would have the source's first words, and
    could be published without those that were written since.
    """
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is None:
        return
    for translation in source.translations.filter(enabled=True):
        draft = translation.source.get_translated_instance(translation.target_locale)
        if not draft.first_published_at:
            following(page, translation.target_locale).save_target(user=user, publish=False)


def untranslated_pieces(row: TranslatableMixin) -> list[str]:
    """The texts that a row of the translation screen still has in the language of its source."""
    translation = translation_of(row)
    if translation is None:
        return []
    return list(untranslated_segments(translation).values_list("string__data", flat=True))


def require_translated(row: TranslatableMixin) -> None:
    """Raises `Untranslated` for a row with pieces that are not translated."""
    if pieces := untranslated_pieces(row):
        raise Untranslated(str(row), pieces)
    if isinstance(row, Page):
        require_source_online(row)


def require_source_online(page: Page) -> None:
    """Raises `SourceNotOnline` for a page that follows one which nobody has published yet."""
    translation = translation_of(page)
    if translation is None or page.first_published_at:
        return
    source = translation.source.get_source_instance()
    if not source.first_published_at:
        raise SourceNotOnline(str(page), str(source))


def drop_untranslated_plans() -> None:
    """Takes pages off the plan whose time has come while they may not be published.

    They stay drafts, which the dashboard shows as changed and not published.
    """
    due = Revision.page_revisions.filter(approved_go_live_at__lte=timezone.now())
    for revision in due:
        try:
            require_translated(revision.content_object)
        except Untranslated:
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            logger.warning("Page %s was planned, but is not translated", revision.object_id)
