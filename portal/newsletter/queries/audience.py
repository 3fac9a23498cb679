"""Who gets an issue: the one query that asks (P21; STANDARDS 2.6, 2.10, 3.16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from legal.rights.queries import restricted_people
from portal.accounts.models import Person
from portal.newsletter.address_keys import normal, suppression_keys
from portal.newsletter.models import Subscription, Suppression
from portal.newsletter.models.subscriptions import SubscriptionQuerySet


@dataclass(frozen=True, slots=True)
class Recipient:
    """What an issue's mail to one subscriber needs to know of them."""

    subscription: UUID
    email: str
    language: str
    token: str


def subscribers_after(last: UUID | None, *, limit: int, since: datetime) -> list[Subscription]:
    """The next active subscriptions in the order of their ids; `last` is where one stopped.

    Who subscribed later than `since`, the moment that an issue began to go, does not get it. Whom
    else something keeps mail away from, `recipients_at` says when it goes.
    """
    active = Subscription.objects.active().filter(confirmed_at__lte=since).order_by("id")
    if last is not None:
        active = active.filter(id__gt=last)
    return list(active.only("id", "email", "person_id", "language")[:limit])


def number_of_subscribers() -> int:
    """How many get the newsletter now, but for those whom only their address tells apart."""
    return Subscription.objects.active().count()


def recipients_at(emails: Iterable[str]) -> dict[str, Recipient]:
    """Of these addresses those that get the newsletter at this moment, by address.

    Whoever left, was suppressed or has had their processing restricted is not among them. Two
    queries, however many addresses.
    """
    asked = {normal(email): email for email in emails}
    # By address alone: a condition on the state would have SQLite look through all that are active.
    rows = unrestricted(Subscription.objects.filter(normal_email__in=asked))
    found = {
        asked[row.normal_email]: Recipient(
            subscription=row.pk, email=row.email, language=row.language, token=row.token
        )
        for row in rows.only("email", "normal_email", "language", "token", "state")
        if row.state == Subscription.State.ACTIVE
    }
    keys = {key: email for email in found for key in suppression_keys(email)}
    for key in Suppression.objects.filter(key__in=keys).values_list("key", flat=True):
        found.pop(keys[key], None)
    return found


def unrestricted(rows: SubscriptionQuerySet) -> SubscriptionQuerySet:
    """Without those of people whose data is kept and not used, by key and by any address of theirs
    (P26).

    Somebody else at a shared address misses it too: rather that, than using what may not be used.
    """
    restricted = Person.objects.filter(pk__in=restricted_people()).order_by()
    proven = EmailAddress.objects.filter(user__person__in=restricted_people(), verified=True)
    at_it = restricted.alias(small=Lower("email")).filter(
        Q(pk=OuterRef("person_id")) | Q(small=OuterRef("small"))
    )
    return rows.alias(small=Lower("email")).filter(
        ~Exists(at_it), ~Exists(proven.filter(email=OuterRef("small")))
    )
