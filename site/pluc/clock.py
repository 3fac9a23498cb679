"""Repairs moments in the database that a wrong clock set too far in the future.

django-q2 runs a schedule when its moment has come. One that was set while the clock was a day ahead
would stand still for that day, a restart included (`docs/decisions/0019`).
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from pluc.caches import DatabaseCache

log = logging.getLogger("pluc.clock")


def set_right() -> int:
    """Brings what waits too far in the future back to now; returns how many schedules and tasks."""
    number = set_schedules_right() + set_tasks_right()
    if number:
        log.warning("The clock went back: %d schedules and tasks were brought to now.", number)
        forget_counts()
    return number


def set_schedules_right() -> int:
    """Brings schedules that are due later than one interval from now to now; returns how many."""
    moments = list(
        Schedule.objects.filter(schedule_type=Schedule.MINUTES).values_list(
            "pk", "minutes", "next_run"
        )
    )
    now = timezone.now()  # after reading: the scheduler may have set one a moment ago
    return sum(
        Schedule.objects.filter(pk=pk, next_run=next_run).update(next_run=now)
        for pk, minutes, next_run in moments
        if next_run > now + timedelta(minutes=minutes)
    )


def set_tasks_right() -> int:
    """Unlocks tasks that are locked for longer than `retry`; returns how many.

    Every task may run twice.
    """
    now = timezone.now()
    limit = now + timedelta(seconds=settings.Q_CLUSTER["retry"])
    stuck = OrmQ.objects.filter(lock__gt=limit).values_list("pk", flat=True)
    return sum(OrmQ.objects.filter(pk=pk, lock__gt=limit).update(lock=now) for pk in list(stuck))


def forget_counts() -> None:
    """Empties the cache: its rate limits and ends were counted by the clock that was wrong.

    Not that of Redis, which holds the queue as well.
    """
    if isinstance(caches["default"], DatabaseCache):
        caches["default"].clear()
