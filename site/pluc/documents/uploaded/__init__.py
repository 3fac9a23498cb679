"""Reading the tables that others send us: XLSX, and text with separators (STANDARDS 6.16)."""

from pluc.documents.uploaded import separated, workbooks
from pluc.documents.uploaded.tables import (
    MOST_BYTES,
    MOST_ROWS,
    Fault,
    HowToRead,
    Line,
    NotReadable,
    Table,
)

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "Fault",
    "HowToRead",
    "Line",
    "NotReadable",
    "Table",
    "read_table",
]
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_table(content: bytes, how: HowToRead) -> Table:
    """The lines of a file, whose kind its first bytes tell, whatever it is called.

    Raises `NotReadable`, whose sentence says what to do.
    """
    if not content.strip():
        raise NotReadable.because("empty")
    if len(content) > MOST_BYTES:
        raise NotReadable.because("too large")
    if content.startswith(ZIP):
        return workbooks.read(content, how)
    if content.startswith(OLD_OFFICE):
        raise NotReadable.because("old")
    return separated.read(content, how)
