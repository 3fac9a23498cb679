"""The child process in which WeasyPrint works; `pluc.documents.child` starts it.

It knows no settings, no database and no secret, and opens no file or address by itself: whatever a
document names, it asks of its parent. It limits itself before it reads anything (STANDARDS 6.23).
"""

import gc
import json
import logging
import math
import resource
import sys
import time
from copy import copy
from multiprocessing.connection import Connection
from typing import Any

# The first byte of a message. From the parent: a document, a file, a refusal of one.
DOCUMENT, FILE, REFUSAL = b"D", b"F", b"N"
# Also from the parent: one document of which each page is to be a PDF of its own; the answer.
PAGES, PDFS = b"C", b"M"
# To the parent: a question for a file, the PDF, a failure, an address that was refused.
QUESTION, PDF, FAILURE, FORBIDDEN = b"Q", b"P", b"X", b"R"
# To the parent, before the last: what WeasyPrint warned of, as JSON.
WARNINGS = b"W"

# How seldom Python looks for what is in no use while a document is laid out: most is in use until
# the end, and looking takes a seventh of the time. What is left is freed between documents.
SELDOM = (100_000, 50, 100)


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
    from pluc.documents.asking import AskingFetcher
    from pluc.documents.fonts import OwnFonts
    from pluc.documents.plain_html import PlainHTML
    from pluc.documents.tables import join_tables

    base, _, html = message.decode().partition("\n")
    document = PlainHTML(string=html, base_url=base, url_fetcher=AskingFetcher(connection))
    return bytes(
        document.write_pdf(pdf_variant="pdf/ua-1", font_config=OwnFonts(html), finisher=join_tables)
    )


def write_pages(connection: Connection, message: bytes) -> bytes:
    """Each page of a document as a PDF/UA-1 file of its own, as `packed`.

    The message is JSON: base address, HTML, and a title per page. Styles and fonts are read once,
    and all pages are laid out in one go (docs/decisions/0046).
    """
    from pluc.documents.asking import AskingFetcher
    from pluc.documents.fonts import OwnFonts
    from pluc.documents.plain_html import PlainHTML

    base, html, titles = json.loads(message)
    laid_out = PlainHTML(string=html, base_url=base, url_fetcher=AskingFetcher(connection)).render(
        font_config=OwnFonts(html), pdf_variant="pdf/ua-1"
    )
    if len(laid_out.pages) != len(titles):
        raise ValueError(f"{len(laid_out.pages)} pages for {len(titles)} documents")
    pairs = zip(laid_out.pages, titles, strict=True)
    return packed([page_alone(laid_out, page, title) for page, title in pairs])


def page_alone(laid_out: Any, page: Any, title: str) -> bytes:
    alone = laid_out.copy([page])
    alone.metadata = copy(laid_out.metadata)
    alone.metadata.title = title
    return bytes(alone.write_pdf(pdf_variant="pdf/ua-1"))


def packed(files: list[bytes]) -> bytes:
    """Files as one message: how long each is, as JSON on a line, then all of them."""
    return json.dumps([len(file) for file in files]).encode() + b"\n" + b"".join(files)


def unpacked(message: bytes) -> list[bytes]:
    """What `packed` made one message of."""
    head, _, rest = message.partition(b"\n")
    files = []
    for length in json.loads(head):
        files.append(rest[:length])
        rest = rest[length:]
    return files


def answer(connection: Connection, message: bytes) -> bytes:
    """The message for the parent: what it asked for, an address that was refused, or a failure."""
    from pluc.documents.asking import Refused

    kind, rest = message[:1], message[1:]
    try:
        if kind == PAGES:
            return PDFS + write_pages(connection, rest)
        return PDF + write_pdf(connection, rest)
    except Refused as refusal:
        return FORBIDDEN + str(refusal).encode()
    except Exception as error:  # the text of a document may break WeasyPrint in any way
        return FAILURE + f"{type(error).__name__}: {error}".encode(errors="replace")


def main(descriptor: int, seconds: int, mebibytes: int, idle_seconds: int) -> None:
    """Makes documents until the parent has gone, or has asked for none in `idle_seconds`."""
    connection = Connection(descriptor)
    limit_memory(mebibytes)
    gc.set_threshold(*SELDOM)
    logging.getLogger("weasyprint").addHandler(warnings := Warnings())
    while connection.poll(idle_seconds):
        message = connection.recv_bytes()
        limit_time(seconds)
        told = answer(connection, message)
        connection.send_bytes(WARNINGS + warnings.take())
        connection.send_bytes(told)
        gc.collect()


if __name__ == "__main__":
    try:
        main(*map(int, sys.argv[1:]))
    except (EOFError, BrokenPipeError):
        sys.exit()  # the parent has gone
