"""Runs WeasyPrint in a child process with limits of time and memory (STANDARDS 6.23)."""

import json
import logging
import mimetypes
import os
import subprocess
import sys
import threading
import time
from multiprocessing import Pipe
from pathlib import Path

import pluc
from pluc.documents import renderer
from pluc.documents.errors import DocumentNotMade, ForbiddenAddress
from pluc.documents.fetching import static_file

# What one document may cost. One of fifty pages takes 4 s, and 300 MiB of address space, of which
# it uses 100; one of five hundred takes 34 s and 600 MiB.
CPU_SECONDS = 30
MEBIBYTES = 1024
# Longer than that on the clock, since the processor is shared, and shorter than a task may last.
SECONDS = 45
# A child that is idle for so long ends and gives its memory back; one that has made so many
# documents is replaced.
IDLE_SECONDS = 60
MOST_DOCUMENTS = 200
# A child that is about to end is not asked: what we hand over it would not read any more.
MARGIN_SECONDS = 10
# All that the child gets of our environment: no settings, no secrets.
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE")


class Child:
    """A running renderer. It ends by itself when it is idle for long, or when we are gone."""

    def __init__(self) -> None:
        self.connection, theirs = Pipe()
        self.documents, self.used_at = 0, time.monotonic()
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment["PYTHONPATH"] = str(Path(pluc.__file__).parent.parent)
        numbers = (theirs.fileno(), CPU_SECONDS, MEBIBYTES, IDLE_SECONDS)
        self.process = subprocess.Popen(  # noqa: S603  our own module, nothing typed
            [sys.executable, "-m", renderer.__name__, *map(str, numbers)],
            pass_fds=[theirs.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    @property
    def is_fit(self) -> bool:
        """Whether it can take another document."""
        idle = time.monotonic() - self.used_at
        is_spent = self.documents >= MOST_DOCUMENTS or idle > IDLE_SECONDS - MARGIN_SECONDS
        return self.process.poll() is None and not is_spent

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.wait()

    def make(self, message: bytes) -> bytes:
        """Returns what it made. Raises `DocumentNotMade`; the child must then be ended."""
        try:
            self.connection.send_bytes(message)
            told = self.told(time.monotonic() + SECONDS)
        except (EOFError, OSError) as error:  # the system ended it: too long, or out of memory
            raise DocumentNotMade("The renderer was ended halfway.") from error
        self.documents, self.used_at = self.documents + 1, time.monotonic()
        return made_in(told)

    def told(self, deadline: float) -> bytes:
        """Answers the child's questions for files; returns its last message, PDF or failure."""
        while True:
            if not self.connection.poll(max(0, deadline - time.monotonic())):
                raise DocumentNotMade(f"It took longer than {SECONDS} seconds.")
            message = self.connection.recv_bytes()
            kind, rest = message[:1], message[1:]
            if kind == renderer.QUESTION:
                self.connection.send_bytes(file_for(rest.decode()))
            elif kind == renderer.WARNINGS:
                repeat_warnings(rest)
            else:
                return message


def file_for(address: str) -> bytes:
    """A static file with its kind, as the child expects it, or a refusal."""
    path = static_file(address)
    if path is None:
        return renderer.REFUSAL
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return renderer.FILE + kind.encode() + b"\n" + path.read_bytes()


def repeat_warnings(entries: bytes) -> None:
    """Writes WeasyPrint's warnings in the child to our log."""
    for level, message in json.loads(entries):
        logging.getLogger("weasyprint").log(level, "%s", message)


class Renderer:
    """The process's one child, started when it is needed; one document at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: Child | None = None
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """Runs after a fork: the child is the parent process's, which alone may talk to it."""
        self.lock, self.child = threading.Lock(), None

    def pdf(self, html: str, *, base: str) -> bytes:
        """The HTML as PDF. Raises `ForbiddenAddress` or another `DocumentNotMade`."""
        return self.made(renderer.DOCUMENT + f"{base}\n{html}".encode())

    def pages(self, html: str, *, base: str, titles: list[str]) -> list[bytes]:
        """Each page of the HTML as a PDF with its title. Raises `DocumentNotMade`."""
        message = json.dumps([base, html, titles]).encode()
        return renderer.unpacked(self.made(renderer.PAGES + message))

    def made(self, message: bytes) -> bytes:
        with self.lock:
            try:
                return self.fit_child().make(message)
            except ForbiddenAddress:
                raise
            except DocumentNotMade:
                self.stop()
                raise

    def fit_child(self) -> Child:
        """The running child, or a new one."""
        if self.child is not None and not self.child.is_fit:
            self.stop()
        if self.child is None:
            self.child = Child()
        return self.child

    def stop(self) -> None:
        if self.child is not None:
            self.child.end()
            self.child = None


def made_in(message: bytes) -> bytes:
    kind, rest = message[:1], message[1:]
    if kind == renderer.FORBIDDEN:
        raise ForbiddenAddress(f"A document may not fetch {rest.decode()}")
    if kind not in (renderer.PDF, renderer.PDFS):
        raise DocumentNotMade(rest.decode(errors="replace"))
    return rest


RENDERER = Renderer()
