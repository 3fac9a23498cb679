"""Lines of a text file with separators (CSV), in whatever encoding it was saved."""

import codecs
import csv
import re
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

from pluc.documents.uploaded.tables import (
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    MOST_SIGNS,
    Fault,
    HowToRead,
    Line,
    NotReadable,
    Table,
)

if TYPE_CHECKING:
    from _csv import Reader as _Reader

SEPARATORS = (";", ",", "\t", "|")
# What a file may be written in: what our programs and those of others save.
ENCODINGS = ("utf-8", "cp1252", "iso8859-15", "utf-16", "cp850", "mac_roman")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 64 * 1024  # bytes by which an encoding is guessed
SAMPLE_LINES = 30  # by which the separator is
DECLARED = re.compile(r"^\ufeff?sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")


def read(content: bytes, how: HowToRead) -> Table:
    """Raises `NotReadable`."""
    encoding = how.encoding or guess_encoding(content)
    text = decoded(content, encoding)
    declared = DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    separator = how.separator or (declared[1] if declared else guess_separator(text))
    lines = lines_of(text, separator, first_number=2 if declared else 1)
    return Table(lines=lines, encoding=encoding, separator=separator)


def guess_encoding(content: bytes) -> str:
    """By its mark, else UTF-8 where it can be that, else what charset-normalizer finds."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return guess_by_letters(content)
    return "utf-8"


def guess_by_letters(content: bytes) -> str:
    """Of lines with letters beyond ASCII: the others say nothing."""
    from charset_normalizer import from_bytes

    telling = [line for line in content.splitlines() if not line.isascii()]
    sample = b"\n".join(telling)[:SAMPLE]
    isolated = [one for one in ENCODINGS if one != "utf-8"]
    # Of encodings that read it equally well the first of ours is meant: they differ in rare signs.
    best = from_bytes(sample, cp_isolation=isolated, steps=1, chunk_size=len(sample)).best()
    found = best.could_be_from_charset if best else []
    names = {codecs.lookup(one).name for one in found}
    return next((one for one in isolated if codecs.lookup(one).name in names), "cp1252")


def decoded(content: bytes, encoding: str) -> str:
    """The text; signs that the encoding does not have are marked, and make their line a fault.

    Raises `NotReadable` where the whole is in another encoding.
    """
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
    except (LookupError, UnicodeError) as error:
        raise NotReadable.because("encoding") from error
    if text.count("\0") > len(text) // 10:
        raise NotReadable.because("no table")
    return text


def guess_separator(text: str) -> str:
    """The one that parts most lines into the same number of cells, two or more."""
    sample = "\n".join(text.splitlines()[:SAMPLE_LINES])

    def fitness(separator: str) -> tuple[int, int]:
        sizes = Counter(len(cells) for cells in parsed(sample, separator) if any(cells))
        parted = [(times, size) for size, times in sizes.items() if size > 1]
        return max(parted, default=(0, 0))

    return max(SEPARATORS, key=fitness)  # the first of equals


def parsed(text: str, separator: str) -> "_Reader":
    return csv.reader(StringIO(text, newline=""), delimiter=separator)


def lines_of(text: str, separator: str, *, first_number: int) -> list[Line]:
    """The filled lines. Raises `NotReadable`."""
    lines: list[Line] = []
    reader = parsed(text, separator)
    try:
        for cells in reader:
            if reader.line_num > MOST_LINES:
                raise NotReadable.because("too many")
            if any(cell.strip() for cell in cells):
                lines.append(line_of(reader.line_num + first_number - 1, cells, lines))
            if len(lines) > MOST_ROWS + 1:
                raise NotReadable.because("too many")
    except csv.Error as error:
        raise NotReadable.because("no table") from error
    return lines


def line_of(number: int, cells: list[str], before: list[Line]) -> Line:
    texts = tuple(cell[:MOST_SIGNS].strip() for cell in cells[:MOST_COLUMNS])
    faults = {place: Fault.GARBLED for place, text in enumerate(texts) if is_garbled(text)}
    if before and any(texts[len(before[0].cells) :]):
        faults[-1] = Fault.COLUMNS
    return Line(number, texts, faults)


def is_garbled(text: str) -> bool:
    """Whether a text was read in another encoding than it was written in: "AndrÃ©".

    Or holds a whole line: a quotation mark that nobody closed takes what follows along.
    """
    if text.isascii():
        return bool(CONTROL.search(text)) or "\n" in text
    if CONTROL.search(text) or "\n" in text:
        return True
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False
