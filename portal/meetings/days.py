"""The days of a meeting that takes several: which they are, and in words (docs/decisions/0032)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Protocol

from django.utils import formats
from django.utils.translation import gettext as _t

from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE

DAY, MOMENT = dt.timedelta(days=1), dt.timedelta(microseconds=1)
# So many days in a row are told as a stretch, fewer one by one.
STRETCH = 3
Stretch = tuple[dt.date, dt.date]


class Takes(Protocol):
    """What takes time: a session, stored or typed."""

    @property
    def starts_at(self) -> dt.datetime: ...

    @property
    def ends_at(self) -> dt.datetime: ...


def days_of(sessions: Iterable[Takes]) -> list[str]:
    """The days that sessions take, in the Netherlands, as a meeting keeps them (`Meeting.days`)."""
    found: set[dt.date] = set()
    for session in sessions:
        first = session.starts_at.astimezone(ZONE).date()
        last = (session.ends_at - MOMENT).astimezone(ZONE).date()
        found |= {first + DAY * number for number in range((last - first).days + 1)}
    return [day.isoformat() for day in sorted(found)]


def days_in(meeting: Meeting) -> list[dt.date]:
    """Its days, the first one first."""
    return [dt.date.fromisoformat(day) for day in meeting.days]


def days_in_words(days: Sequence[dt.date]) -> str:
    """7 en 14 januari 2027; in a row 7 tot en met 9 januari 2027; with each month and year once."""
    groups = [list(group) for _, group in groupby(stretches(days), key=month_of)]
    told = [in_a_month(group) for group in groups]
    ends = [group[-1][1] for group in groups]
    for number, (end, after) in enumerate(pairwise([*ends, None])):
        if end and (after is None or after.year != end.year):
            told[number] = f"{told[number]} {end.year}"
    return enumerated(told)


def stretches(days: Sequence[dt.date]) -> list[Stretch]:
    """First and last day of each stretch; days that are not in a row are stretches of one."""
    rows: list[list[dt.date]] = []
    for day in days:
        if rows and day - rows[-1][-1] == DAY:
            rows[-1].append(day)
        else:
            rows.append([day])
    found: list[Stretch] = []
    for row in rows:
        is_long = len(row) >= STRETCH
        found += [(row[0], row[-1])] if is_long else [(day, day) for day in row]
    return found


def month_of(stretch: Stretch) -> tuple[int, int, int, int]:
    """By which stretches share the name of their month: one of two months shares it with none."""
    first, last = stretch
    return first.year, first.month, last.year, last.month


def in_a_month(group: Sequence[Stretch]) -> str:
    """7, 14 en 21 januari; of a stretch over the end of a month or year both ends in full."""
    first, last = group[0]
    if (first.year, first.month) != (last.year, last.month):
        form = "j F" if first.year == last.year else "j F Y"
        return until(formats.date_format(first, form), formats.date_format(last, "j F"))
    parts = [
        str(first.day) if first == last else until(str(first.day), str(last.day))
        for first, last in group
    ]
    return f"{enumerated(parts)} {formats.date_format(first, 'F')}"


def until(first: str, last: str) -> str:
    return _t("%(first)s to %(last)s") % {"first": first, "last": last}


def enumerated(parts: Sequence[str]) -> str:
    """a, b en c"""
    if len(parts) == 1:
        return parts[0]
    both = {"first": ", ".join(parts[:-1]), "last": parts[-1]}
    return _t("%(first)s and %(last)s") % both
