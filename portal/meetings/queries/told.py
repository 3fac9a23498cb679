"""What lists and pages tell of meetings: facts are remembered, what is left of the places never.

A meeting's facts (its course, day, place, price) are read once per process and generation, and
again when its `changed_at` differs. Its state and its counts are those of the request's own query
(docs/decisions/0023).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest

from pluc.generation import remembered, remembered_many
from portal.meetings.models import Accreditation, Meeting, Speaker

# Columns that are read anew for each request.
FRESH = ("id", "changed_at", "state", "capacity", *Meeting.COUNTS)
Key = tuple[str, int, dt.datetime]


def meetings_told(request: HttpRequest, rows: Sequence[Sequence[Any]]) -> list[Meeting]:
    """The meetings of these rows, which begin with the `FRESH` columns, in the same order.

    With what a line in a list tells. One that is gone by now is left out.
    """
    keys: dict[Key, Sequence[Any]] = {("line", row[0], row[1]): row for row in rows}
    known = remembered_many(request, keys, load_lines)
    return [refreshed(known[key], row) for key, row in keys.items() if key in known]


def load_lines(keys: Iterable[Key]) -> dict[Key, Meeting]:
    by_id = {key[1]: key for key in keys}
    return {by_id[pk]: one for pk, one in Meeting.objects.with_line().in_bulk(by_id).items()}


def refreshed(meeting: Meeting, row: Sequence[Any]) -> Meeting:
    for name, value in zip(FRESH, row, strict=False):
        setattr(meeting, name, value)
    return meeting


def with_details(request: HttpRequest, meeting: Meeting) -> Meeting:
    """The meeting with what its own page tells besides: sessions, hours per scheme, speakers."""
    details = remembered(
        request, ("page", meeting.pk, meeting.changed_at), partial(load_details, meeting)
    )
    return refreshed(details, [getattr(meeting, name) for name in FRESH])


def load_details(meeting: Meeting) -> Meeting:
    prefetch_related_objects(
        [meeting],
        "sessions",
        Prefetch("accreditations", Accreditation.objects.select_related("scheme")),
        Prefetch("speakers", Speaker.objects.select_related("picture")),
    )
    return meeting
