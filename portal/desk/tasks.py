"""What the worker does for the overview."""

from portal.desk import figures


def make_figures() -> None:
    """Task, each night. May run twice."""
    figures.make_figures()
