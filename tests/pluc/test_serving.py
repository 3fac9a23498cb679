"""The web server over real sockets, with shortened time limits (docs/decisions/0014)."""

import os
import select
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pluc.serving import limits
from pluc.serving.server import Server, listen

pytestmark = pytest.mark.thorough

LARGE = 8_000_000  # bytes: more than the kernel keeps for a client that does not read
PATIENCE = 20  # seconds: the machine may be busy
SHORT = {"SWEEP": 0.05, "STALL": 0.6, "GRACE": 1.0, "DRAINING": 2}


TOLD = ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "HTTP_COOKIE"]
TOLD += ["wsgi.url_scheme", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"]


class Application:
    """Says what it was asked; `/large` and `/file` are long answers, `/wait` waits to be let go."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "large"
        self.file.write_bytes(b"f" * LARGE)
        self.let_go = threading.Event()
        self.asked: list[str] = []

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.asked.append(path)
        body = environ["wsgi.input"].read()
        if path == "/wait":
            self.let_go.wait(PATIENCE)
        if path == "/stream":
            start_response("200 OK", [("Content-Type", "text/plain")])
            return (part for part in (b"one", b"", b"two"))
        answer = {"/large": b"l" * LARGE, "/page": b"p" * 8000, "/echo": body}.get(path)
        if answer is None:
            answer = "|".join(environ.get(name, "") for name in TOLD).encode("latin-1")
        length = LARGE if path == "/file" else len(answer)
        start_response("200 OK", [("Content-Length", str(length)), ("Set-Cookie", "a=1")])
        return environ["wsgi.file_wrapper"](self.file.open("rb")) if path == "/file" else [answer]


class Site:
    """A server in a thread of this process."""

    def __init__(self, folder: Path) -> None:
        self.application = Application(folder)
        self.listener = listen("127.0.0.1", 0)
        self.address = self.listener.getsockname()
        self.server = Server(self.application, self.listener)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def connect(self, said: bytes = b"", *, reads: bool = True) -> socket.socket:
        client = socket.socket()
        client.settimeout(PATIENCE)
        if not reads:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(self.address)
        client.sendall(said)
        return client

    def ask(self, said: bytes) -> bytes:
        """All that is answered until the connection closes."""
        with self.connect(said) as client:
            return b"".join(iter(lambda: client.recv(65536), b""))

    def stop(self) -> None:
        self.application.let_go.set()
        self.server.stop(0, None)
        self.thread.join(PATIENCE)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name, value in SHORT.items():
        monkeypatch.setattr(limits, name, value)
    one = Site(tmp_path)
    yield one
    one.stop()


def get(path: str, *lines: str, method: str = "GET", close: bool = True) -> bytes:
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", *lines]
    return "\r\n".join([*head, *(["Connection: close"] if close else []), "", ""]).encode("latin-1")


def body_of(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


def wait_until_closed(clients: list[socket.socket]) -> None:
    """Returns when the server has closed them all; reads nothing. Fails after `PATIENCE`."""
    poller, open_ones = select.poll(), {client.fileno() for client in clients}
    for number in open_ones:
        poller.register(number, select.POLLRDHUP)
    deadline = time.monotonic() + PATIENCE
    while open_ones and time.monotonic() < deadline:
        for number, _ in poller.poll(500):
            poller.unregister(number)
            open_ones.discard(number)
    assert not open_ones


def drip(client: socket.socket) -> None:
    try:
        while True:
            client.send(b"x")
            time.sleep(0.2)
    except OSError:
        return  # it was closed


def test_stalled_and_dripping_clients_are_closed_and_others_are_answered(site: Site):
    form = b"POST /contact/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nsixsix"
    silent = [site.connect(said) for said in (b"", b"GET / HT", form) for _ in range(20)]
    readers = [site.connect(get(path), reads=False) for path in ("/large", "/file", "/file")]
    # A second request in the same breath waits until the first answer has been read.
    readers.append(site.connect(get("/file", close=False) + get("/never"), reads=False))
    readers.append(site.connect(get("/page", close=False) * 100, reads=False))
    dripping = [site.connect(form), site.connect(b"GET / HTTP/1.1\r\nX-Long: ")]
    for client in dripping:
        threading.Thread(target=drip, args=[client], daemon=True).start()
    assert body_of(site.ask(get("/quick"))).startswith(b"GET|/quick|")
    wait_until_closed([*silent, *readers, *dripping])
    assert silent[-1].recv(100).startswith(b"HTTP/1.1 408 ")
    assert "/never" not in site.application.asked


def test_who_goes_on_reading_or_writing_gets_the_time_it_takes(site: Site, monkeypatch):
    monkeypatch.setattr(limits, "RATE", 1000)
    writer = site.connect(get("/echo", "Content-Length: 8000", method="POST"))
    reader = site.connect(get("/file"), reads=False)
    found = 0
    for _ in range(16):  # longer than the grace period
        writer.sendall(b"y" * 500)
        time.sleep(0.1)
        found += len(reader.recv(100_000))
    assert body_of(b"".join(iter(lambda: writer.recv(65536), b""))) == b"y" * 8000
    while found < LARGE and (data := reader.recv(65536)):
        found += len(data)
    assert found > LARGE


def test_requests_and_answers_keep_their_form(site: Site):
    asked = get("/caf%C3%A9%00/?q=%C3%A9", "Cookie: a=1; b=2", "X-Forwarded-For: 192.0.2.1")
    told = body_of(site.ask(asked)).split(b"|")
    assert told == [
        b"GET",
        "/café\0/".encode(),
        b"q=%C3%A9",
        b"127.0.0.1",
        b"a=1; b=2",
        b"http",
        b"192.0.2.1",
        b"",
    ]
    assert body_of(site.ask(get("/file"))) == b"f" * LARGE
    assert body_of(site.ask(get("/large"))) == b"l" * LARGE
    assert body_of(site.ask(get("/stream"))) == b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"
    for path in ("/file", "/large", "/stream", "/"):
        answer = site.ask(get(path, method="HEAD"))
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert body_of(answer) == b""
        assert path == "/stream" or b"Content-Length: " in answer
    chunks = get("/echo", "Transfer-Encoding: chunked", method="POST") + b"3\r\nabc\r\n0\r\n\r\n"
    assert body_of(site.ask(chunks)) == b"abc"
    large = os.urandom(3_000_000)
    assert (
        body_of(site.ask(get("/echo", "Content-Length: 3000000", method="POST") + large)) == large
    )
    upgrade = get("/", "Upgrade: websocket", "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13")
    assert site.ask(upgrade).startswith(b"HTTP/1.1 200 ")
    assert b"\r\nServer:" not in site.ask(get("/"))


def test_a_connection_serves_one_request_after_another(site: Site):
    with site.connect(get("/1", close=False) + get("/2", close=False)) as client:
        found = b""
        while found.count(b"127.0.0.1") < 2:
            found += client.recv(65536)
        client.sendall(
            get("/echo", "Content-Length: 2", "Expect: 100-continue", method="POST", close=False)
        )
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"ok")
        answer = b""
        while not answer.endswith(b"\r\n\r\nok"):
            answer += client.recv(65536)
    assert site.application.asked == ["/1", "/2", "/echo"]


def test_what_is_too_large_is_refused_and_all_bodies_together_are_bounded(site: Site, monkeypatch):
    monkeypatch.setattr(limits, "SMALL_BODY", 1000)
    monkeypatch.setattr(limits, "ALL_BODIES", 100_000)
    monkeypatch.setattr(limits, "GRACE", PATIENCE)
    monkeypatch.setattr(limits, "STALL", PATIENCE)
    too_large = get("/echo", f"Content-Length: {limits.BODY + 1}", method="POST")
    assert site.ask(too_large).startswith(b"HTTP/1.1 413 ")
    assert site.ask(get("/", "X-Long: " + "x" * limits.HEADERS)).startswith(b"HTTP/1.0 431 ")
    post = get("/echo", "Content-Length: 60000", method="POST")
    first, second = (site.connect(post + b"z" * 59_000) for _ in range(2))
    wait_until_closed([first])  # the oldest one
    second.sendall(b"z" * 1000)
    assert second.recv(100).startswith(b"HTTP/1.1 200 ")
    endless = get("/echo", "Transfer-Encoding: chunked", method="POST") + b"1" * 10_000
    wait_until_closed([site.connect(endless)])


def test_the_connection_that_waits_longest_makes_room(site: Site, monkeypatch):
    monkeypatch.setattr(limits, "CONNECTIONS", 3)
    monkeypatch.setattr(limits, "STALL", PATIENCE)
    waiting = [site.connect() for _ in range(3)]
    assert site.ask(get("/quick")).startswith(b"HTTP/1.1 200 ")
    wait_until_closed(waiting[:1])
    assert not select.select(waiting[1:], [], [], 0)[0]


def test_who_stops_ends_what_is_in_hand_and_answers_meanwhile(site: Site):
    in_hand = site.connect(get("/wait", close=False))
    stalled = site.connect(get("/file"), reads=False)
    while "/wait" not in site.application.asked:
        time.sleep(0.01)
    site.server.stop(0, None)
    probe = site.connect(get("/livez", close=False))
    site.application.let_go.set()
    assert in_hand.recv(1000).startswith(b"HTTP/1.1 200 ")
    answer = probe.recv(1000)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"Connection: close" in answer
    site.thread.join(PATIENCE)
    assert not site.thread.is_alive()
    stalled.close()
