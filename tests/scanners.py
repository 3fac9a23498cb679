"""A stand-in for clamd, on loopback: it reads what clamd reads, and answers as it is told."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pluc.scanning import Scanner

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeScanner(threading.Thread):
    """Finds EICAR; `says` replaces its answer, `most` is its limit of bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.says: bytes | None = None
        self.most = 10_000_000
        self.asked = 0
        self.read = b""

    @property
    def address(self) -> Scanner:
        return Scanner(host="127.0.0.1", port=self.listener.getsockname()[1])

    def run(self) -> None:
        while True:
            try:
                line, _address = self.listener.accept()
            except OSError:
                return
            with line:
                self.asked += 1
                line.sendall(self.answer(line))

    def answer(self, line: socket.socket) -> bytes:
        stream = line.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        self.read = b""
        while length := struct.unpack("!L", stream.read(4))[0]:
            self.read += stream.read(length)
            if len(self.read) > self.most:
                return b"INSTREAM size limit exceeded. ERROR\0"
        if self.says is not None:
            return self.says
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in self.read else b"stream: OK\0"


@contextmanager
def fake_scanner() -> Iterator[FakeScanner]:
    scanner = FakeScanner()
    scanner.start()
    try:
        yield scanner
    finally:
        scanner.listener.shutdown(socket.SHUT_RDWR)
        scanner.listener.close()
        scanner.join(5)
