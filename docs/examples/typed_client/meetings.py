"""Prints the meetings to come, by the client that `make.py` makes: each field has its type."""

import argparse
from collections.abc import Iterator

from pluc_client import Client
from pluc_client.api.offer import offer_meetings
from pluc_client.models import CursorPageMeeting, Meeting, Problem
from pluc_client.types import UNSET


def meetings(client: Client, partner: str = "") -> Iterator[Meeting]:
    """All of them, page after page. Raises `RuntimeError` where we refuse, with our sentence."""
    page = offer_meetings.sync(client=client, partner=partner or UNSET, limit=10)
    while True:
        match page:
            case CursorPageMeeting(meta=meta, items=items):
                yield from items
            case Problem(detail=detail):
                raise RuntimeError(detail)
            case None:
                raise RuntimeError("No answer that the schema knows.")
        if not meta.next_:
            return
        answer = client.get_httpx_client().get(meta.next_).raise_for_status()
        page = CursorPageMeeting.from_dict(answer.json())


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
