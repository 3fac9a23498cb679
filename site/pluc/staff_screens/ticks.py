"""Several ticks of one question, on Wagtail's own forms."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString


class GroupedTicks(CheckboxSelectMultiple):
    """Says what the ticks are about to readers of screens: Wagtail's label stands beside them."""

    def __init__(self, legend: str | Promise, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.legend = legend

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        words = '<fieldset><legend class="w-sr-only">{}</legend>{}</fieldset>'
        return format_html(words, self.legend, super().render(*args, **kwargs))
