"""What changed between two editions: word by word, and readable without colours.

Both texts are read as a row of blocks (a paragraph, a list item, a table's row) of words. Blocks
that are alike are put beside each other and compared by word; others are removed or added whole.
What comes out is built anew from the few tags below, so it is valid HTML, whatever went in.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
CELLS = {"th", "td"}
# What starts a block of its own.
BLOCKS = (
    HEADINGS
    | CELLS
    | {
        *(
            "address",
            "blockquote",
            "caption",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "figcaption",
            "figure",
        ),
        *(
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "tr",
            "ul",
        ),
    }
)
# What a word may stand in, and the attributes that stay.
MARKS = {"a", "b", "code", "em", "i", "strong", "sub", "sup"}
ATTRIBUTES = ("href", "class", "rel")
ALIKE = 0.5

Mark = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Word:
    text: str
    marks: tuple[Mark, ...]
    # Whether it follows the word before it without a space, as a full stop after a link does.
    is_glued: bool = field(compare=False)


@dataclass(frozen=True)
class Block:
    """`kind` is a tag; a row has a cell per column, all else has one."""

    kind: str
    cells: tuple[tuple[Word, ...], ...]
    tags: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        return [word.text for cell in self.cells for word in cell]


@dataclass(frozen=True)
class Line:
    """A block of the result: its content is HTML, a piece per cell."""

    kind: str
    cells: list[str]
    tags: tuple[str, ...]
    name: str


def difference(old: str, new: str) -> SafeString:
    """Both texts in one, with `<ins>` and `<del>`, each with a hidden cue in words."""
    return compared(old, new, get_language() or "")


@lru_cache(maxsize=16)
def compared(old: str, new: str, language: str) -> SafeString:
    """The difference, with its cues in the active language, which `language` names."""
    pairs = paired(read(old), read(new))
    return mark_safe(written([line_of(one, other) for one, other in pairs]))  # noqa: S308  built here


# --- Reading -------------------------------------------------------------------------------------


class Reader:
    """Collects words until a block ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.words: list[Word] = []
        self.is_glued = False

    def take(self) -> tuple[Word, ...]:
        words, self.words, self.is_glued = tuple(self.words), [], False
        return words

    def end_block(self, kind: str) -> None:
        if words := self.take():
            self.blocks.append(Block(kind, (words,)))

    def add_text(self, text: str | None, marks: tuple[Mark, ...]) -> None:
        for position, word in enumerate((text or "").split()):
            follows = position == 0 and self.is_glued and not (text or "")[0].isspace()
            self.words.append(Word(word, marks, follows))
        if text:
            self.is_glued = not text[-1].isspace()

    def read(self, element: Any, kind: str, marks: tuple[Mark, ...] = ()) -> None:
        self.add_text(element.text, marks)
        for child in element:
            if child.tag == "tr":
                self.read_row(child)
            elif child.tag in BLOCKS:
                self.end_block(kind)
                inner = kind_of(child, kind)
                self.read(child, inner)
                self.end_block(inner)
            elif isinstance(child.tag, str):
                self.is_glued = self.is_glued and child.tag != "br"
                self.read(child, kind, marks + marks_of(child))
            self.add_text(child.tail, marks)

    def read_row(self, row: Any) -> None:
        cells, tags = [], []
        self.end_block("p")
        for cell in row:
            if cell.tag in CELLS:
                inner = Reader()
                inner.read(cell, "p")
                words = [word for block in inner.blocks for word in block.cells[0]]
                cells.append((*words, *inner.take()))
                tags.append(cell.tag)
        self.blocks.append(Block("tr", tuple(cells), tuple(tags)))


def kind_of(element: Any, around: str) -> str:
    if element.tag == "li":
        return "ol" if element.getparent().tag == "ol" else "ul"
    if element.tag in HEADINGS | {"summary", "caption"}:
        return str(element.tag)
    return around if around in {"ul", "ol"} and element.tag in {"p", "div"} else "p"


def marks_of(element: Any) -> tuple[Mark, ...]:
    if element.tag not in MARKS:
        return ()
    kept = tuple((name, element.get(name)) for name in ATTRIBUTES if element.get(name))
    return ((element.tag, kept),)


def read(html: str) -> list[Block]:
    from lxml.html import fragment_fromstring  # imported when needed, for the sake of a quick start

    reader = Reader()
    reader.read(fragment_fromstring(html, create_parent="div"), "p")
    reader.end_block("p")
    return reader.blocks


