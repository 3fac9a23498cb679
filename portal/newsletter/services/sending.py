"""An issue goes to its subscribers: started, queued, paused, stopped and counted (P08).

The mails themselves are the outbox's (`pluc.outbox.batches`, docs/decisions/0036).
"""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from pluc.outbox import bulk
from pluc.outbox.bulk import Addressee
from pluc.outbox.models import Mail
from pluc.outbox.services import wake_worker
from portal.accounts.models import User
from portal.newsletter.composing import DEFAULT, TEMPLATE
from portal.newsletter.models import Mailing, MailingStep
from portal.newsletter.queries.audience import subscribers_after
from portal.newsletter.queries.mailings import STARTED, number_who_left, texts_of
from portal.newsletter.services.publishing import publish_issue

log = logging.getLogger("pluc.newsletter")

State, Action = Mailing.State, MailingStep.Action
# Subscribers that get their row in one transaction.
CHUNK = 1000
COUNTED = ["sent", "withheld", "withheld_because", "failed", "unknown", "left"]


class NotNow(Refused):
    """It cannot be done with the issue as it is now."""


@transaction.atomic
def start(*, mailing_id: int) -> bool:
    """Begins to send an approved issue whose moment has come. Done twice, it does it once.

    Without a key by which those who left are known nothing begins; returns whether it did.
    """
    mailing = taken(mailing_id)
    now = timezone.now()
    is_due = mailing.starts_at is not None and mailing.starts_at <= now
    if mailing.state != State.SCHEDULED or not is_due or not settings.SUPPRESSION_KEYS:
        return False
    mailing.state, mailing.started_at = State.SENDING, now
    mailing.save(update_fields=["state", "started_at"])
    note(mailing, Action.STARTED)
    return True


@transaction.atomic
def queue_batch(*, mailing_id: int) -> bool:
    """Puts the mails of the next subscribers in the outbox; returns whether there may be more.

    Mails and how far it is are one transaction: cut off halfway, the next goes on where this began.
    """
    mailing = taken(mailing_id)
    if mailing.state != State.SENDING or mailing.is_queued or mailing.started_at is None:
        return False
    chunk = subscribers_after(mailing.last_subscription, limit=CHUNK, since=mailing.started_at)
    subjects = dict(texts_of(mailing.event).values_list("language", "subject"))
    bulk.post_bulk(
        event=mailing.event,
        template=TEMPLATE,
        addressees=(
            Addressee(one.email, one.person_id, subjects.get(one.language, subjects[DEFAULT]))
            for one in chunk
        ),
    )
    if chunk:
        mailing.last_subscription = chunk[-1].pk
    mailing.queued += len(chunk)
    mailing.is_queued = len(chunk) < CHUNK
    mailing.save(update_fields=["last_subscription", "queued", "is_queued"])
    # Robust: what the queue misses, the worker finds within a minute.
    transaction.on_commit(wake_worker, robust=True)
    return not mailing.is_queued


@transaction.atomic
def pause(*, mailing_id: int, by: User) -> None:
    """Holds what was not sent yet. Raises `NotNow`."""
    mailing = taken(mailing_id)
    if mailing.state != State.SENDING:
        raise NotNow(_t("It is not being sent now."))
    mailing.state = State.PAUSED
    mailing.save(update_fields=["state"])
    bulk.pause(mailing.event)
    note(mailing, Action.PAUSED, by)


@transaction.atomic
def go_on(*, mailing_id: int, by: User) -> None:
    """Sends the rest of what was paused. Raises `NotNow`."""
    mailing = taken(mailing_id)
    if mailing.state != State.PAUSED:
        raise NotNow(_t("It is not paused."))
    mailing.state = State.SENDING
    mailing.save(update_fields=["state"])
    bulk.go_on(mailing.event)
    note(mailing, Action.WENT_ON, by)
    transaction.on_commit(wake_worker, robust=True)


@transaction.atomic
def stop(*, mailing_id: int, by: User) -> None:
    """Sends no more of it, ever. Raises `NotNow`."""
    mailing = taken(mailing_id)
    if mailing.state not in {State.SENDING, State.PAUSED}:
        raise NotNow(_t("It is not being sent now."))
    mailing.state, mailing.ended_at = State.STOPPED, timezone.now()
    mailing.save(update_fields=["state", "ended_at"])
    bulk.stop(mailing.event)
    note(mailing, Action.STOPPED, by)
    count(mailing)


@transaction.atomic
def keep_count(*, mailing_id: int) -> None:
    """Stores the numbers of an issue, and that it was sent once nothing of it waits."""
    mailing = taken(mailing_id)
    if mailing.state not in STARTED:
        return
    if count(mailing).open or not mailing.is_queued or mailing.state != State.SENDING:
        return
    mailing.state, mailing.ended_at = State.SENT, timezone.now()
    mailing.save(update_fields=["state", "ended_at"])
    note(mailing, Action.SENT)
    publish_issue(mailing)
    log.info("Issue %s was sent to %d addresses", mailing.pk, mailing.sent)


def count(mailing: Mailing) -> bulk.Tally:
    """Stores the numbers of the outbox. What it has forgotten keeps the numbers that it had."""
    tally = bulk.tally(mailing.event)
    if not tally.by_state:
        return tally
    take_over(mailing, tally)
    mailing.left = number_who_left(mailing)
    mailing.save(update_fields=COUNTED)
    return tally


def take_over(mailing: Mailing, tally: bulk.Tally) -> None:
    """Sets the numbers of an issue to those of the outbox."""
    mailing.sent = tally.of(Mail.State.SENT)
    mailing.withheld = tally.of(Mail.State.WITHHELD)
    mailing.withheld_because = tally.reasons(Mail.State.WITHHELD)
    mailing.failed = tally.of(Mail.State.GIVEN_UP)
    mailing.unknown = tally.of(Mail.State.UNKNOWN)


def taken(mailing_id: int) -> Mailing:
    """The issue, locked. Raises `NotNow` for one that is not there."""
    mailing = Mailing.objects.select_for_update().filter(pk=mailing_id).first()
    if mailing is None:
        raise NotNow(_t("This issue is not there any more."))
    return mailing


def note(mailing: Mailing, action: MailingStep.Action, by: User | None = None) -> None:
    MailingStep.objects.create(mailing=mailing, action=action, by=by)
    log.info("Issue %s: %s by user %s", mailing.pk, action, by.pk if by else None)
