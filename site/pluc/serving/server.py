"""The web server: Waitress with one thread for requests, which ends slow clients."""

import resource
import select
import signal
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FrameType
from typing import Any

from django.core.management import CommandError
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from pluc.serving import limits
from pluc.serving.connections import Connection

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Server(TcpWSGIServer):
    """Serves until it is told to stop, then ends what is in hand."""

    channel_class = Connection
    active_channels: dict[int, Connection]

    def __init__(self, application: Application, listener: socket.socket) -> None:
        self.is_stopping = False
        self.next_sweep = 0.0
        self.poller = select.poll()
        self.lively: set[int] = set()  # sockets that may wait for something else than before
        self.held: set[Connection] = set()  # with a request that waits for an answer to be read
        family = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(
            without_bodies_for_head(application),
            map={},
            _sock=listener,
            bind_socket=False,
            sockinfo=family,
            adj=adjustments(listener),
        )
        self.lively |= self._map.keys()  # our own two, which stay so

    # --- Serving ---

    def run(self) -> None:
        """Serves; after `stop` until what was in hand has ended, at most `DRAINING` seconds."""
        while not self.is_stopping:
            self.turn()
        deadline = time.monotonic() + limits.DRAINING
        in_hand = self.busy()
        # Others are answered as long as we are here anyway: a probe of `/livez`, for one.
        while any(one.is_busy() for one in in_hand) and time.monotonic() < deadline:
            self.turn()
        self.accepting = False
        while self.busy() and time.monotonic() < deadline:
            self.turn()

    def turn(self) -> None:
        """One round: waits at most a second for sockets, and handles those that are ready."""
        self.watch()
        asked = dict(self._map)
        for number, flags in self.poller.poll(1000):
            self.lively.add(number)
            # The number of one that ended meanwhile may be a new one's already.
            if number in asked and self._map.get(number) is asked[number]:
                wasyncore.readwrite(asked[number], flags)
        for connection in list(self.held):
            connection.let_go()
        now = time.monotonic()
        if now >= self.next_sweep:
            self.next_sweep = now + limits.SWEEP
            for connection in list(self.active_channels.values()):
                connection.end_if_too_slow(now)

    def watch(self) -> None:
        """Tells the poller what the connections wait for that may wait for something else now.

        Waitress asks every connection in every round, so that each of many that stall would slow
        down all others.
        """
        for number in list(self.lively):
            one = self._map.get(number)
            if one is None or (isinstance(one, Connection) and not one.is_lively()):
                self.lively.discard(number)
            flags = 0
            if one is not None and one.readable():
                flags = select.POLLIN | select.POLLPRI
            if one is not None and one.writable() and not one.accepting:
                flags |= select.POLLOUT
            if flags:
                self.poller.register(number, flags)
            else:
                with suppress(KeyError):  # it waited for nothing before, either
                    self.poller.unregister(number)

    def stop(self, signal_number: int, frame: FrameType | None) -> None:
        """A signal handler."""
        self.is_stopping = True
        self.pull_trigger()

    def busy(self) -> list[Connection]:
        return [one for one in self.active_channels.values() if one.is_busy()]

    def maintenance(self, now: float) -> None:
        """Waitress's own; ours is in `turn`, between its rounds of the connections."""

    def add_task(self, connection: Connection) -> None:
        if not connection.hold():
            super().add_task(connection)

    # --- Bounds ---

    def handle_accept(self) -> None:
        waiting = [one for one in self.active_channels.values() if not one.is_with_us()]
        if waiting and len(self.active_channels) >= limits.CONNECTIONS:
            min(waiting, key=lambda one: one.waits_since).end()
        super().handle_accept()

    def bound_bodies(self) -> None:
        """Ends the oldest large uploads that are not whole, while all are too much together."""
        held = {one: one.held_by_body() for one in self.active_channels.values()}
        large = {one: size for one, size in held.items() if size > limits.SMALL_BODY}
        for one in sorted(large, key=lambda one: one.waits_since):
            if sum(large.values()) <= limits.ALL_BODIES:
                return
            if not one.requests:
                one.end()
                del large[one]


def adjustments(listener: socket.socket) -> Adjustments:
    """Waitress's settings. Forwarded headers stay: Django and allauth know whom to trust."""
    return Adjustments(
        sockets=[listener],
        threads=1,
        backlog=limits.BACKLOG,
        ident=None,  # STANDARDS 6.6
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
        # Room for those that are being answered; `handle_accept` makes room for others.
        connection_limit=limits.CONNECTIONS * 2,
        max_request_header_size=limits.HEADERS,
        max_request_body_size=limits.BODY,
        inbuf_overflow=limits.IN_MEMORY,
        outbuf_overflow=limits.ANSWER_IN_MEMORY,
        # Our thread never waits for a reader: answers go to a file, one per connection.
        outbuf_high_watermark=2**40,
        recv_bytes=limits.READ,
    )


def without_bodies_for_head(application: Application) -> Application:
    """The application, whose answers to HEAD have no body (RFC 9110, 9.3.2)."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []

    return answer


def listen(address: str, port: int) -> socket.socket:
    """A socket that is bound, and accepts nobody yet. Raises `CommandError` when it cannot be."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError as error:
        raise CommandError(
            f"PORT {port} cannot be used ({error.strerror}). Choose another: PORT=8001."
        ) from error
    return listener


def serve(application: Application, listener: socket.socket) -> None:
    """Serves until SIGTERM or SIGINT."""
    allow_open_files()
    server = Server(application, listener)
    signal.signal(signal.SIGTERM, server.stop)
    signal.signal(signal.SIGINT, server.stop)
    server.run()


def allow_open_files() -> None:
    """Room for every connection and two files of each, if the system lets us."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
