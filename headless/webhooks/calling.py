"""One call of an endpoint: to a machine that was checked, within one deadline.

The name is resolved once; every address that it leads to must be allowed, and the connection goes
to one of these and to no other, whatever the name leads to a moment later. TLS still asks for the
name. Redirects are not followed, proxies of the environment not used. The deadline holds for all of
it together: at its end the connection is closed, however busily it drips.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from queue import Empty, SimpleQueue
from typing import Any

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.util.ssl_match_hostname import CertificateError

from headless.webhooks.addresses import Target, is_allowed
from headless.webhooks.models import Delivery

Reason = Delivery.Reason
DEADLINE = 8  # seconds, for all of a call: other work waits for it
READ_AT_MOST = 64 * 1024  # bytes of an answer
A_PIECE = 8 * 1024


class CallFailed(Exception):
    """No answer came. `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Watch:
    """Closes the connection that it guards when the time is over."""

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self.guarded: list[socket.socket] = []
        self.lock = threading.Lock()
        self.timer = threading.Timer(seconds, self.close)
        self.timer.daemon = True
        self.timer.start()

    @property
    def left(self) -> float:
        """Seconds. Raises `CallFailed` where none is left."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise CallFailed(Reason.TIME)
        return left

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends_at

    def guard(self, connection: socket.socket) -> None:
        """Raises `CallFailed` where the time is over already."""
        # A second handle on it: TLS takes the first one over.
        with self.lock:
            self.guarded.append(connection.dup())
        if self.is_over:  # it may have been closed before this one was there
            raise CallFailed(Reason.TIME)

    def close(self) -> None:
        with self.lock:
            for one in self.guarded:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the other side was first

    def end(self) -> None:
        self.timer.cancel()
        with self.lock:
            for one in self.guarded:
                one.close()
            self.guarded = []


class WatchedHTTP(HTTPConnection):
    """Without TLS, to this very machine only. Its watch hears of its socket before anything else
    is done with it."""

    watch: Watch

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        self.watch.guard(made)
        return made


class WatchedHTTPS(HTTPSConnection):
    """The same with TLS, and the certificate's name checked."""

    watch: Watch

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        self.watch.guard(made)
        return made


def call(target: Target, *, body: bytes, headers: Mapping[str, str]) -> int:
    """Posts `body`, and returns the status of the answer. Raises `CallFailed`."""
    watch = Watch(DEADLINE)
    try:
        with as_failures(watch):
            return first_answer(target, resolve(target, watch), body, headers, watch)
    finally:
        watch.end()


@contextmanager
def as_failures(watch: Watch) -> Iterator[None]:
    """Turns what a connection may raise into `CallFailed`."""
    try:
        yield
    except (ssl.SSLCertVerificationError, CertificateError) as error:
        raise CallFailed(Reason.CERTIFICATE) from error
    except (OSError, HTTPError, HTTPException, ValueError) as error:
        # urllib3 counts a refused connection among those that took too long.
        is_slow = isinstance(error, TimeoutError | ConnectTimeoutError)
        is_late = watch.is_over or (is_slow and not isinstance(error, NewConnectionError))
        raise CallFailed(Reason.TIME if is_late else Reason.CONNECTION) from error


# --- To which machine ----------------------------------------------------------------------------


def resolve(target: Target, watch: Watch) -> list[str]:
    """The addresses of a host, all of them checked. Raises `CallFailed`."""
    found: SimpleQueue[list[str] | None] = SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found.put(None)
        else:
            found.put([str(row[4][0]) for row in rows])

    # In a thread: the resolver of the system knows no deadline.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        numbers = found.get(timeout=watch.left)
    except Empty as error:
        raise CallFailed(Reason.TIME) from error
    if not numbers:
        raise CallFailed(Reason.UNKNOWN_NAME)
    to_loopback = settings.WEBHOOKS_TO_LOOPBACK
    if not all(is_allowed(ipaddress.ip_address(one), to_loopback=to_loopback) for one in numbers):
        raise CallFailed(Reason.NOT_PUBLIC)
    if not target.is_secure and not all(ipaddress.ip_address(one).is_loopback for one in numbers):
        raise CallFailed(Reason.NOT_PUBLIC)
    return list(dict.fromkeys(numbers))


def first_answer(
    target: Target, numbers: list[str], body: bytes, headers: Mapping[str, str], watch: Watch
) -> int:
    """The answer of the first machine that takes a connection."""
    for number in numbers[:-1]:
        connection = connection_to(target, number, watch)
        try:
            connection.connect()
        except (OSError, HTTPError):
            connection.close()
            continue
        return answer_of(connection, target, body, headers, watch)
    return answer_of(connection_to(target, numbers[-1], watch), target, body, headers, watch)


def connection_to(target: Target, number: str, watch: Watch) -> WatchedHTTP | WatchedHTTPS:
    given: dict[str, Any] = {"port": target.port, "timeout": watch.left}
    connection: WatchedHTTP | WatchedHTTPS
    if target.is_secure:
        connection = WatchedHTTPS(
            number,
            server_hostname=target.host,
            assert_hostname=target.host,
            ssl_context=ssl.create_default_context(),
            **given,
        )
    else:
        connection = WatchedHTTP(number, **given)
    connection.watch = watch
    return connection


# --- What it answers -----------------------------------------------------------------------------


def answer_of(
    connection: WatchedHTTP | WatchedHTTPS,
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    watch: Watch,
) -> int:
    """The status of the answer. Its body is read, up to a limit, and thrown away."""
    sent = {"Host": target.host_header, "Content-Type": "application/json", **headers}
    sent |= {"User-Agent": "PLUC-Webhooks/1", "Connection": "close"}
    try:
        connection.request(
            "POST",
            target.path,
            body=body,
            headers=sent,
            preload_content=False,
            decode_content=False,
        )
        answer = connection.getresponse()
        read = 0
        while read < READ_AT_MOST and (piece := answer.read(A_PIECE, decode_content=False)):
            read += len(piece)
    finally:
        connection.close()
    if watch.is_over:
        raise CallFailed(Reason.TIME)
    return int(answer.status)
