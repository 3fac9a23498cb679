"""Keeping the newsletter away from an address, whatever becomes of the rows about it."""

from django.db import transaction

from portal.newsletter.address_keys import suppression_key, suppression_keys
from portal.newsletter.models import Suppression


@transaction.atomic
def suppress(*, email: str, reason: Suppression.Reason) -> None:
    """Suppresses an address from now on, with the reason that came last."""
    known = Suppression.objects.filter(key__in=suppression_keys(email))
    if not known.update(reason=reason):
        new = Suppression(key=suppression_key(email), reason=reason)
        Suppression.objects.bulk_create([new], ignore_conflicts=True)