# --- Comparing -----------------------------------------------------------------------------------

Pair = tuple[Block | None, Block | None]


def paired(old: list[Block], new: list[Block]) -> Iterator[Pair]:
    """Blocks of both texts in order: side by side where they are alike, else alone."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from matched(old[a:b], new[c:d])


def matched(old: list[Block], new: list[Block]) -> Iterator[Pair]:
    """The pairing in order that makes the sum of likenesses largest."""
    alike = [[likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((one, None) for one in old[i:])
    yield from ((None, other) for other in new[j:])


def likeness(one: Block, other: Block) -> float:
    """The part of their words that two blocks of a kind share; 0 where it is too small."""
    if one.kind != other.kind or len(one.cells) != len(other.cells):
        return 0.0
    first, second = Counter(one.words), Counter(other.words)
    total = first.total() + second.total()
    shared = 2 * (first & second).total() / total if total else 1.0
    return shared if shared >= ALIKE else 0.0


# --- Writing -------------------------------------------------------------------------------------


def line_of(one: Block | None, other: Block | None) -> Line:
    block = other or one
    assert block is not None  # noqa: S101  a pair has at least one
    empty: tuple[tuple[Word, ...], ...] = ((),) * len(block.cells)
    before, after = (one.cells if one else empty), (other.cells if other else empty)
    cells = [changes(a, b) for a, b in zip(before, after, strict=True)]
    return Line(block.kind, cells, block.tags, " ".join(block.words))


def changes(old: Sequence[Word], new: Sequence[Word]) -> str:
    """A cell's words, with what was removed before what was added."""
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(text_of(new[c:d]))
        else:
            parts.append(framed("del", old[a:b], _t("removed:"), _t("end of removal")))
            parts.append(framed("ins", new[c:d], _t("added:"), _t("end of addition")))
    return "".join(parts).strip()


def framed(tag: str, words: Sequence[Word], start: str, end: str) -> str:
    if not words:
        return ""
    cue = '<span class="hidden-visually">{}</span>'
    content = text_of(words).strip()
    return (
        f" <{tag}>{cue.format(f'{escape(start)} ')}{content}{cue.format(f' {escape(end)}')}</{tag}>"
    )


def text_of(words: Sequence[Word]) -> str:
    """Words as HTML, with the space that stands before them."""
    parts = []
    for marks, group in groupby(words, key=lambda word: word.marks):
        run = list(group)
        text = "".join(("" if w.is_glued else " ") + escape(w.text) for w in run)
        space = "" if run[0].is_glued else " "
        opening = "".join(f"<{tag}{attributes_of(kept)}>" for tag, kept in marks)
        closing = "".join(f"</{tag}>" for tag, _ in reversed(marks))
        parts.append(f"{space}{opening}{text.removeprefix(' ')}{closing}")
    return "".join(parts)


def attributes_of(kept: tuple[tuple[str, str], ...]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in kept)


def written(lines: list[Line]) -> str:
    """The lines as HTML: list items in lists, rows in tables."""
    parts, caption = [], ""
    for kind, group in groupby(lines, key=lambda line: line.kind):
        run = list(group)
        if kind == "tr":
            parts.append(table_of(run, caption or _t("Table")))
        elif kind in {"ul", "ol"}:
            items = "".join(f"<li>{line.cells[0]}</li>" for line in run)
            parts.append(f"<{kind}>{items}</{kind}>")
        else:
            parts += [element_of(line) for line in run]
        caption = run[-1].name if kind == "caption" else ""
    return "\n".join(parts)


def element_of(line: Line) -> str:
    if line.kind in {"summary", "caption"}:
        return f"<p><strong>{line.cells[0]}</strong></p>"
    return f"<{line.kind}>{line.cells[0]}</{line.kind}>"


def table_of(rows: list[Line], caption: str) -> str:
    """Rows in a table; a reader can scroll it by keyboard, as elsewhere on the site."""
    body = "".join(row_of(row) for row in rows)
    start = f'<div class="table" role="group" tabindex="0" aria-label="{escape(caption)}">'
    return f"{start}<table>{body}</table></div>"


def row_of(row: Line) -> str:
    scope = "col" if set(row.tags) == {"th"} else "row"
    cells = (
        f'<th scope="{scope}">{text}</th>' if tag == "th" else f"<td>{text}</td>"
        for tag, text in zip(row.tags, row.cells, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"
