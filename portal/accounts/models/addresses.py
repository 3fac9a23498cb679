"""Addresses that a login has asked for and not proven yet."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from pluc.moments import moment_of
from pluc.periods import ADDRESS_CHANGE


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def alive(self, now: datetime | None = None) -> Self:
        """Changes that may still be proven."""
        return self.filter(asked_at__gt=(now or timezone.now()) - ADDRESS_CHANGE)


class AddressChange(models.Model):
    """That a login asked for another address, and when.

    The address itself is an unproven row of allauth beside the proven one. A change ends when it
    is proven, taken back or older than its period, or when somebody else proves that mailbox first
    (docs/decisions/0015).
    """

    address = models.OneToOneField(
        "account.EmailAddress",
        on_delete=models.CASCADE,
        related_name="change",
        primary_key=True,
    )
    asked_at = models.DateTimeField(default=timezone.now)

    objects = AddressChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return moment_of(self.asked_at)

    @property
    def ends_at(self) -> datetime:
        return self.asked_at + ADDRESS_CHANGE
