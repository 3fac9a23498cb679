"""The StreamField blocks that editors build pages with. None of them can break the design.

What must be right before a page is public (alt text, heading order, links that lead somewhere) is
checked in `clean()`. Wagtail defers that check while a draft is saved; `pluc.content.findings`
then tells the editor what is still to be done.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from pluc.content.addresses import page_path
from pluc.content.broken import report
from pluc.content.pictures import can_be_shown
from pluc.content.references import as_page_id, referenced_page
from pluc.content.richtext import FEATURES, broken_links, impossible_addresses
from pluc.web_addresses import is_web_address


class PageBlock(blocks.PageChooserBlock):
    """A page of our own. On the site it resolves without a query of its own (`references`)."""

    def bulk_to_python(self, values: list[int | None]) -> list[Page | None]:
        return [self.to_python(value) for value in values]

    def to_python(self, value: int | Page | None) -> Page | None:
        if isinstance(value, Page):
            return value
        page_id = as_page_id(str(value))
        if page_id is None:
            return None
        return referenced_page(page_id) or super().to_python(page_id)


class TextBlock(blocks.RichTextBlock):
    """Running text with links, lists and emphasis; headings are blocks of their own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=FEATURES, **kwargs)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        gone = _t("This link leads to a page that is gone or not published: %(texts)s.")
        refuse(gone, broken_links(value.source))
        refuse(
            _t("No browser can follow this link: %(texts)s."), impossible_addresses(value.source)
        )
        return value

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "content/blocks/text.html"


def refuse(sentence: str, texts: list[str]) -> None:
    """Raises `ValidationError` with the sentence about the texts, if there are any."""
    if texts:
        raise ValidationError(sentence % {"texts": ", ".join(f"“{text}”" for text in texts)})


class HeadingBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        label=_("Level"),
    )
    text = blocks.CharBlock(max_length=120, label=_("Heading"))

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "content/blocks/heading.html"
        label_format = "{text}"


class PictureBlock(blocks.StructBlock):
    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Caption"))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and not can_be_shown(value["picture"]):
            message = _t("This picture cannot be shown. Upload it anew, or choose another.")
            raise StructBlockValidationError({"picture": ValidationError(message)})
        return value

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "content/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=400, label=_("Quote"))
    name = blocks.CharBlock(required=False, max_length=80, label=_("Who said it"))
    role = blocks.CharBlock(required=False, max_length=80, label=_("Role"))

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "content/blocks/quote.html"


def address_in(value: blocks.StructValue) -> str:
    """The address elsewhere in a block's value; empty for what no browser can follow."""
    url = str(value.get("url") or "")
    return url if is_web_address(url) else ""


def check_address(value: blocks.StructValue) -> None:
    """Raises `StructBlockValidationError` for an address that no browser can follow."""
    if value.get("url") and not address_in(value):
        message = _t("This is no address that a browser can follow.")
        raise StructBlockValidationError({"url": ValidationError(message)})


class LinkValue(blocks.StructValue):
    @cached_property
    def address(self) -> str:
        """Where the link leads; empty when its page is gone or not public, or it is no address."""
        page = self.get("page")
        if page is not None:
            return page_path(page) if page.live else ""
        return address_in(self)

    @property
    def is_external(self) -> bool:
        return self.get("page") is None


class LinkBlock(blocks.StructBlock):
    """Either a page of our own, or an address elsewhere."""

    page = PageBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("Address elsewhere"))

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        self.link_is_required = required
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        check_address(value)
        page, url = value.get("page"), value.get("url")
        if page and url:
            raise StructBlockValidationError(
                {"url": ValidationError(_t("Choose a page or give an address, not both."))}
            )
        if self.link_is_required and not (page or url):
            raise StructBlockValidationError(
                {"page": ValidationError(_t("Choose a page or give an address."))}
            )
        if page and not Page.objects.live().filter(id=page.id).exists():
            raise StructBlockValidationError(
                {"page": ValidationError(_t("This page is gone or not published."))}
            )
        return value

    class Meta:
        label = _("Link")
        icon = "link"
        value_class = LinkValue


class ButtonBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=50, label=_("What the button says"))
    link = LinkBlock()

    class Meta:
        label = _("Button")
        icon = "circle-plus"
        template = "content/blocks/button.html"


class CallToActionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=100, label=_("Heading"))
    text = blocks.TextBlock(required=False, max_length=300, label=_("Text"))
    label = blocks.CharBlock(max_length=50, label=_("What the button says"))
    link = LinkBlock()

    class Meta:
        label = _("Call to action")
        icon = "pick"
        template = "content/blocks/call_to_action.html"


class CardBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.TextBlock(max_length=240, label=_("Text"))
    link = LinkBlock(required=False)

    class Meta:
        label = _("Card")
        icon = "doc-full"


class CardsBlock(blocks.StructBlock):
    cards = blocks.ListBlock(CardBlock(), min_num=2, max_num=6, label=_("Cards"))

    class Meta:
        label = _("Cards")
        icon = "grip"
        template = "content/blocks/cards.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=160, label=_("Question"))
    answer = TextBlock(label=_("Answer"))

    class Meta:
        label = _("Question")
        icon = "help"


class QuestionsBlock(blocks.StructBlock):
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        template = "content/blocks/questions.html"


class Cell(str):
    """A cell's text; `is_figure` if its column holds nothing but figures."""

    is_figure: bool

    def __new__(cls, text: str, is_figure: bool = False) -> "Cell":
        cell = super().__new__(cls, text)
        cell.is_figure = is_figure
        return cell


