"""Active content in a PDF (ISO 32000): actions, scripts and files in its objects."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from pluc.content.active_findings import FETCHES, FILE, MACRO, TOO_MUCH, ActiveContent

MOST_OBJECTS = 500_000
# Kinds of action (12.6.4): what a reader would run, open or send.
ACTIONS = {
    "/JavaScript": MACRO,
    "/Launch": MACRO,
    "/Rendition": MACRO,
    "/RichMediaExecute": MACRO,
    "/ImportData": FETCHES,
    "/SubmitForm": FETCHES,
    "/GoToR": FETCHES,
    "/GoToE": FILE,
}
# What a dictionary holds under these keys acts or is a file, whatever its kind.
KEYS = {"/JS": MACRO, "/JavaScript": MACRO, "/XFA": MACRO, "/EF": FILE, "/EmbeddedFiles": FILE}
ANNOTATIONS = {"/RichMedia": MACRO, "/Movie": FILE, "/Sound": FILE, "/FileAttachment": FILE}


def check_pdf(file: BinaryIO) -> None:
    """Raises `ActiveContent`, or `pikepdf.PdfError` for what is no PDF or has a password."""
    with pikepdf.open(file) as document:
        for number, entry in enumerate(dictionaries(document)):
            if number > MOST_OBJECTS:
                raise ActiveContent(TOO_MUCH)
            check_dictionary(entry)


def dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of a document, those of streams and those within others included."""
    waiting: list[Any] = [document.trailer, *document.objects]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting += [part for part in found if is_within(part)]
        elif isinstance(found, pikepdf.Stream):
            waiting.append(found.stream_dict)
        elif isinstance(found, pikepdf.Dictionary):
            yield found
            waiting += [part for part in found.as_dict().values() if is_within(part)]


def is_within(part: Any) -> bool:
    """Whether an object stands here itself, and is no reference to one that is checked apart."""
    return isinstance(part, pikepdf.Object) and not part.is_indirect


def check_dictionary(entry: Any) -> None:
    for key, what in KEYS.items():
        if key in entry:
            raise ActiveContent(what)
    for name, kinds in (("/S", ACTIONS), ("/Subtype", ANNOTATIONS)):
        if (kind := str(entry.get(name, ""))) in kinds:
            raise ActiveContent(kinds[kind])
