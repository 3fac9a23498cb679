"""What the queue of a phone sends, read with care: any shape can come in.

A batch is `{"account": "…", "sent": 1790000000000, "marks": [{"id": "…", "of": "…", "walk_in":
false, "kind": "in", "at": 1790000000000, "supersedes": null}]}`, with times in milliseconds by the
clock of the phone.
"""

import datetime as dt
import json
import math
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from portal.attendance.models import Mark
from portal.attendance.services.marking import NewMark

MOST = 200  # marks in a batch; the queue sends fewer
LATEST = 2e14  # milliseconds, the year 8307: no clock is that far ahead, and every part can tell it
LONGEST = dt.timedelta(days=3650)  # that a mark may have waited; older than any door


class NotABatch(ValueError):
    """What came is no batch of marks at all."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """`marks` in the order in which they came: nothing stands for what is no mark."""

    account: str
    marks: list[NewMark | None]


def refuse_constant(name: str) -> NoReturn:
    """JSON knows no NaN and no Infinity; Python would read them."""
    raise NotABatch(name)


def read_batch(body: bytes, *, session_id: UUID, now: dt.datetime) -> Batch:
    """Raises `NotABatch` for what has another shape; of a mark with one, only that is left out."""
    try:
        data = json.loads(body, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise NotABatch("no JSON") from error
    if not isinstance(data, dict) or not is_moment(data.get("sent")):
        raise NotABatch("no batch")
    account, marks = data.get("account"), data.get("marks")
    if not (isinstance(account, str) and isinstance(marks, list) and len(marks) <= MOST):
        raise NotABatch("no batch")
    read = [read_mark(one, session_id=session_id, sent=data["sent"], now=now) for one in marks]
    return Batch(account=account, marks=read)


def is_moment(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and 0 <= value < LATEST


def read_mark(data: Any, *, session_id: UUID, sent: float, now: dt.datetime) -> NewMark | None:
    """One mark, with its time by our clock; nothing for what has another shape."""
    if not (isinstance(data, dict) and is_moment(data.get("at"))):
        return None
    number, of, earlier = (key_in(data.get(name)) for name in ("id", "of", "supersedes"))
    is_wrong = data.get("supersedes") and earlier is None
    if number is None or of is None or is_wrong or data.get("kind") not in list(Mark.Kind):
        return None
    at, told_at = times(data["at"], sent=sent, now=now)
    is_walk_in = data.get("walk_in") is True
    return NewMark(
        id=number,
        session_id=session_id,
        kind=data["kind"],
        at=at,
        told_at=told_at,
        source=Mark.Source.DOOR,
        supersedes_id=earlier,
        enrolment_id=None if is_walk_in else of,
        walk_in_id=of if is_walk_in else None,
    )


def key_in(value: Any) -> UUID | None:
    """A key as browsers write it; nothing for any other text, or for what is none."""
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def times(at: float, *, sent: float, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """When it was by our clock, and what the phone's clock said.

    The phone's time plus how far its clock was off when it sent: so a clock that is wrong by years
    is no harm. A clock that was put back in between would give a time to come: then it is now.
    """
    waited = min(dt.timedelta(milliseconds=max(sent - at, 0)), LONGEST)
    return now - waited, dt.datetime.fromtimestamp(at / 1000, tz=dt.UTC)
