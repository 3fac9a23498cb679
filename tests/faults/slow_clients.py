"""Clients that stall: in their headers, in their body, or while reading an answer."""

import select
import socket
import time
from urllib.parse import urlsplit

from pluc.serving import limits

NUMBER = 200
CLOSED_WITHIN = 30  # seconds, of each of them
HOST = "Host: localhost:{port}\r\n"
FORM = (
    "POST /contact/ HTTP/1.1\r\n" + HOST + "Origin: http://localhost:{port}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nname=J"
)
PAGE = "GET / HTTP/1.1\r\n" + HOST + "\r\n"
STALLS = {"headers": "GET / HTTP/1.1\r\n" + HOST + "X-Slow: ", "body": FORM, "reading": PAGE * 20}


def connect(url: str, said: str) -> socket.socket:
    """A connection that said something, and reads nothing."""
    port = urlsplit(url).port
    client = socket.socket()
    client.settimeout(60)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(said.format(port=port).encode())
    return client


def stalled_clients(url: str, *kinds: str) -> list[socket.socket]:
    """All from one address, as many of each kind of stall."""
    said = [STALLS[kind] for kind in kinds or STALLS]
    return [connect(url, said[n % len(said)]) for n in range(NUMBER)]


def drip_until_closed(clients: list[socket.socket], dripping: list[socket.socket]) -> float:
    """Seconds until the server has closed all; some send a byte every three seconds meanwhile."""
    start, poller = time.monotonic(), select.poll()
    open_ones = {client.fileno(): client for client in [*clients, *dripping]}
    for number in open_ones:
        poller.register(number, select.POLLRDHUP)
    next_drop = start
    while open_ones and time.monotonic() - start < 3 * limits.GRACE:
        for number, _ in poller.poll(500):
            poller.unregister(number)
            del open_ones[number]
        if time.monotonic() > next_drop:
            next_drop += 3
            drop(client for client in dripping if client.fileno() in open_ones)
    return time.monotonic() - start


def drop(clients) -> None:
    for client in clients:
        try:
            client.send(b"x")
        except OSError:
            continue  # it is closed: the next round sees it
