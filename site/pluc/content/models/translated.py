"""Rows in several languages that are shown as soon as they are saved: without drafts."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from pluc.content.translating import Untranslated, untranslated_pieces


class ShownOnceTranslated(TranslatableMixin):
    """A row that no visitor sees while pieces of it are in the language of its source.

    Submitting a row for translation makes one in the source's words at once, and a post takes its
    topics and author along. Such a row waits; and one that was complete is never overwritten by
    one that is not.
    """

    awaits_translation = models.BooleanField(default=False, editable=False)

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what is complete: bringing a translation up to date asks for the new pieces first.

        It is a `ValidationError`, for which wagtail-localize leaves the stored row as it is.
        """
        super().full_clean(*args, **kwargs)
        if self.pk and self.is_complete_as_stored() and (pieces := untranslated_pieces(self)):
            sentence = Untranslated(str(self), pieces).sentence
            raise ValidationError({NON_FIELD_ERRORS: [sentence]})

    def is_complete_as_stored(self) -> bool:
        stored = type(self)._default_manager.filter(pk=self.pk, awaits_translation=False)
        return bool(stored.exists())

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.awaits_translation = bool(untranslated_pieces(self))
        super().save(*args, **kwargs)

    def visibility(self) -> str:
        """For lists in the staff screens."""
        return _t("hidden until it is translated") if self.awaits_translation else _t("shown")

    visibility.short_description = _("On the site")  # type: ignore[attr-defined]
