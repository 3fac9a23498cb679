"""What a draft still lacks before it can be published, a sentence each (STANDARDS 5.7)."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from wagtail.blocks import StreamBlockValidationError, StreamValue

from pluc.content.models import BasePage
from pluc.content.pictures import can_be_shown


def findings(page: BasePage) -> list[str]:
    """One sentence for each thing, in the order of the page."""
    found = []
    if page.picture_id and not (page.picture_alt or page.picture_is_decorative):
        found.append(_t("Lead picture: describe it, or mark it as decorative."))
    if not can_be_shown(page.picture):
        found.append(_t("Lead picture: it cannot be shown. Upload it anew, or choose another."))
    return found + list(body_findings(page.body))


def body_findings(body: StreamValue) -> Iterator[str]:
    """The body's faults, each with the number and the name of its block."""
    try:
        body.stream_block.clean(body)
    except StreamBlockValidationError as error:
        yield from (str(message) for message in error.non_block_errors)
        for position, block_error in sorted(error.block_errors.items()):
            label = body[position].block.label
            for sentence in sentences(block_error):
                yield _t("Block %(number)d (%(label)s): %(sentence)s") % {
                    "number": position + 1,
                    "label": label,
                    "sentence": sentence,
                }


def sentences(error: ValidationError) -> list[str]:
    """The messages of an error and of the errors within it.

    An error of a block that has others in it says nothing itself: its message is Wagtail's own name
    for it, in English ("Validation error in ListBlock").
    """
    if not hasattr(error, "block_errors"):
        return [str(message) for message in error.messages]
    nested = error.block_errors
    parts = list(nested.values()) if isinstance(nested, dict) else [*filter(None, nested)]
    own = [str(message) for message in getattr(error, "non_block_errors", ())]
    return own + [sentence for part in parts for sentence in sentences(part)]
