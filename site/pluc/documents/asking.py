"""How the child process reads what a document names: it asks its parent."""

from multiprocessing.connection import Connection

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from pluc.documents.renderer import FILE, QUESTION


class Refused(FatalURLFetchingError):
    """The parent refused an address; it stops the rendering."""


class AskingFetcher(URLFetcher):
    """Asks for every file; opens none."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        self.connection.send_bytes(QUESTION + url.encode(errors="replace"))
        message = self.connection.recv_bytes()
        if message[:1] != FILE:
            raise Refused(url)
        kind, _, content = message[1:].partition(b"\n")
        return URLFetcherResponse(url, content, {"Content-Type": kind.decode()})
