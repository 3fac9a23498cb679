"""What a colleague does with an endpoint, and with one of its messages."""

import logging
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from headless.webhooks.models import Delivery, Endpoint, Event
from headless.webhooks.services import noticing
from headless.webhooks.services.telling import Happening, tell_one, wake_worker
from headless.webhooks.signing import can_be_read, new_secret, seal
from pluc.deeds import Refused
from pluc.periods import SECRETS_OVERLAP
from portal.accounts.models import User

log = logging.getLogger("pluc.webhooks")
State = Endpoint.State


class WebhookRefused(Refused):
    """Something that cannot be done with an endpoint or a message now."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a colleague filled in."""

    name: str
    address: str
    events: list[str]


@transaction.atomic
def make_endpoint(*, typed: Typed, by: User) -> tuple[Endpoint, str]:
    """Makes an endpoint; returns it with its secret, which is shown this once.

    It hears of nothing that happened before: what is public now counts as known.
    """
    secret = new_secret()
    endpoint = Endpoint.objects.create(**vars(typed), secret=seal(secret), made_by=by)
    if not Endpoint.objects.exclude(pk=endpoint.pk).exists():
        noticing.know_everything()
    log.info("Webhook %s is made by user %s", endpoint.pk, by.pk)
    return endpoint, secret


@transaction.atomic
def change_endpoint(*, endpoint_id: uuid.UUID, typed: Typed, by: User) -> Endpoint:
    """Another name, address or choice of events. What waits goes to the new address."""
    endpoint = locked(endpoint_id)
    for name, value in vars(typed).items():
        setattr(endpoint, name, value)
    endpoint.rests_until = None
    endpoint.save(update_fields=[*vars(typed), "rests_until"])
    log.info("Webhook %s is changed by user %s", endpoint.pk, by.pk)
    return endpoint


@transaction.atomic
def renew_secret(*, endpoint_id: uuid.UUID, by: User) -> tuple[Endpoint, str]:
    """Makes another secret, and returns it this once. The former one signs along for a while."""
    endpoint, secret = locked(endpoint_id), new_secret()
    signs_along = can_be_read(endpoint.secret)
    endpoint.former_secret = endpoint.secret if signs_along else ""
    endpoint.former_until = timezone.now() + SECRETS_OVERLAP if signs_along else None
    endpoint.secret = seal(secret)
    endpoint.save(update_fields=["former_secret", "secret", "former_until"])
    log.info("Webhook %s has another secret by user %s", endpoint.pk, by.pk)
    return endpoint, secret


@transaction.atomic
def pause(*, endpoint_id: uuid.UUID, by: User) -> Endpoint:
    """Sends it nothing until somebody lets it go on; what happens meanwhile waits."""
    endpoint = locked(endpoint_id)
    if endpoint.state != State.ACTIVE:
        raise WebhookRefused(_t("It does not get anything now."))
    endpoint.state = State.PAUSED
    endpoint.save(update_fields=["state"])
    log.info("Webhook %s is paused by user %s", endpoint.pk, by.pk)
    return endpoint


@transaction.atomic
def go_on(*, endpoint_id: uuid.UUID, by: User) -> Endpoint:
    """Sends what waited, at once, and what happens from now on."""
    endpoint = locked(endpoint_id)
    if endpoint.state == State.ACTIVE:
        raise WebhookRefused(_t("It is active already."))
    endpoint.state = State.ACTIVE
    endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
    endpoint.save(update_fields=["state", "failures", "failing_since", "rests_until"])
    endpoint.deliveries.filter(state=Delivery.State.WAITING).update(due_at=timezone.now())
    log.info("Webhook %s goes on by user %s", endpoint.pk, by.pk)
    transaction.on_commit(wake_worker, robust=True)
    return endpoint


@transaction.atomic
def send_test(*, endpoint_id: uuid.UUID, by: User) -> Delivery:
    """Sends a message that says that it is a test, to this endpoint alone."""
    endpoint = locked(endpoint_id)
    if endpoint.state != State.ACTIVE:
        raise WebhookRefused(_t("It does not get anything now. Let it go on first."))
    endpoint.rests_until = None
    endpoint.save(update_fields=["rests_until"])
    log.info("Webhook %s gets a test by user %s", endpoint.pk, by.pk)
    number = uuid.uuid4()
    test = Happening(
        event=Event.TEST, subject=f"test:{number}", object_id=str(number), path="/api/openapi.json"
    )
    return tell_one(endpoint, [test])[0]


@transaction.atomic
def send_again(*, delivery_id: int, by: User) -> Delivery:
    """Sends a message once more, or now where it waits: under its own id, by which a receiver
    that has it can tell."""
    delivery = Delivery.objects.select_related("endpoint").get(pk=delivery_id)
    endpoint = locked(delivery.endpoint_id)
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if why_not := why_not_again(delivery, endpoint):
        raise WebhookRefused(why_not)
    endpoint.rests_until = None
    endpoint.save(update_fields=["rests_until"])
    delivery.state, delivery.attempts = Delivery.State.WAITING, 0
    delivery.due_at, delivery.delivered_at = timezone.now(), None
    delivery.save(update_fields=["state", "attempts", "due_at", "delivered_at"])
    log.info("Webhook message %s is sent again by user %s", delivery.pk, by.pk)
    transaction.on_commit(wake_worker, robust=True)
    return delivery


def why_not_again(delivery: Delivery, endpoint: Endpoint) -> str:
    """Why a message cannot be sent again now, in a sentence; empty where it can."""
    if delivery.state == Delivery.State.SENDING:
        return _t("It is being sent at this moment.")
    if endpoint.state != State.ACTIVE:
        return _t("It does not get anything now. Let it go on first.")
    return ""


@transaction.atomic
def remove(*, endpoint_id: uuid.UUID, by: User) -> None:
    """Deletes an endpoint with its messages."""
    locked(endpoint_id).delete()
    log.info("Webhook %s is deleted by user %s", endpoint_id, by.pk)


def locked(endpoint_id: uuid.UUID) -> Endpoint:
    """Raises `WebhookRefused` where a colleague deleted it a moment ago."""
    endpoint = Endpoint.objects.select_for_update().filter(pk=endpoint_id).first()
    if endpoint is None:
        raise WebhookRefused(_t("It is gone: a colleague deleted it."))
    return endpoint
