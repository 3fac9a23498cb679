"""A text of the statement as a row of blocks (a paragraph, a list item, a table's row) of words."""

from dataclasses import dataclass, field
from typing import Any

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
CELLS = {"th", "td"}
OTHERS = """
    address blockquote caption dd details div dl dt figcaption figure hr li ol p pre section summary
    table tbody tfoot thead tr ul
"""
# What starts a block of its own.
BLOCKS = HEADINGS | CELLS | set(OTHERS.split())
# What a word may stand in, and the attributes that stay.
MARKS = {"a", "b", "code", "em", "i", "strong", "sub", "sup"}
ATTRIBUTES = ("href", "class", "rel")

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
