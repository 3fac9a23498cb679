"""Sending what waits: an attempt, and what follows from its answer (docs/decisions/0051).

At least once: a message whose worker was killed goes again, under the same id, by which a receiver
knows that it has it. Messages about one object go one after the other.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from headless.webhooks import mails, queries
from headless.webhooks.addresses import target_of
from headless.webhooks.calling import CallFailed, call
from headless.webhooks.models import ATTEMPTS_KEPT, Delivery, Endpoint
from headless.webhooks.services.telling import WOKEN, wake_worker
from headless.webhooks.signing import (
    Unreadable,
    is_by_a_former_key,
    seal,
    signed_headers,
    unseal,
)
from pluc.outbox.outcomes import BACK_OFF
from pluc.periods import WEBHOOK_FAILS

log = logging.getLogger("pluc.webhooks")
State, Reason = Delivery.State, Delivery.Reason

# A worker that has not reported after this long is gone: tasks are ended after a minute.
CLAIM_LASTS = timedelta(minutes=5)
# How long an endpoint is left alone after failures in a row, in minutes; the last one from then on.
RESTS = (0, 1, 2, 5, 15, 30)
# One that fails for days is switched off once it was tried often, not after a single message.
TRIED_OFTEN = 10
GONE = 410  # the receiver's own word that nobody listens any more


@dataclass(frozen=True)
class Outcome:
    """What an attempt came to: the status of an answer, and why it failed where it did."""

    status: int | None = None
    reason: str = ""

    @property
    def is_delivered(self) -> bool:
        return not self.reason


def send_for(seconds: float) -> None:
    """Sends what is due, the oldest first; what is left when time is up, in a next task."""
    cache.delete(WOKEN)  # before looking
    end = time.monotonic() + seconds
    while (first := queries.next_due(timezone.now())) is not None:
        if time.monotonic() > end:
            wake_worker()
            return
        send(delivery_id=first.pk)


def send(*, delivery_id: int) -> None:
    """Sends a message that is due. Of two workers that try, one gets it."""
    delivery = claim(delivery_id)
    if delivery is not None:
        settle(delivery, attempt(delivery))


def claim(delivery_id: int) -> Delivery | None:
    """Marks a due message as being sent, and returns it; `None` where another worker did."""
    now = timezone.now()
    due = Delivery.objects.due_at(now).filter(pk=delivery_id)
    updated = due.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    if not updated:
        return None
    return Delivery.objects.select_related("endpoint").get(pk=delivery_id)


def attempt(delivery: Delivery) -> Outcome:
    """One call, signed anew. Never in a transaction: others would wait for the receiver."""
    endpoint = delivery.endpoint
    try:
        headers = signed_headers(
            name=delivery.name,
            moment=timezone.now(),
            body=delivery.body,
            sealed_secrets=secrets_of(endpoint),
        )
        status = call(target_of(endpoint.address), body=delivery.body.encode(), headers=headers)
    except Unreadable:
        return Outcome(reason=Reason.NO_SECRET)
    except ValidationError:  # allowed when it was typed, and not any more
        return Outcome(reason=Reason.NOT_PUBLIC)
    except CallFailed as error:
        return Outcome(reason=error.reason)
    if 200 <= status < 300:
        return Outcome(status)
    return Outcome(status, Reason.REDIRECT if 300 <= status < 400 else Reason.ANSWER)


def secrets_of(endpoint: Endpoint) -> list[str]:
    """The secrets that sign now: two while one takes over from the other."""
    former = endpoint.former_until is not None and endpoint.former_until > timezone.now()
    return [endpoint.secret, endpoint.former_secret] if former else [endpoint.secret]


# --- What follows --------------------------------------------------------------------------------


@transaction.atomic
def settle(delivery: Delivery, outcome: Outcome) -> None:
    """Stores what became of an attempt, unless it was taken back from this worker meanwhile."""
    now = timezone.now()
    endpoint = Endpoint.objects.select_for_update().filter(pk=delivery.endpoint_id).first()
    ours = Delivery.objects.filter(
        pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at
    )
    if endpoint is None or not ours.update(**settled(delivery, outcome, now)):
        return
    if outcome.is_delivered:
        after_success(endpoint)
    else:
        after_failure(endpoint, outcome, now)


def settled(delivery: Delivery, outcome: Outcome, now: datetime) -> dict[str, object]:
    """The columns of a message after an attempt."""
    came_to = {"status": outcome.status, "reason": outcome.reason}
    begun = delivery.claimed_at or now
    history = [*delivery.history, {"at": begun.isoformat(), **came_to}]
    fields: dict[str, object] = {**came_to, "history": history[-ATTEMPTS_KEPT:]}
    if outcome.is_delivered:
        return fields | {"state": State.DELIVERED, "delivered_at": now}
    if delivery.attempts > len(BACK_OFF):
        log.error("Webhook message %s is given up: %s", delivery.pk, outcome.reason)
        return fields | {"state": State.GIVEN_UP}
    wait = timedelta(minutes=BACK_OFF[delivery.attempts - 1])
    return fields | {"state": State.WAITING, "due_at": now + wait}


def after_success(endpoint: Endpoint) -> None:
    if endpoint.failures:
        endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
        endpoint.save(update_fields=["failures", "failing_since", "rests_until"])


def after_failure(endpoint: Endpoint, outcome: Outcome, now: datetime) -> None:
    """Leaves the endpoint alone for a while, or switches it off after days without an answer."""
    rest = RESTS[min(endpoint.failures, len(RESTS) - 1)]
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.rests_until = now + timedelta(minutes=rest)
    endpoint.save(update_fields=["failures", "failing_since", "rests_until"])
    is_long = now - endpoint.failing_since >= WEBHOOK_FAILS and endpoint.failures >= TRIED_OFTEN
    if (is_long or outcome.status == GONE) and endpoint.state == Endpoint.State.ACTIVE:
        switch_off(endpoint)


def switch_off(endpoint: Endpoint) -> None:
    """Tells it of nothing more, and the back office by mail that it does."""
    endpoint.state = Endpoint.State.DISABLED
    endpoint.save(update_fields=["state"])
    log.error("Webhook %s is switched off: it failed too long.", endpoint.pk)
    mails.tell_of_disabled(endpoint)


def recover() -> None:
    """Deals with messages whose worker was killed, with old secrets, and with a wrong clock."""
    now = timezone.now()
    sending = Delivery.objects.filter(state=State.SENDING)
    sending.filter(claimed_at__gt=now).update(claimed_at=now)
    sending.filter(claimed_at__lt=now - CLAIM_LASTS).update(state=State.WAITING)
    longest = now + timedelta(minutes=max(BACK_OFF))
    Delivery.objects.filter(state=State.WAITING, due_at__gt=longest).update(due_at=now)
    rested = now + timedelta(minutes=max(RESTS))
    Endpoint.objects.filter(rests_until__gt=rested).update(rests_until=None)
    over = Endpoint.objects.filter(former_until__lte=now)
    over.update(former_secret="", former_until=None)


def seal_anew() -> None:
    """Encrypts secrets by the present SECRET_KEY that an earlier one still decrypts."""
    for endpoint in Endpoint.objects.only("secret", "former_secret"):
        for name in ("secret", "former_secret"):
            sealed = getattr(endpoint, name)
            if sealed and is_by_a_former_key(sealed):
                same = Endpoint.objects.filter(pk=endpoint.pk, **{name: sealed})
                same.update(**{name: seal(unseal(sealed))})
