"""A receiver of webhooks: a real server on loopback that keeps what it gets."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

from headless.webhooks.models import CHOSEN, Delivery, Endpoint
from headless.webhooks.services import endpoints, noticing, sending
from headless.webhooks.services.endpoints import Typed
from portal.meetings.models import Meeting
from tests.factories import CoursePageFactory, UserFactory, offer_page
from tests.planning import CourseFactory, MeetingFactory, in_days

DRIPS = 500  # letters of an answer that lasts
ALL = [value for value, _ in CHOSEN]


@dataclass
class Receiver:
    """What it got, in order: headers and body. `status` is what it answers."""

    port: int = 0
    path: str = "/hook"
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    # Seconds between the letters of an answer that lasts; none for a usual answer.
    drips: float = 0
    dripped: int = 0
    # What it answers in its body.
    answer: bytes = b""
    got: list[tuple[dict[str, str], str]] = field(default_factory=list)
    # The number of a message, from one, that it takes as the last; then `answers` is not set.
    silent_from: int | None = None
    # While it is not set, a message is taken and not answered.
    answers: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    @property
    def told(self) -> list[tuple[str, Any]]:
        """The kind of each message, and the object that it is about."""
        messages = (json.loads(body) for _, body in self.got)
        return [(one["type"], one["data"]["id"]) for one in messages]

    def verified(self, secret: str) -> list[Any]:
        """What each message says. Raises for a signature that is not right."""
        return [Webhook(secret).verify(body, headers) for headers, body in self.got]


def handler_for(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            receiver.got.append(({name.lower(): one for name, one in self.headers.items()}, body))
            if receiver.silent_from is not None and len(receiver.got) >= receiver.silent_from:
                receiver.silent_from = None
                receiver.answers.clear()
            receiver.answers.wait()
            if receiver.drips:
                self.drip()
                return
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(receiver.answer)
            except OSError:
                return  # the other side read enough

        def drip(self) -> None:
            """Headers, one letter at a time, until nobody reads them any more, or all are out."""
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                for _ in range(DRIPS):
                    self.wfile.write(b"x")
                    receiver.dripped += 1
                    time.sleep(receiver.drips)
            except OSError:
                return

        def log_message(self, *args: Any) -> None:
            """Nothing: the tests read what it got."""

    return Handler


@contextmanager
def receiving(context: ssl.SSLContext | None = None, **given: Any) -> Iterator[Receiver]:
    """A receiver, by TLS where there is a `context` for it."""
    receiver = Receiver(**given)
    receiver.answers.set()
    server = ThreadingHTTPServer(("127.0.0.1", receiver.port), handler_for(receiver))
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.answers.set()
        server.shutdown()
        server.server_close()
        thread.join()


def endpoint_at(address: str, *, events: list[str] | None = None) -> tuple[Endpoint, str]:
    """An endpoint that is told of everything, or of these; and its secret."""
    typed = Typed(name="Perenplein", address=address, events=events or ALL)
    return endpoints.make_endpoint(typed=typed, by=UserFactory())


def send_all() -> None:
    """What the worker does, until nothing is due any more."""
    sending.send_for(60)


def waiting() -> list[Delivery]:
    return list(Delivery.objects.filter(state=Delivery.State.WAITING).order_by("pk"))


def told() -> list[tuple[str, Any]]:
    """What was written down for endpoints, in order: the kind, and the object."""
    rows = Delivery.objects.order_by("pk").values_list("body", flat=True)
    messages = (json.loads(body) for body in rows)
    return [(one["type"], one["data"]["id"]) for one in messages]


def forget() -> None:
    """From now on only what happens next is there."""
    Delivery.objects.all().delete()


def shown_meeting(**page: Any) -> Meeting:
    """A meeting of a course that has a page."""
    course = CourseFactory()
    CoursePageFactory(course=course, parent=offer_page(), **page)
    noticing.look_everywhere()
    forget()
    meeting: Meeting = MeetingFactory(day=in_days(30), course=course)
    return meeting
