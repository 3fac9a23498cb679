"""Sending mail to many: a batch of it is taken, made, and handed over on one connection.

At most once (STANDARDS 7.6): a mail is `TAKEN` with its batch, `SENDING` before it is handed over,
and settled after. The database hears of it for `STORED_EVERY` mails together: a worker that is
killed leaves at most so many of which nobody knows whether they went. These become *unknown*; the
rest of its batch goes later.
"""

import logging
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pluc.outbox import bulk, guards, pace, quotas
from pluc.outbox.bulk import COMPOSERS, Standing
from pluc.outbox.incoming import Bounce, is_hard
from pluc.outbox.models import HELD_BACK, LEFT_OUT, Mail
from pluc.outbox.outcomes import BACK_OFF, SENT, Outcome, outcome_of
from pluc.outbox.receiving import take_in
from pluc.outbox.return_addresses import bounce_address
from pluc.outbox.transports import Line

log = logging.getLogger("pluc.outbox")

State = Mail.State
BATCH = 100
# Other mail goes between batches, and need not wait longer for a slow server.
SECONDS = 5
# Mails between two notes in the database: what a kill leaves unknown, at most.
STORED_EVERY = 10
NOT_TRIED = Outcome(State.WAITING)

Letters = Mapping[uuid.UUID, Callable[[], bytes]]


@dataclass(frozen=True)
class Batch:
    """Mails that one worker took. By the moment it knows later which of them are still its own."""

    mails: list[Mail]
    claimed_at: datetime

    def still(self, mails: Sequence[Mail], state: Mail.State) -> Any:
        keys = [mail.pk for mail in mails]
        return Mail.objects.filter(pk__in=keys, state=state, claimed_at=self.claimed_at)

    def settle(self, mails: Sequence[Mail], **fields: Any) -> None:
        """Gives up the batch's hold on mails that were not tried."""
        if mails:
            self.still(mails, State.TAKEN).update_in_order(claimed_at=None, **fields)


def send_batch(*, event: str, template: str, until: float) -> bool:
    """Sends the next mails of an event, until `until` (of `time.monotonic`) at the latest.

    Returns whether something was done, and no reason was found to leave the rest for later.
    """
    composer = COMPOSERS[template]
    standing = composer.standing(event)
    if standing is not Standing.GOES:
        return put_aside(event, standing)
    batch = claim(event, template)
    if not batch.mails:
        return False
    try:
        going = withhold(batch)
        letters = composer.compose(event, going)
    except Exception as error:  # whatever it is, other mail must still go
        put_off(batch, error)
        return False
    left_out = [mail for mail in going if mail.pk not in letters]
    batch.settle(left_out, state=State.WITHHELD, reason=LEFT_OUT)
    with Line() as line:
        rest = [mail for mail in going if mail.pk in letters]
        hand_over(batch, rest, letters, line, min(until, time.monotonic() + SECONDS))
        return not line.is_down


def put_off(batch: Batch, error: Exception) -> None:
    """Lets a batch that cannot be made wait a moment: nothing of it was tried."""
    log.error("A batch of %s is not made: %s", batch.mails[0].event, type(error).__name__)
    later = timezone.now() + timedelta(minutes=BACK_OFF[0])
    batch.settle(batch.mails, state=State.WAITING, due_at=later)


def put_aside(event: str, standing: Standing) -> bool:
    """What is due although its mailing was paused or stopped: it had been under way then."""
    if standing is Standing.PAUSED:
        return bulk.pause(event) > 0
    return standing is Standing.STOPPED and bulk.stop(event) > 0


@transaction.atomic
def claim(event: str, template: str) -> Batch:
    """Takes the next mails that fit in this minute's rate. No two workers get the same."""
    now = timezone.now()
    room = pace.room_at(now)
    due = Mail.objects.due_at(now).filter(kind=Mail.Kind.NEWSLETTER, event=event, template=template)
    # Two workers choose beside each other; on SQLite one after the other, by the transaction.
    free = room.for_open_domains(due).select_for_update(skip_locked=True).order_by("due_at")
    mails = list(free.defer("message")[: min(BATCH, room.mails)])
    over = {mail.pk for mail in room.too_many(mails)}
    taken = [mail for mail in mails if mail.pk not in over]
    Mail.objects.filter(pk__in=[mail.pk for mail in taken]).update(
        state=State.TAKEN, claimed_at=now
    )
    return Batch(taken, now)


