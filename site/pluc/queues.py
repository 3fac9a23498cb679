"""django-q2's queues, which also repair what a wrong clock set (`pluc.clock`).

The worker asks its queue for a task each second, even while all its schedules stand still.
"""

import time
from typing import Any

from django_q.brokers import Broker
from django_q.brokers.orm import ORM
from django_q.brokers.redis_broker import Redis

from pluc import clock

CLOCK_IS_SEEN_TO = 30  # seconds; as often as django-q2 looks at its schedules


class WithClock(Broker):
    """Calls `pluc.clock.set_right` at the first question and then twice a minute."""

    seen_to: float | None = None

    def dequeue(self) -> Any:
        now = time.monotonic()  # which does not jump
        if self.seen_to is None or now - self.seen_to >= CLOCK_IS_SEEN_TO:
            self.seen_to = now
            clock.set_right()
        return super().dequeue()


class DatabaseQueue(WithClock, ORM):
    """Tasks in the database."""


class RedisQueue(WithClock, Redis):
    """Tasks in Redis."""
