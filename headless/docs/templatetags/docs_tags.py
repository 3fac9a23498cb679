"""Text of a schema in the pages of its documentation."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
CODE = re.compile(r"`+([^`]+)`+")


@register.filter
def in_code(text: str) -> SafeString:
    """What stands between backticks, as docstrings have it, as code."""
    parts = CODE.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<code>{}</code>", part) if number % 2 else part,)
            for number, part in enumerate(parts)
        ),
    )


@register.filter
def breakable(address: str) -> SafeString:
    """An address that may go on in the next line after a slash."""
    return mark_safe(str(conditional_escape(address)).replace("/", "/<wbr>"))  # noqa: S308  escaped
