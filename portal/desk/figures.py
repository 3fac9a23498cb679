"""The numbers behind the overview's plots. Counted at night: a million rows take a while."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from pluc.periods import WEEK, YEAR
from portal.desk.models import Figure
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE

Column = dict[str, Any]
Kind, State = Figure.Kind, Enrolment.State
WEEKS = 10


def make_figures() -> None:
    """Task, each night: counts anew. May run twice."""
    now = timezone.now()
    makers = {Kind.FILLING: filling, Kind.ENROLMENTS: enrolments, Kind.ABSENCE: absence}
    for kind, make in makers.items():
        defaults = {"columns": make(now), "made_at": now}
        Figure.objects.update_or_create(kind=kind, defaults=defaults)


def held_lately(now: dt.datetime) -> Any:
    """Meetings of the last year that went on, with places."""
    lately = Meeting.objects.filter(starts_at__gt=now - YEAR, starts_at__lte=now, capacity__gt=0)
    return lately.exclude(state=Meeting.State.CANCELLED)


def filling(now: dt.datetime) -> list[Column]:
    """Which part of all places was taken, so many weeks before the date; in percent."""
    starts = dict(held_lately(now).values_list("pk", "starts_at"))
    places = held_lately(now).aggregate(n=Sum("capacity"))["n"] or 0
    taken = Enrolment.objects.filter(meeting__in=held_lately(now), state=State.ENROLLED)
    ahead: Counter[int] = Counter()
    for meeting, asked_at in taken.values_list("meeting", "asked_at").iterator():
        ahead[min(max((starts[meeting] - asked_at) // WEEK, 0), WEEKS)] += 1
    return [
        {"label": weeks, "bars": [percent(sum(ahead[n] for n in ahead if n >= weeks), places)]}
        for weeks in range(WEEKS, -1, -1)
    ]


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def enrolments(now: dt.datetime) -> list[Column]:
    """How many asked for a place, per month: last year's and this year's."""
    this_month = now.astimezone(ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = [month_before(this_month, back) for back in range(23, -1, -1)]
    asked = Enrolment.objects.filter(asked_at__gte=months[0])
    found = asked.annotate(month=TruncMonth("asked_at", tzinfo=ZONE)).values("month")
    counts = {row["month"].strftime("%Y-%m"): row["n"] for row in found.annotate(n=Count("pk"))}
    return [
        {"label": f"{month:%Y-%m}", "bars": [counts.get(f"{m:%Y-%m}", 0) for m in (before, month)]}
        for before, month in zip(months[:12], months[12:], strict=True)
    ]


def month_before(month: dt.datetime, back: int) -> dt.datetime:
    """The first of the month so many months earlier."""
    years, months = divmod(month.year * 12 + month.month - 1 - back, 12)
    return month.replace(year=years, month=months + 1)


def absence(now: dt.datetime) -> list[Column]:
    """Who had a place and did not come, per format of meeting; in percent."""
    checked = (Meeting.State.HELD, Meeting.State.COMPLETED)
    places = Enrolment.objects.filter(
        meeting__in=held_lately(now).filter(state__in=checked), state=State.ENROLLED
    )
    absent = Count("pk", filter=Q(was_absent=True))
    found = places.values(format=F("meeting__format")).annotate(all=Count("pk"), absent=absent)
    by_format = {row["format"]: percent(row["absent"], row["all"]) for row in found}
    return [
        {"label": form, "bars": [by_format[form]]}
        for form in Meeting.Format.values
        if form in by_format
    ]
