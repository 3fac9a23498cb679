"""How the child process gets the files that a document names: it asks its parent for them."""

from multiprocessing.connection import Connection

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from pluc.documents.renderer import FILE, QUESTION


class Refused(FatalURLFetchingError):
    """The parent refused an address; it stops the rendering."""


class AskingFetcher(URLFetcher):
    """WeasyPrint's fetcher: asks the parent for every file, and opens none itself."""

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
