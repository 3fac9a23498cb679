"""What the worker does for the newsletter. Each may run twice with one effect."""

from portal.newsletter.services import returning


def end_rows() -> None:
    """Task, each day: ends rows of issues that did not arrive where one has arrived since."""
    returning.end_rows()
