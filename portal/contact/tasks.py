"""What the worker does for the contact form."""

from portal.contact import services


def purge() -> None:
    """Task, daily: deletes messages whose retention is over. May run twice."""
    services.purge()
