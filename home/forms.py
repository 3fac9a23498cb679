"""Forms of the page editor for posts, and for pages named after a row of the back office."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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
    """The draft that comes with a course bears its Dutch title where there is no other yet."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and self.has_dutch_title(cleaned):
            message = _("This is the Dutch title still. Translate it before the page goes online.")
            self.add_error("title", ValidationError(message))
        return cleaned

    def has_dutch_title(self, cleaned: dict[str, Any]) -> bool:
        course, language = cleaned.get("course"), self.instance.locale.language_code
        if course is None or language == settings.LANGUAGE_CODE or course.title_en:
            return False
        return bool(cleaned.get("title") == course.title)
