"""Translates pieces of a page or row, as the translation screen stores them."""

from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringTranslation, Translation

from pluc.content.translating import untranslated_pieces


def translate(row: TranslatableMixin, dutch: str, english: str) -> None:
    translation = Translation.objects.get(source__object_id=row.translation_key)
    for segment in translation.source.stringsegment_set.filter(string__data=dutch):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=english,
        )


def finish(row: TranslatableMixin) -> None:
    """Translates all that lacks: the same words with EN before them."""
    for piece in dict.fromkeys(untranslated_pieces(row)):
        translate(row, piece, f"EN {piece}")
