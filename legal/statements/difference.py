"""What changed between two editions: word by word, and readable without colours."""

import re

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t


def difference(old: str, new: str) -> SafeString:
    """Both texts in one, with `<ins>` and `<del>`, each with a hidden cue in words.

    Both are editions' HTML, made by our own templates, so the result is as safe as they are.
    """
    from lxml.html import diff  # imported when needed, for the sake of a quick start

    marked = diff.htmldiff(old, new)
    for tag, start, end in (
        ("ins", _t("added:"), _t("end of addition")),
        ("del", _t("removed:"), _t("end of removal")),
    ):
        marked = marked.replace(f"<{tag}>", f'<{tag}><span class="hidden-visually">{start} </span>')
        marked = marked.replace(
            f"</{tag}>", f'<span class="hidden-visually"> {end}</span></{tag}>'
        )
    return mark_safe(re.sub(r"\s+id=\"[^\"]*\"", "", marked))  # noqa: S308  see above
