"""Looks in documents for what acts by itself when they are opened: macros, links, files.

Names and endings prove nothing: a macro works from a part of any name. So each part is judged by
what it is and by what the document declares it to be (ECMA-376, ISO 26300, ISO 32000).
"""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

import olefile
from defusedxml.ElementTree import iterparse

from pluc.content import active_office, active_open_document
from pluc.content.active_findings import FETCHES, FILE, MACRO, TOO_MUCH, ActiveContent, Element
from pluc.content.active_pdf import check_pdf

# A document of 25 MB is seldom larger than this when it is unpacked; a bomb is.
MOST_BYTES = 150 * 1024**2
MOST_PARTS = 5_000
# A chart brings its workbook, which brings no document again.
DEEPEST = 2
ZIP_START = b"PK\x03\x04"
XML_ENDINGS = (".xml", ".rels", ".vml", ".rdf")


def check_document(file: BinaryIO, extension: str) -> None:
    """Raises `ActiveContent` for what acts by itself. The file is left at its start.

    Raises what the openers of the formats raise where it is no document at all.
    """
    file.seek(0)
    try:
        if extension == "pdf":
            check_pdf(file)
        else:
            check_archive(file, Allowance())
            check_by_oletools(file, extension)
    finally:
        file.seek(0)


class Allowance:
    """How many parts and bytes may still be unpacked of an upload, documents within it included."""

    def __init__(self) -> None:
        self.parts, self.bytes = MOST_PARTS, MOST_BYTES

    def spend(self, parts: list[ZipInfo]) -> None:
        """Raises `ActiveContent` when there is more than that."""
        self.parts -= len(parts)
        self.bytes -= sum(part.file_size for part in parts)
        if self.parts < 0 or self.bytes < 0:
            raise ActiveContent(TOO_MUCH)


def check_archive(file: BinaryIO, allowance: Allowance, depth: int = 0) -> None:
    """Checks each part of an office document. Raises `ActiveContent`."""
    if depth > DEEPEST:
        raise ActiveContent(TOO_MUCH)
    with ZipFile(file) as archive:
        allowance.spend(archive.infolist())
        check_names(archive.namelist())
        names = {name.lower() for name in archive.namelist()}
        kind = active_office if "[content_types].xml" in names else active_open_document
        kind.check_names(archive.namelist())
        for part in archive.infolist():
            check_part(archive, part, allowance, depth)
            if part.filename.lower().endswith(XML_ENDINGS):
                kind.check_elements(part.filename, elements_in(archive, part))


def check_names(names: list[str]) -> None:
    """Raises `ActiveContent` for two parts of one name, which programs read differently."""
    if len({name.lower() for name in names}) != len(names):
        raise ActiveContent(FILE)


def check_part(archive: ZipFile, part: ZipInfo, allowance: Allowance, depth: int) -> None:
    """Checks a part by its first bytes: OLE holds a macro or an object, a zip a document."""
    with archive.open(part) as entry:
        start = entry.read(len(olefile.MAGIC))
        if start == olefile.MAGIC:
            raise ActiveContent(MACRO)
        if start.startswith(ZIP_START):
            check_archive(BytesIO(start + entry.read()), allowance, depth + 1)


def elements_in(archive: ZipFile, part: ZipInfo) -> Iterator[Element]:
    """The elements of an XML part, without entities: each with its attributes, in lower case."""
    with archive.open(part) as entry:
        for event, element in iterparse(entry, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                yield element.tag.lower(), {k.lower(): v for k, v in element.attrib.items()}
            else:
                element.clear()


def check_by_oletools(file: BinaryIO, extension: str) -> None:
    """Asks oletools as well, once what it could not cope with has been refused."""
    from oletools import msodde
    from oletools.olevba import VBA_Parser

    logging.getLogger("olevba").setLevel(logging.CRITICAL)
    file.seek(0)
    if extension in {"odt", "ods", "odp"}:
        return
    content = file.read()
    parser = VBA_Parser("", data=content)
    try:
        if parser.detect_macros():
            raise ActiveContent(MACRO)
    finally:
        parser.close()
    if extension == "docx" and msodde.process_docx(BytesIO(content), msodde.FIELD_FILTER_DDE):
        raise ActiveContent(FETCHES)
