"""Keeping mail away from an address, whatever becomes of its subscription (STANDARDS 2.6, 2.13)."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from portal.newsletter.address_keys import suppression_key, suppression_keys
from portal.newsletter.models import Suppression

log = logging.getLogger("pluc.newsletter")
Reason = Suppression.Reason
# The last one outweighs those before it.
BY_WEIGHT = (Reason.LEFT, Reason.BOUNCED, Reason.COMPLAINED)


@transaction.atomic
def suppress(*, email: str, reason: Suppression.Reason) -> None:
    """This address gets no newsletter until its owner asks for it again. May be told repeatedly.

    A weightier reason of before stays, and what an older key has is written anew with the present
    one. Without a key nothing can be written, and no newsletter goes either: the log says so.
    """
    if not settings.SUPPRESSION_KEYS:
        log.error("An address could not be suppressed: NEWSLETTER_KEY is not set.")
        return
    before = Suppression.objects.filter(key__in=suppression_keys(email))
    reasons = [reason, *before.values_list("reason", flat=True)]
    heaviest = max(reasons, key=BY_WEIGHT.index)
    Suppression.objects.update_or_create(key=suppression_key(email), defaults={"reason": heaviest})


def lift(*, email: str, reasons: Iterable[Suppression.Reason] = tuple(Reason)) -> None:
    """Ends a suppression of one of these reasons, because its owner asked for it."""
    if settings.SUPPRESSION_KEYS:
        keys = suppression_keys(email)
        Suppression.objects.filter(key__in=keys, reason__in=list(reasons)).delete()


def reason_at(*, email: str) -> Suppression.Reason | None:
    """Why this address is suppressed now; `None` where it is not."""
    if not settings.SUPPRESSION_KEYS:
        return None
    rows = Suppression.objects.filter(key__in=suppression_keys(email))
    found = [Reason(reason) for reason in rows.values_list("reason", flat=True)]
    return max(found, key=BY_WEIGHT.index, default=None)
