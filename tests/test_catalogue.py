"""Every text of ours has its Dutch in the catalogue, once, and nothing else is there."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from tests.run import ROOT

ROOMS = ("headless", "home", "legal", "portal", "search", "site/pluc")
CATALOGUE = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
ONE = {"_", "_t", "gettext", "gettext_lazy", "gettext_noop", "noop"}
SEVERAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
# What Django makes of a template: Python's functions, with the text as their first argument.
IN_TEMPLATE = re.compile(
    r"(?<!\w)(n?p?gettext|_)\((?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))"
    r"(?:,\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))?"
)
Text = tuple[str | None, str]


def texts_of(name: str, arguments: list[object]) -> Iterator[Text]:
    """The context and text that a call of a function of gettext is about."""
    written = [one for one in arguments if isinstance(one, str)]
    if name in IN_CONTEXT and len(written) > 1:
        yield written[0], written[1]
    elif name in ONE | SEVERAL and written:
        yield None, written[0]


def in_python(path: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            values = [one.value for one in node.args if isinstance(one, ast.Constant)]
            yield from texts_of(name, values)


def in_templates(path: Path) -> Iterator[Text]:
    for call in IN_TEMPLATE.finditer(templatize(path.read_text())):
        node = ast.parse(f"{call[0]})", mode="eval").body
        assert isinstance(node, ast.Call)
        yield from texts_of(call[1], [ast.literal_eval(one) for one in node.args])


def texts() -> set[Text]:
    """All texts in the source."""
    found: set[Text] = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            found.update(in_python(path))
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in {".html", ".txt"}:
            found.update(in_templates(path))
    return found


def test_every_text_has_its_dutch_once():
    catalogue = polib.pofile(str(CATALOGUE))
    entries = Counter((entry.msgctxt, entry.msgid) for entry in catalogue)
    assert [text for text, times in entries.items() if times > 1] == []
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    written = texts()
    assert sorted(written - entries.keys(), key=str) == []
    assert sorted(entries.keys() - written, key=str) == []
