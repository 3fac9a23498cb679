"""Prints the meetings to come, by the client that `make.py` makes: each field has its type."""

import argparse
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from pluc_client import Client
from pluc_client.api.offer import offer_meetings
from pluc_client.models import CursorPageMeeting, Meeting, Problem


def meetings(client: Client, partner: str = "") -> Iterator[Meeting]:
    """All of them, page after page. Raises `RuntimeError` where we refuse, with our sentence."""
    cursor = ""
    while True:
        page = offer_meetings.sync(client=client, partner=partner, cursor=cursor, limit=10)
        match page:
            case CursorPageMeeting(meta=meta, items=items):
                yield from items
            case Problem(detail=detail):
                raise RuntimeError(detail)
            case None:
                raise RuntimeError("No answer that the schema knows.")
        if meta.next_ is None:
            return
        cursor = parse_qs(urlsplit(meta.next_).query)["cursor"][0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", default="https://pluc.nl", help="where PLUC! is")
    parser.add_argument("--partner", default="", help="a partner's short name")
    options = parser.parse_args()
    with Client(base_url=options.site) as client:
        for meeting in meetings(client, options.partner):
            print(f"{meeting.code}: {meeting.course.title}, {meeting.when}, {meeting.places.text}")


if __name__ == "__main__":
    main()
