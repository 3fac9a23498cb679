"""What the worker does by the clock. Each may run twice with one effect."""

from legal.rights import services


def purge() -> None:
    """Task, each night: ends all that is past its time."""
    services.purge()


def purge_short_lived() -> None:
    """Task, hourly: ends what is kept for less than a week."""
    services.purge(short_lived=True)
