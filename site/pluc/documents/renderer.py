"""The child process in which WeasyPrint works; `pluc.documents.child` starts it.

It knows no settings, no database and no secret, and opens no file or address by itself: whatever a
document names, it asks of its parent. It limits itself before it reads anything (STANDARDS 6.23).
"""

import json
import logging
import math
import resource
import sys
import time
from multiprocessing.connection import Connection

# The first byte of a message. From the parent: a document, a file, a refusal of one.
DOCUMENT, FILE, REFUSAL = b"D", b"F", b"N"
# To the parent: a question for a file, the PDF, a failure, an address that was refused.
QUESTION, PDF, FAILURE, FORBIDDEN = b"Q", b"P", b"X", b"R"
# To the parent, before the last: what WeasyPrint warned of, as JSON.
WARNINGS = b"W"


class Warnings(logging.Handler):
    """Keeps WeasyPrint's messages, to hand them to the parent."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.entries: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.entries.append((record.levelno, record.getMessage()))

    def take(self) -> bytes:
        entries, self.entries = self.entries, []
        return json.dumps(entries).encode()


def limit_memory(mebibytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the system does not keep to it
        most = mebibytes * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def limit_time(seconds: int) -> None:
    """The system ends this process when the next document takes longer on the processor."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    until = math.ceil(time.process_time()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def write_pdf(connection: Connection, message: bytes) -> bytes:
    """The document of a message (base address, line end, HTML) as PDF/UA-1."""
    from weasyprint import HTML

    from pluc.documents.asking import AskingFetcher
    from pluc.documents.fonts import OwnFonts
    from pluc.documents.tables import join_tables

    base, _, html = message.decode().partition("\n")
    document = HTML(string=html, base_url=base, url_fetcher=AskingFetcher(connection))
    return bytes(
        document.write_pdf(pdf_variant="pdf/ua-1", font_config=OwnFonts(html), finisher=join_tables)
    )


def answer(connection: Connection, message: bytes) -> bytes:
    """The message for the parent: the PDF, an address that was refused, or a failure."""
    from pluc.documents.asking import Refused

    try:
        return PDF + write_pdf(connection, message)
    except Refused as refusal:
        return FORBIDDEN + str(refusal).encode()
    except Exception as error:  # the text of a document may break WeasyPrint in any way
        return FAILURE + f"{type(error).__name__}: {error}".encode(errors="replace")


def main(descriptor: int, seconds: int, mebibytes: int, idle_seconds: int) -> None:
    """Makes documents until the parent has gone, or has asked for none in `idle_seconds`."""
    connection = Connection(descriptor)
    limit_memory(mebibytes)
    logging.getLogger("weasyprint").addHandler(warnings := Warnings())
    while connection.poll(idle_seconds):
        message = connection.recv_bytes()
        limit_time(seconds)
        told = answer(connection, message[1:])
        connection.send_bytes(WARNINGS + warnings.take())
        connection.send_bytes(told)


if __name__ == "__main__":
    try:
        main(*map(int, sys.argv[1:]))
    except (EOFError, BrokenPipeError):
        sys.exit()  # the parent has gone
