"""What an issue is made of: text and pictures that are written for it, and what is taken over."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StreamValue

from pluc.content.blocks import ButtonBlock, PageBlock, PictureBlock, TextBlock
from portal.meetings.models import Subject

MOST_MEETINGS = 8
MOST_POSTS = 6


def subjects() -> list[tuple[str, str]]:
    """The subjects that courses have, for a choice."""
    return [(subject.slug, str(subject)) for subject in Subject.objects.order_by("position")]


class PostsBlock(blocks.ListBlock):
    """Posts of the blog: title, introduction and picture are those of the post as it is then."""

    def __init__(self, **kwargs: Any) -> None:
        post = PageBlock(page_type="home.BlogPostPage", label=_("Post"))
        super().__init__(post, min_num=1, max_num=MOST_POSTS, **kwargs)

    class Meta:
        label = _("Blog posts")
        icon = "edit"


class CoursesBlock(blocks.StructBlock):
    """The first meetings of the offer that one can still join, PE-cafés left out."""

    how_many = blocks.IntegerBlock(
        min_value=1, max_value=MOST_MEETINGS, default=4, label=_("How many at most")
    )
    subject = blocks.ChoiceBlock(
        choices=subjects, required=False, label=_("About"), help_text=_("Empty: about everything.")
    )

    class Meta:
        label = _("Courses to come")
        icon = "date"


class CafesBlock(blocks.StructBlock):
    """The first PE-cafés that one can still join."""

    how_many = blocks.IntegerBlock(
        min_value=1, max_value=MOST_MEETINGS, default=3, label=_("How many at most")
    )
    in_each_region = blocks.BooleanBlock(
        required=False, default=True, label=_("Only the next one of each region")
    )

    class Meta:
        label = _("PE-cafés to come")
        icon = "group"


class IssueBlock(blocks.StreamBlock):
    """The body of an issue."""

    heading = blocks.CharBlock(max_length=80, label=_("Heading"), icon="title")
    text = TextBlock()
    picture = PictureBlock()
    posts = PostsBlock()
    courses = CoursesBlock()
    cafes = CafesBlock()
    button = ButtonBlock()

    def clean(self, value: StreamValue) -> StreamValue:
        """Refuses posts that nobody can read yet."""
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        errors = {
            position: ValidationError(_t("This page is gone or not published."))
            for position, block in enumerate(value)
            if block.block_type == "posts" and not all(post and post.live for post in block.value)
        }
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return value
