"""What the worker does for the newsletter. Each may run twice with one effect."""

from portal.newsletter.services import returning, subscribing


def look_at(asking_id: str) -> None:
    """Task: mails whoever was named on the site. The key of a row, never an address."""
    subscribing.look_at(asking_id=asking_id)


def end_rows() -> None:
    """Task, each day: ends rows of issues that did not arrive where one has arrived since."""
    returning.end_rows()
