"""Subscriptions by token, by person, for the back office's list, and what we hold about one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from portal.accounts.queries import proven_addresses
from portal.newsletter.address_keys import normal
from portal.newsletter.links import held_by_token
from portal.newsletter.models import Subscription, SubscriptionStep
from portal.newsletter.models.subscriptions import SubscriptionQuerySet


def by_leave_token(token: str) -> Subscription | None:
    return Subscription.objects.filter(token=token).first()


def by_held_token(token: str) -> Subscription | None:
    key = held_by_token(token)
    return Subscription.objects.filter(pk=key).first() if key else None


def waits_for(*, confirm_token: str) -> bool:
    """Whether this link can still be used; asked where it is opened, decided where it is used."""
    return Subscription.objects.with_open_link(confirm_token).exists()


def of_user(user: User) -> Subscription | None:
    """The subscription of a login's address, once that is proven to be theirs."""
    if user.email.lower() not in proven_addresses(user=user):
        return None
    return Subscription.objects.filter(normal_email=normal(user.email)).first()


def of_person(person: Person) -> SubscriptionQuerySet:
    """What a colleague sees in a person's file: theirs, or at the address that we have of them."""
    own = Subscription.objects.filter(person=person)
    if person.email:
        own = own | Subscription.objects.filter(normal_email=normal(person.email))
    return own


def subscriptions_to_list() -> SubscriptionQuerySet:
    return Subscription.objects.only("email", "state", "language", "asked_at", "confirmed_at")


def subscription_with_id(*, subscription_id: UUID) -> Subscription | None:
    rows = Subscription.objects.select_related("person")
    return rows.filter(pk=subscription_id).first()


def steps_of(subscription: Subscription) -> list[SubscriptionStep]:
    """What happened, the newest last, with which statement was in force and who did it."""
    steps = SubscriptionStep.objects.filter(subscription=subscription)
    return list(steps.select_related("edition", "by__person").defer(*HEAVY).order_by("at", "pk"))


# What an edition of the statement holds and no line of a list shows.
HEAVY = ("edition__pdf", "edition__text", "edition__html", "edition__tables")


@dataclass(frozen=True)
class Received:
    """An issue that went to somebody."""

    subject: str
    at: datetime


def issues_received(subscription: Subscription) -> list[Received]:
    """The issues that went to this address, as long as the outbox keeps them, the newest first."""
    mails = Mail.objects.filter(
        kind=Mail.Kind.NEWSLETTER, recipient=subscription.email, state=Mail.State.SENT
    )
    found = mails.order_by("-created_at").values_list("subject", "created_at")
    return [Received(subject, at) for subject, at in found]
