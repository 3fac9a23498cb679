"""How many mails leave for one mailbox within an hour, all kinds together (`pluc.limits`)."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import Rate, parse_rates
from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

from pluc.limits import rates_of
from pluc.mailboxes import mailbox_of
from pluc.outbox.models import Mail

State = Mail.State
LIMITS = ("mailbox", "mailbox_security", "mailbox_office")
COUNTED = (State.SENDING, State.SENT, State.UNKNOWN)


def limit_of(mail: Mail) -> str:
    """The limit a mail falls under. Security mail has its own, which other mail cannot use up."""
    if mail.kind == Mail.Kind.SECURITY:
        return "mailbox_security"
    own = mailbox_of(settings.BACK_OFFICE_ADDRESS)
    return "mailbox_office" if mail.mailbox == own else "mailbox"


def rate_of(limit: str) -> Rate:
    """The one rate of a limit on mailboxes."""
    (rate,) = parse_rates(rates_of(limit, https=settings.HTTPS))
    return rate


def longest_wait() -> timedelta:
    """The longest time that a mail is held back."""
    return timedelta(seconds=max(rate_of(limit).duration for limit in LIMITS))


def has_room_at(mail: Mail) -> datetime | None:
    """When a claimed mail may go; `None` where that is now. One query, by an index."""
    rate, now = rate_of(limit_of(mail)), timezone.now()
    period = timedelta(seconds=rate.duration)
    # Up to now: what a wrong clock sent tomorrow holds nothing back until then.
    left = Mail.objects.to_mailbox(mail).filter(
        state__in=COUNTED, claimed_at__gt=now - period, claimed_at__lte=now
    )
    newest = left.exclude(pk=mail.pk).order_by("-claimed_at").values_list("claimed_at", flat=True)
    oldest_of_all = newest[rate.amount - 1 : rate.amount].first()
    return oldest_of_all + period if oldest_of_all else None


def full_mailboxes(mails: Sequence[Mail]) -> dict[uuid.UUID, datetime]:
    """Which of these mails to many have to wait, and until when: `has_room_at` for a whole batch.

    One query, however many mails.
    """
    now = timezone.now()
    rate = {limit: rate_of(limit) for limit in LIMITS}
    own = mailbox_of(settings.BACK_OFFICE_ADDRESS)
    rates = {
        mail.mailbox: rate["mailbox_office" if mail.mailbox == own else "mailbox"] for mail in mails
    }
    left = Mail.objects.filter(mailbox__in=rates, state__in=COUNTED, claimed_at__lte=now)
    counted = (
        left.exclude(kind=Mail.Kind.SECURITY)
        .filter(claimed_at__gt=now - longest_wait())
        .values_list("mailbox")
        .annotate(number=Count("pk"), oldest=Min("claimed_at"))
        .order_by()
    )
    until = {
        mailbox: oldest + timedelta(seconds=rates[mailbox].duration)
        for mailbox, number, oldest in counted
        if number >= rates[mailbox].amount
    }
    return {mail.pk: until[mail.mailbox] for mail in mails if mail.mailbox in until}
