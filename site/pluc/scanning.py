"""Asks a virus scanner about a file: clamd, by its INSTREAM command.

A module of our own, since the `clamd` of PyPI is of 2014: it waits for ever on a scanner that says
nothing, and reads an answer without an end into memory (docs/decisions/0043).
"""

import socket
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from django.core.exceptions import ImproperlyConfigured

from pluc.environment import parts_of

CONNECTING = 5  # seconds
PATIENCE = 40  # seconds for the whole conversation, less than a task may take
ANSWER = 4096  # bytes; clamd answers with one line
LOOK_LIKE = "SCANNER_URL must look like tcp://host:port or unix:/path."


@dataclass(frozen=True, kw_only=True)
class Scanner:
    """Where clamd listens: at a host and port, or at a socket in the file system."""

    host: str = ""
    port: int = 0
    path: str = ""

    def connect(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), timeout=CONNECTING)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(CONNECTING)
        try:
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


class Verdict(Enum):
    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too large"  # for the scanner's own limit
    NOT_READ = "not read"  # it cannot look inside, for what it holds is encrypted


class ScannerAway(Exception):
    """There is no answer, or none that can be understood: it is asked again later."""


def read_scanner(address: str) -> Scanner | None:
    """The scanner at `tcp://host:port` or `unix:/path`; `None` where none is named."""
    if not address:
        return None
    try:
        parts = parts_of("SCANNER_URL", address)
    except ImproperlyConfigured:
        raise ImproperlyConfigured(LOOK_LIKE) from None
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ImproperlyConfigured(LOOK_LIKE)
    if parts.scheme == "tcp" and parts.hostname and parts.port and parts.path in {"", "/"}:
        return Scanner(host=parts.hostname, port=parts.port)
    is_path = PurePosixPath(parts.path).is_absolute() and len(parts.path) > 1
    if parts.scheme == "unix" and not parts.netloc and is_path:
        return Scanner(path=parts.path)
    raise ImproperlyConfigured(LOOK_LIKE)


def scan(scanner: Scanner, chunks: Iterable[bytes]) -> Verdict:
    """What the scanner says of a file. Raises `ScannerAway`; errors of `chunks` pass."""
    deadline = time.monotonic() + PATIENCE
    try:
        line = scanner.connect()
    except OSError as error:
        raise ScannerAway("it cannot be reached") from error
    with line:
        was_cut = not send(line, chunks, deadline)
        answer = read_answer(line, deadline)
    return verdict_of(answer, was_cut=was_cut)


def send(line: socket.socket, chunks: Iterable[bytes], deadline: float) -> bool:
    """Sends the file in clamd's frames: whether it took all of it.

    Over its own limit clamd says so and hangs up; what it said can still be read then.
    """
    if not put(line, b"zINSTREAM\0", deadline):
        return False
    for chunk in chunks:
        if chunk and not put(line, struct.pack("!L", len(chunk)) + chunk, deadline):
            return False
    return put(line, struct.pack("!L", 0), deadline)


def put(line: socket.socket, content: bytes, deadline: float) -> bool:
    """Sends some bytes; `False` once the other side hung up. Raises `ScannerAway` when too slow."""
    try:
        line.settimeout(left(deadline))
        line.sendall(content)
    except TimeoutError as error:
        raise ScannerAway("it reads too slowly") from error
    except OSError:
        return False
    return True


def read_answer(line: socket.socket, deadline: float) -> str:
    """The scanner's one line, up to its NUL or its end. Raises `ScannerAway`."""
    answer = b""
    try:
        while b"\0" not in answer and len(answer) < ANSWER:
            line.settimeout(left(deadline))
            if not (more := line.recv(ANSWER)):
                break
            answer += more
    except OSError as error:
        if not answer:
            raise ScannerAway("it does not answer") from error
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def left(deadline: float) -> float:
    """Seconds until then. Raises `ScannerAway` when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise ScannerAway("it takes too long")
    return seconds


def verdict_of(answer: str, *, was_cut: bool) -> Verdict:
    """What an answer means. Clean is only what says so of the whole file."""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        is_locked = "Heuristics.Encrypted" in answer
        is_large = "Heuristics.Limits.Exceeded" in answer
        return (
            Verdict.NOT_READ if is_locked else Verdict.TOO_LARGE if is_large else Verdict.INFECTED
        )
    if "size limit exceeded" in answer:
        return Verdict.TOO_LARGE
    if answer == "stream: OK" and not was_cut:
        return Verdict.CLEAN
    raise ScannerAway("its answer is none that we know")
