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
        for position, block_error in sorted(error.block_errors.items()):
            label = body[position].block.label
            for sentence in sentences(block_error):
                yield _t("Block %(number)d (%(label)s): %(sentence)s") % {
                    "number": position + 1,
                    "label": label,
                    "sentence": sentence,
                }


def sentences(error: ValidationError) -> list[str]:
    """The messages of an error and of the errors within it."""
    nested = getattr(error, "block_errors", None)
    if nested:
        inner = nested.values() if isinstance(nested, dict) else filter(None, nested)
        return [sentence for part in inner for sentence in sentences(part)]
    return [str(message) for message in error.messages]
