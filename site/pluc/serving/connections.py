"""A client's connection: Waitress's, with limits to how long a client may take.

Waitress reads a request whole before our thread sees it, and writes an answer without our thread.
What it lacks is an end to a client that drips, or that does not read. Here each transfer has a
pace: it must not stand still, and must end in time or keep up a rate (`pluc.serving.limits`).
"""

import fcntl
import socket
import struct
import sys
import termios
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.receiver import ChunkedReceiver
from waitress.task import WSGITask

from pluc.serving import limits

if TYPE_CHECKING:
    from pluc.serving.server import Server

TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"  # RFC 9110
)
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: what was not read is thrown away, not kept for later


class Pace:
    """The progress of a transfer: when it began, how many bytes moved, and when the last did."""

    def __init__(self, now: float, base: int = 0) -> None:
        self.began = self.moved_at = now
        self.base = self.moved = base

    def note(self, moved: int, now: float) -> None:
        """Remembers how many bytes have moved in all, `base` included."""
        if moved > self.moved:
            self.moved, self.moved_at = moved, now

    def is_too_slow(self, now: float) -> bool:
        allowed = limits.GRACE + (self.moved - self.base) / limits.RATE
        return now - self.moved_at > limits.STALL or now - self.began > allowed


class Task(WSGITask):
    """One request. While we stop, its answer is the last one on its connection."""

    def start(self) -> None:
        super().start()
        if self.channel.server.is_stopping:
            self.set_close_on_finish()

    def finish(self) -> None:
        if self.request.command == "HEAD":
            if not self.wrote_header:
                self.write(b"")
            self.chunked_response = False  # or a last chunk would follow, as a body
        super().finish()


class Connection(HTTPChannel):
    task_class = Task
    server: "Server"
    request: Any  # the one that is being read, if any

    def __init__(self, *args: Any, **options: Any) -> None:
        self.moved_at = time.monotonic()
        self.reading: Pace | None = None  # the request that is not whole yet
        self.writing: Pace | None = None  # the answer that the client has not read yet
        self.sent = 0  # bytes, in all
        self.is_held = False  # its next request waits until this answer has been read
        super().__init__(*args, **options)

    def add_channel(self, map: dict[int, Any] | None = None) -> None:  # noqa: A002  Waitress's
        super().add_channel(map)
        self.server.lively.add(self.socket.fileno())

    # --- Reading ---

    def received(self, data: bytes) -> bool:
        now, before = time.monotonic(), self.request
        self.moved_at = now
        goes_on = bool(super().received(data))
        if self.request is None:
            self.reading = None
        else:
            if self.request is not before or self.reading is None:
                self.reading = Pace(now)
            self.reading.note(self.request.body_bytes_received, now)
            self.reading.moved_at = now  # headers move as well, though they earn no time
            self.check_sizes()
        return goes_on

    def check_sizes(self) -> None:
        """Ends a request whose lines between chunks never end; bounds all large bodies."""
        receiver = self.request.body_rcv
        if isinstance(receiver, ChunkedReceiver) and (
            max(len(receiver.control_line), len(receiver.trailer)) > limits.CHUNK_LINE
        ):
            self.end()
        elif self.held_by_body() > limits.SMALL_BODY:
            self.server.bound_bodies()

    def unanswered(self) -> Iterable[Any]:
        """Requests that are here, whole or in part."""
        return [*self.requests, self.request] if self.request else self.requests

    def held_by_body(self) -> int:
        """Bytes of bodies that wait here for an answer, or for their end."""
        return sum(request.body_bytes_received for request in self.unanswered())

    # --- Writing ---

    def send(self, data: bytes, do_close: bool = True) -> int:
        number = int(super().send(data, do_close=do_close))
        if number:
            self.sent += number
            self.moved_at = time.monotonic()
        return number

    def is_unread(self) -> bool:
        """Whether the client has not taken all of the answers yet."""
        return bool(self.total_outbufs_len or self.in_kernel())

    def hold(self) -> bool:
        """Holds back the next request while the client has answers to read; whether it does."""
        with self.outbuf_lock:
            self.is_held = self.connected and self.is_unread()
        if self.is_held:
            self.server.held.add(self)
        return self.is_held

    def let_go(self) -> None:
        """Lets the next request be answered, once the client has read the answers before it."""
        if not self.is_unread():
            self.is_held = False
            self.server.held.discard(self)
            self.server.task_dispatcher.add_task(self)

    def in_kernel(self) -> int:
        """Bytes sent that the client has not taken yet, where the system can tell (Linux)."""
        if sys.platform != "linux":
            return 0
        return int.from_bytes(fcntl.ioctl(self.socket, termios.TIOCOUTQ, bytes(4)), sys.byteorder)

    # --- Ending ---

    def is_with_us(self) -> bool:
        """Whether a request of it is being answered, or is in line for it."""
        return bool(self.requests) and not self.is_held

    def is_lively(self) -> bool:
        """Whether the poller must be told anew what it waits for, though nothing arrived."""
        is_ending = self.will_close or self.close_when_flushed
        return bool(self.requests or self.total_outbufs_len or is_ending)

    def is_busy(self) -> bool:
        """Whether a request waits for its answer, or a client is reading one."""
        is_read = time.monotonic() - self.moved_at < limits.READING
        return self.is_with_us() or (self.total_outbufs_len > 0 and is_read)

    @property
    def waits_since(self) -> float:
        """The moment since which it waits for its client (seconds, monotonic)."""
        pace = self.writing or self.reading
        return pace.began if pace else self.moved_at

    def end_if_too_slow(self, now: float) -> None:
        waiting = self.in_kernel()
        if waiting or self.total_outbufs_len:
            taken = self.sent - waiting
            self.writing = self.writing or Pace(now, taken)
            self.writing.note(taken, now)
            if self.writing.is_too_slow(now):
                self.end()
            return
        if not self.requests:  # those sent in one breath are answered as one
            self.writing = None
        if self.is_with_us():
            return
        if self.reading:
            if self.reading.is_too_slow(now):
                self.end(farewell=TOO_SLOW)
        elif now - self.moved_at > limits.STALL:
            self.end()

    def end(self, farewell: bytes = b"") -> None:
        """Closes at once, after `farewell`; bytes that the client has not taken are dropped."""
        if farewell:
            super().send(farewell, do_close=False)
        elif self.connected and self.in_kernel():
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.handle_close()

    def handle_close(self) -> None:
        super().handle_close()
        self.server.held.discard(self)
        if self.request is not None:
            self.request.close()
            self.request = self.reading = None
