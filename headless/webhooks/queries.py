"""Endpoints and their messages, for the staff screens and for whoever sends."""

import uuid
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from headless.webhooks.models import Delivery, DeliveryQuerySet, Endpoint

State = Endpoint.State


def endpoints_to_list() -> "QuerySet[Endpoint]":
    """All of them, with how many messages wait and when one was delivered last."""
    open_ones = Q(deliveries__state__in=[Delivery.State.WAITING, Delivery.State.SENDING])
    return Endpoint.objects.annotate(
        waiting=Count("deliveries", filter=open_ones),
        last_delivered=Max("deliveries__delivered_at"),
    )


def endpoint_with_id(*, endpoint_id: uuid.UUID) -> Endpoint | None:
    return Endpoint.objects.select_related("made_by__person").filter(pk=endpoint_id).first()


def deliveries_of(*, endpoint: Endpoint) -> DeliveryQuerySet:
    """Its messages."""
    return Delivery.objects.filter(endpoint=endpoint)


def delivery_with_id(*, delivery_id: int) -> Delivery | None:
    return Delivery.objects.select_related("endpoint").filter(pk=delivery_id).first()


def endpoints_told() -> "QuerySet[Endpoint]":
    """Endpoints that are told of what happens: also those that get it later."""
    return Endpoint.objects.exclude(state=State.DISABLED).only("events")


def is_anybody_told() -> bool:
    """Whether there is an endpoint at all: without one nothing is compared and nothing written."""
    return Endpoint.objects.exists()


def next_due(now: datetime) -> Delivery | None:
    """The message that goes next: the one that happened first."""
    return Delivery.objects.due_at(now).order_by("pk").only("pk").first()