FIGURE = re.compile(r"[-+−±€%\s\d.,]*\d[-+−±€%\s\d.,]*")


def is_figure(text: str) -> bool:
    """Whether a cell holds an amount, a number, a percentage or nothing."""
    return not text or FIGURE.fullmatch(text) is not None


class TableValue(blocks.StructValue):
    @cached_property
    def lines(self) -> list[list[str]]:
        """The cells, line by line, all of them trimmed."""
        lines = (line for line in self.get("cells", "").splitlines() if line.strip())
        return [[cell.strip() for cell in split_cells(line)] for line in lines]

    @property
    def has_head(self) -> bool:
        return self.get("header") in {"row", "both"} and bool(self.lines)

    @cached_property
    def cells(self) -> list[list[Cell]]:
        """The lines as cells; cells of a column that holds only figures are marked as such."""
        body = self.lines[1:] if self.has_head else self.lines
        width = max(map(len, self.lines), default=0)  # in a draft, lines may differ
        figures = [
            bool(body) and all(is_figure(line[place]) for line in body if place < len(line))
            for place in range(width)
        ]
        return [
            [Cell(text, figure) for text, figure in zip(line, figures, strict=False)]
            for line in self.lines
        ]

    @property
    def head(self) -> list[Cell]:
        """The cells of the header row; none when the table has no such row."""
        return self.cells[0] if self.has_head else []

    @property
    def rows(self) -> list[list[Cell]]:
        return self.cells[1:] if self.has_head else self.cells

    @property
    def first_column_is_header(self) -> bool:
        return self.get("header") in {"column", "both"}


def split_cells(line: str) -> list[str]:
    """A line's cells: separated by tabs, as pasted from a spreadsheet, or else by `|`."""
    if "\t" in line:
        return line.split("\t")
    text = line.strip()
    is_boxed = len(text) > 1 and text.startswith("|") and text.endswith("|")
    return (text[1:-1] if is_boxed else text).split("|")


class TableBlock(blocks.StructBlock):
    """A table typed or pasted as text: translatable, and edited by keyboard alone."""

    caption = blocks.CharBlock(max_length=160, label=_("Caption"))
    header = blocks.ChoiceBlock(
        choices=[("row", _("First row")), ("column", _("First column")), ("both", _("Both"))],
        default="row",
        label=_("Where the headings are"),
    )
    cells = blocks.TextBlock(
        label=_("Cells"),
        help_text=_("A row per line, cells separated by | or pasted from a spreadsheet."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        widths = [len(line) for line in value.lines]
        for number, width in enumerate(widths, start=1):
            if width != widths[0]:
                message = _t("Row %(number)d has %(width)d cells, the first row has %(first)d.")
                numbers = {"number": number, "width": width, "first": widths[0]}
                raise StructBlockValidationError({"cells": ValidationError(message % numbers)})
        return value

    class Meta:
        label = _("Table")
        icon = "table"
        template = "content/blocks/table.html"
        value_class = TableValue


class VideoValue(blocks.StructValue):
    @cached_property
    def address(self) -> str:
        return address_in(self)


class VideoBlock(blocks.StructBlock):
    """A link to a video elsewhere: nothing of another party loads before someone clicks."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))
    description = blocks.CharBlock(required=False, max_length=200, label=_("Description"))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:
            check_address(value)
        return value

    class Meta:
        label = _("Video")
        icon = "media"
        template = "content/blocks/video.html"
        value_class = VideoValue


def skipped_headings(levels: list[tuple[int, int]]) -> list[int]:
    """Of (position, level) pairs in order: positions whose level skips one. A page starts at 1."""
    skipped, previous = [], 1
    for position, level in levels:
        if level > previous + 1:
            skipped.append(position)
        previous = level
    return skipped


class BodyBlock(blocks.StreamBlock):
    """A page's body."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    button = ButtonBlock()
    call_to_action = CallToActionBlock()
    cards = CardsBlock()
    questions = QuestionsBlock()
    table = TableBlock()
    video = VideoBlock()

    def clean(self, value: StreamValue) -> StreamValue:
        if self.is_deferred_validation:
            return super().clean(value)
        errors = heading_errors(value)
        try:
            value = super().clean(value)
        except StreamBlockValidationError as error:
            raise StreamBlockValidationError(
                block_errors=errors | error.block_errors, non_block_errors=error.non_block_errors
            ) from error
        if errors := errors | rendering_errors(value):
            raise StreamBlockValidationError(block_errors=errors)
        return value


def rendering_errors(body: StreamValue) -> dict[int, ValidationError]:
    """An error for each block that breaks when it is shown, by its position."""
    errors: dict[int, ValidationError] = {}
    for position, block in enumerate(body):
        try:
            block.render()
        except Exception as error:  # a block breaks by whatever its parts break by
            report(error, "block %s, refused to its editor", block.block_type)
            errors[position] = ValidationError(_t("It cannot be shown as it is."))
    return errors


def heading_errors(body: StreamValue) -> dict[int, ValidationError]:
    """An error for each heading that skips a level, by its position."""
    levels = [
        (position, int(block.value["level"]))
        for position, block in enumerate(body)
        if block.block_type == "heading" and block.value["level"] in {"2", "3"}
    ]
    message = _t("A part needs a section heading above it. Make this one a section.")
    return {
        position: StructBlockValidationError({"level": ValidationError(message)})
        for position in skipped_headings(levels)
    }
