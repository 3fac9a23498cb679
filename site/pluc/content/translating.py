"""Whether a translation says everything that its source says. What does not, is not published."""

import logging
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import ngettext
from wagtail.models import Revision, TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation

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


def quoted(pieces: Sequence[str]) -> str:
    """The beginnings of the first pieces, to be found by."""
    texts = [f"“{Truncator(strip_tags(piece)).chars(60)}”" for piece in pieces[:QUOTED]]
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


def drop_untranslated_plans() -> None:
    """Takes pages off the plan whose time has come while pieces are not translated.

    They stay drafts, which the dashboard shows as changed and not published.
    """
    due = Revision.page_revisions.filter(approved_go_live_at__lte=timezone.now())
    for revision in due:
        if untranslated_pieces(revision.content_object):
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            logger.warning("Page %s was planned, but is not translated", revision.object_id)
