"""Forms of the page editor for posts, and for pages named after a row of the back office."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from pluc.content.forms import PageForm


class PostForm(PageForm):
    """Offers the topics of the post's own language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            topics = self.fields["topics"]
            topics.queryset = topics.queryset.filter(locale_id=self.instance.locale_id)


class NamedPageForm(PageForm):
    """The address is that of what the page is about (`named_after`): codes on paper rely on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self._meta.model.named_after
        fixed = [name, "slug"] if self.instance.pk else ["slug"]
        for field in (self.fields[one] for one in fixed if one in self.fields):
            field.disabled, field.required = True, field.required and bool(self.instance.pk)
            field.help_text = _("Others rely on this address: it cannot change.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = self._meta.model.named_after
        if not self.instance.pk and cleaned.get(name) and self.has_page(name, cleaned[name]):
            self.add_error(name, ValidationError(_("It has a page in this language already.")))
        return cleaned

    def has_page(self, name: str, row: Any) -> bool:
        pages = self._meta.model.objects.filter(locale_id=self.instance.locale_id)
        return bool(pages.filter(**{name: row}).exists())


class CoursePageForm(NamedPageForm):
    """Refuses to publish what is still in Dutch on a page in English that follows no other.

    Pages that follow one are refused by `pluc.content.translating`.
    """

    TEXTS = ("intro", "goals", "audience", "body")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_abroad = self.instance.locale.language_code != settings.LANGUAGE_CODE
        if is_abroad and cleaned.get("course") and not self.is_deferred_validation:
            self.refuse_dutch(cleaned, cleaned["course"])
        return cleaned

    def refuse_dutch(self, cleaned: dict[str, Any], course: Any) -> None:
        if not course.title_en and cleaned.get("title") == course.title:
            message = _("This is the Dutch title still. Translate it before the page goes online.")
            self.add_error("title", ValidationError(message))
        pages = self._meta.model.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        dutch = pages.filter(course=course).first()
        for name in self.TEXTS if dutch else ():
            if words_of(cleaned.get(name)) == words_of(getattr(dutch, name)) != []:
                message = _("This is the Dutch text still. Translate it before it goes online.")
                self.add_error(name, ValidationError(message))


def words_of(value: Any) -> list[Any]:
    """What a field says, to be compared: the values of its blocks without their ids."""
    if isinstance(value, StreamValue):
        return [block.block.get_prep_value(block.value) for block in value]
    return [value] if value else []
