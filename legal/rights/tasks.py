"""What the worker does by the clock."""

from legal.rights import services


def purge_counters() -> None:
    """Hourly: what counted tries per network address and has run out. May run twice."""
    services.purge_counters()
