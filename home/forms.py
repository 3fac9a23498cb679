"""What the page editor's form of the public site does more than that of any page."""

from typing import Any

from pluc.content.forms import PageForm


class PostForm(PageForm):
    """Offers the topics of the post's own language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            topics = self.fields["topics"]
            topics.queryset = topics.queryset.filter(locale_id=self.instance.locale_id)


class CoursePageForm(PageForm):
    """The address is the course's own: codes on paper rely on it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if course := cleaned.get("course"):
            cleaned["slug"] = course.slug
        return cleaned


class PartnerPageForm(PageForm):
    """The address is the partner's short name."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if organisation := cleaned.get("organisation"):
            cleaned["slug"] = organisation.slug
        return cleaned
