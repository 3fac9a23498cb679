"""Addresses that get no newsletter, known by a keyed hash: it outlives erasure (STANDARDS 2.13)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """An address that gets no newsletter until its owner asks for it again.

    It holds no address: `key` is what `portal.newsletter.address_keys` makes of it.
    """

    class Reason(models.TextChoices):
        LEFT = "left", _("left the newsletter")
        BOUNCED = "bounced", _("mail came back")
        COMPLAINED = "complained", _("complained to the mail server")

    key = models.CharField(max_length=64, primary_key=True)
    reason = models.CharField(max_length=10, choices=Reason)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.reason
