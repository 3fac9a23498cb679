"""The blocks that a version of the statement is written with."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from legal.statements.tables import TABLES
from pluc.content.blocks import BodyBlock, HeadingBlock, QuestionsBlock, TableBlock, TextBlock


def table_choices() -> list[tuple[str, Any]]:
    """The tables on offer, by key and label."""
    return [(key, source.label) for key, source in TABLES.items()]


class RegistryTableBlock(blocks.StructBlock):
    """A table made from data, not typed: it says what the software does."""

    table = blocks.ChoiceBlock(choices=table_choices, label=_("Table"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        table = TABLES.get(value["table"])
        return context | {"table": table.make() if table else None}

    class Meta:
        label = _("Table from the registry")
        icon = "table"
        template = "statements/blocks/registry_table.html"


class AnchoredHeadingBlock(HeadingBlock):
    """A heading that the contents beside the text lead to."""

    class Meta:
        template = "statements/blocks/heading.html"


class StatementBlock(BodyBlock):
    """Text, and the registry's tables. No pictures, buttons or videos in a legal text."""

    heading = AnchoredHeadingBlock()
    text = TextBlock()
    table = TableBlock()
    questions = QuestionsBlock()
    registry_table = RegistryTableBlock()

    class Meta:
        label = _("Text")