def withhold(batch: Batch) -> list[Mail]:
    """Settles what a guard objects to, or a full mailbox has to wait for; returns the others."""
    objections = guards.objections(batch.mails)
    by_reason: dict[str, list[Mail]] = defaultdict(list)
    for mail in batch.mails:
        if mail.pk in objections:
            by_reason[objections[mail.pk]].append(mail)
    for why, mails in by_reason.items():
        batch.settle(mails, state=State.WITHHELD, reason=why[:80])
    allowed = [mail for mail in batch.mails if mail.pk not in objections]
    until = quotas.full_mailboxes(allowed)
    held = [mail for mail in allowed if mail.pk in until]
    if held:
        later = max(until.values())
        batch.settle(held, state=State.WAITING, reason=HELD_BACK, due_at=later)
    return [mail for mail in allowed if mail.pk not in until]


def hand_over(
    batch: Batch, mails: Sequence[Mail], letters: Letters, line: Line, until: float
) -> None:
    """Sends mails one after the other; what time or a server that went away leaves, waits."""
    at = 0
    while at < len(mails) and time.monotonic() < until and not line.is_down:
        unit = mark(batch, mails[at : at + STORED_EVERY])
        at += STORED_EVERY
        store(batch, {mail: attempt(mail, letters[mail.pk], line, until) for mail in unit})
    batch.settle(mails[at:], state=State.WAITING)


def mark(batch: Batch, mails: Sequence[Mail]) -> Sequence[Mail]:
    """Notes that these go now; returns those that nobody paused, stopped or erased meanwhile."""
    taken = batch.still(mails, State.TAKEN)
    number = taken.update_in_order(state=State.SENDING, attempts=F("attempts") + 1)
    if number == len(mails):
        return mails
    ours = set(batch.still(mails, State.SENDING).values_list("pk", flat=True))
    return [mail for mail in mails if mail.pk in ours]


def attempt(mail: Mail, make: Callable[[], bytes], line: Line, until: float) -> Outcome:
    """Makes and sends one mail."""
    if line.is_down or time.monotonic() > until:
        return NOT_TRIED
    mail.attempts += 1  # as it was marked
    try:
        line.deliver(sender=bounce_address(mail.pk), recipient=mail.recipient, message=make())
    except Exception as error:  # whatever it is, the mails behind this one must still go
        return outcome_of(mail, error)
    return SENT


def store(batch: Batch, outcomes: Mapping[Mail, Outcome]) -> None:
    """Stores what became of mails, in one statement for each outcome.

    Who was refused at the door came back as surely as by a report (`pluc.outbox.receiving`).
    """
    now = timezone.now()
    same: dict[Outcome, list[uuid.UUID]] = defaultdict(list)
    for mail, outcome in outcomes.items():
        same[outcome].append(mail.pk)
    for outcome, keys in same.items():
        fields: dict[str, Any] = {"state": outcome.state, "reason": outcome.reason[:80]}
        if outcome.wait is not None:
            fields["due_at"] = now + outcome.wait
        if outcome == SENT:
            fields["sent_at"] = now
        if outcome == NOT_TRIED:
            fields |= {"attempts": F("attempts") - 1, "claimed_at": None}
        Mail.objects.filter(pk__in=keys).update_in_order(**fields)
        if outcome.refused:
            for key in keys:
                take_in(said=Bounce(key, is_hard(outcome.refused), outcome.refused), source="")


def recover(*, before: datetime) -> None:
    """Lets mails go on whose worker was killed before it came to them."""
    left = Mail.objects.filter(state=State.TAKEN, claimed_at__lt=before)
    left.update_in_order(state=State.WAITING, claimed_at=None)
