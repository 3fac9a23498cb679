"""Writing down what endpoints are told: a message for each, in the transaction of its cause.

A message says what happened, to which object, when, and where the API tells of it. It holds no
content and nothing about people: whoever got hold of it has nothing that the API does not give.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from headless.webhooks.models import Delivery, Endpoint, Event
from headless.webhooks.queries import endpoints_told
from pluc.links import site_address

WOKEN = "webhooks.woken"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened to an object of the API.

    `subject` orders messages: those about the same one arrive one after the other. `object_id` is
    what the API knows it by, `path` where it tells of it.
    """

    event: Event
    subject: str
    object_id: str | int
    path: str

    def body(self, at: datetime) -> str:
        data = {"id": self.object_id, "address": site_address(self.path)}
        told = {"type": self.event.value, "timestamp": at.isoformat(), "data": data}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def tell(*happenings: Happening) -> None:
    """Tells every endpoint that listens. Call it in the transaction of the cause."""
    for endpoint in endpoints_told() if happenings else ():
        tell_one(endpoint, [one for one in happenings if one.event in endpoint.events])


def tell_one(endpoint: Endpoint, happenings: Sequence[Happening]) -> list[Delivery]:
    """Writes a message to an endpoint for each of these, in order, and wakes the worker."""
    now = timezone.now()
    made = Delivery.objects.bulk_create(
        Delivery(
            endpoint=endpoint,
            event=one.event,
            subject=one.subject,
            body=one.body(now),
            created_at=now,
            due_at=now,
        )
        for one in happenings
    )
    if made:
        # Robust: the messages are safe by now, and a page need not fail because the queue does.
        transaction.on_commit(wake_worker, robust=True)
    return made


def wake_worker() -> None:
    """Asks the worker to send what is due, once for however much happens meanwhile."""
    if not cache.get(WOKEN) and cache.add(WOKEN, True, timeout=60):
        async_task("headless.webhooks.tasks.send_told")
