"""Renders a page's blocks one by one, so that a block that breaks breaks no other."""

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from wagtail.blocks import StreamValue

from pluc.content.broken import report
from pluc.content.typography import unbroken_html

register = template.Library()


class BlocksNode(template.Node):
    def __init__(self, blocks: FilterExpression) -> None:
        self.blocks = blocks

    def render(self, context: template.Context) -> SafeString:
        blocks: StreamValue = self.blocks.resolve(context)
        shown = (self.shown(blocks, place, context) for place in range(len(blocks)))
        return SafeString("\n".join(shown))

    def shown(self, blocks: StreamValue, place: int, context: template.Context) -> str:
        """A block as HTML; nothing for one that breaks, whatever it breaks by.

        Editors are prevented from publishing such a block (`BodyBlock.clean`). Should one be there
        all the same, by an import or a changed program, visitors still get the rest of the page.
        Where `is_whole` is in the context the error is raised, since half a text is worse than
        none, and the text is as it was written.
        """
        try:
            html = str(blocks[place].render(context.flatten()))
            return html if context.get("is_whole") else unbroken_html(html)
        except Exception as error:
            if context.get("is_whole"):
                raise
            raw = blocks.raw_data[place]
            page = getattr(context.get("page"), "pk", None)
            report(error, "page %s, block %s %s", page, raw["type"], raw.get("id"))
            is_preview = getattr(context.get("request"), "is_preview", False)
            return broken_block(place + 1) if is_preview else ""


def broken_block(number: int) -> str:
    text = _t("Block %(number)d cannot be shown. Visitors do not see it.") % {"number": number}
    return render_to_string("components/alert.html", {"kind": "wrong", "text": text})


@register.tag
def blocks(parser: Parser, token: Token) -> BlocksNode:
    """`{% blocks page.body %}`: the blocks of a body, one after the other."""
    _name, body = token.split_contents()
    return BlocksNode(parser.compile_filter(body))
