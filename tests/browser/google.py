"""Google's part, played by the tests: its script, and what is sent to it."""

import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Page, Request, Response

from tests.live_site import chromium_arguments
from tests.tls import digest_of_key, own_certificate

ID = "G-PLUCDEMO01"
STUB = Path(__file__).with_name("google_stub.js").read_bytes()
TAGS, COUNTER = "www.googletagmanager.com", "region1.google-analytics.com"
SCRIPT = re.compile(rf"https://{re.escape(TAGS)}/")
COLLECT = re.compile(r"https://[\w.-]+\.google-analytics\.com/")


# --- Its server ----------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    """Gives the script to whoever asks, and takes what is sent."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", str(len(STUB)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(STUB)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing: `Google` notes what browsers ask."""


@contextmanager
def serving(folder: Path) -> Iterator[list[str]]:
    """Plays Google's servers, and yields how Chromium is started to find them, and to trust them.

    Playwright's own way, `route`, keeps a browser from caching anything at all.
    """
    certificate = own_certificate(folder, TAGS, COUNTER)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        # Shaken hands by the connection's own thread, so that nobody waits for another.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        here = f"127.0.0.1:{server.server_port}"
        trusted = f"--ignore-certificate-errors-spki-list={digest_of_key(certificate)}"
        yield [*chromium_arguments({TAGS: here, COUNTER: here}), trusted]
        server.shutdown()
        thread.join()


# --- What it is asked ----------------------------------------------------------------------------


@dataclass
class Google:
    """What a browser asked of Google: its script, and what was sent to be counted."""

    scripts: list[str] = field(default_factory=list)
    collected: list[dict[str, str]] = field(default_factory=list)
    listeners: ExitStack = field(default_factory=ExitStack)

    def over(self, context: BrowserContext) -> None:
        def note(request: Request) -> None:
            if SCRIPT.match(request.url):
                self.scripts.append(request.url)
            if COLLECT.match(request.url):
                query = parse_qs(urlsplit(request.url).query)
                self.collected.append({name: values[0] for name, values in query.items()})

        context.on("request", note)
        self.listeners.callback(context.remove_listener, "request", note)

    @property
    def was_asked(self) -> bool:
        return bool(self.scripts or self.collected)


def visit_and_be_counted(page: Page, address: str) -> None:
    """Opens a page that is measured, and waits until that very visit has been sent."""

    visited = urlsplit(address)._replace(query="", fragment="").geturl()

    def is_of_this(response: Response) -> bool:
        sent = parse_qs(urlsplit(response.url).query).get("dl", [""])[0]
        return bool(COLLECT.match(response.url)) and sent.partition("?")[0].endswith(visited)

    with page.expect_response(is_of_this):
        page.goto(address)
