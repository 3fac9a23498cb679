"""Logs parts of a page that cannot be shown and are left out (docs/decisions/0018)."""

import logging
import traceback

from django.db import Error as DatabaseError

logger = logging.getLogger(__name__)


def report(error: Exception, what: str, *identity: object) -> None:
    """Logs that `what` (a text with a `%s` per part of its identity) was left out, and why.

    Names the kind of error and where it arose, never its message: that may quote what was typed.
    Raises the error again where the database fails: then there is no page to be had.
    """
    if isinstance(error, DatabaseError):
        raise error
    place = traceback.extract_tb(error.__traceback__)[-1]
    kind = f"{type(error).__name__} at {place.filename}:{place.lineno}"
    logger.error(f"Left out: {what}: %s", *identity, kind)
