"""Whether a document's content is of the type that its name claims (STANDARDS 6.16)."""

import zipfile
from typing import IO

PDF_START = b"%PDF-"
# What every document of a kind holds: Office Open XML (ECMA-376), OpenDocument (ISO 26300).
OFFICE_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
ZIP_START = b"PK\x03\x04"


def is_what_it_says(file: IO[bytes], extension: str) -> bool:
    """Whether a file's content fits its extension, one of `WAGTAILDOCS_EXTENSIONS`.

    The file is left at its start. Macros and the like are for `active_content` to find.
    """
    file.seek(0)
    try:
        return is_pdf(file) if extension == "pdf" else is_zipped_document(file, extension)
    finally:
        file.seek(0)


def is_pdf(file: IO[bytes]) -> bool:
    return file.read(len(PDF_START)) == PDF_START


def is_zipped_document(file: IO[bytes], extension: str) -> bool:
    if file.read(len(ZIP_START)) != ZIP_START:  # something else stands before the archive
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if extension in OPEN_DOCUMENT_TYPES:
                expected = OPEN_DOCUMENT_TYPES[extension]
                with archive.open("mimetype") as entry:
                    return entry.read(len(expected) + 1) == expected
            part = OFFICE_PARTS.get(extension)
            has_part = part is not None and any(name.startswith(part) for name in names)
            return has_part and "[Content_Types].xml" in names
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return False
