"""What changed between two editions: word by word, and readable without colours.

Both texts are read as a row of blocks. Blocks that are alike are put beside each other and
compared by word; others are removed or added whole. What comes out is built anew from a few tags
(`reading`), so it is valid HTML, whatever went in.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from legal.statements.reading import HEADINGS, Block, Word, read

ALIKE = 0.5


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
    """The lines as HTML: list items in lists, rows in tables, running text as elsewhere."""
    parts, caption = [], ""
    for kind, group in groupby(lines, key=lambda line: line.kind):
        run = list(group)
        if kind == "tr":
            parts.append(table_of(run, caption or _t("Table")))
        elif kind in {"ul", "ol"}:
            items = "".join(f"<li>{line.cells[0]}</li>" for line in run)
            parts.append(f'<div class="text"><{kind}>{items}</{kind}></div>')
        else:
            parts += [element_of(line) for line in run]
        caption = run[-1].name if kind == "caption" else ""
    return "\n".join(parts)


def element_of(line: Line) -> str:
    if line.kind in {"summary", "caption"}:
        return f"<p><strong>{line.cells[0]}</strong></p>"
    if line.kind in HEADINGS:
        return f"<{line.kind}>{line.cells[0]}</{line.kind}>"
    return f'<div class="text"><p>{line.cells[0]}</p></div>'


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
