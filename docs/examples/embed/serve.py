"""Serves a partner's page that shows our agenda, from an origin of its own, under a strict policy.

    python docs/examples/embed/serve.py --site http://localhost:8000 --port 8900

Then open http://localhost:8900/. Needs nothing but Python.
"""

import argparse
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PLUC = "https://pluc.nl"
FILES = {"/": ("index.html", "text/html; charset=utf-8"), "/site.css": ("site.css", "text/css")}


def policy(site: str) -> str:
    """What a careful partner allows: our script and API; no inline style, no markup by script."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {site}",
            f"connect-src {site}",
            "style-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


class Page(BaseHTTPRequestHandler):
    """Two files, with our address as `site` has it."""

    def __init__(self, site: str, *args: object) -> None:
        self.site = site
        super().__init__(*args)  # type: ignore[arg-type]  # the server's own

    def do_GET(self) -> None:
        name, kind = FILES.get(self.path, ("", ""))
        if not name:
            self.send_error(404)
            return
        body = (FOLDER / name).read_text(encoding="utf-8").replace(PLUC, self.site).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", policy(self.site))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing of who looks."""


def server(site: str, port: int = 0) -> ThreadingHTTPServer:
    """A server on this machine, not yet started; on any free port if none is given."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Page, site))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", default=PLUC, help="where PLUC! is")
    parser.add_argument("--port", type=int, default=8900)
    options = parser.parse_args()
    print(f"http://localhost:{options.port}/ shows the agenda of {options.site}. Ctrl-C stops it.")
    server(options.site, options.port).serve_forever()


if __name__ == "__main__":
    main()
