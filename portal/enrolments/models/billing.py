"""Amounts to charge and to credit, and the exports in which the bookkeeping got them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.periods import BOOKS
from portal.enrolments.models.enrolments import Enrolment


def books_end_at() -> datetime:
    return timezone.now() + BOOKS


class BillingExport(models.Model):
    """An export of billing lines: when and by whom. Frozen until tax law lets it go.

    `by` may be emptied: the row outlives the login.
    """

    at = models.DateTimeField(_("when"), default=timezone.now)
    kept_until = models.DateTimeField(default=books_end_at, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("billing export")
        verbose_name_plural = _("billing exports")
        ordering = ["-at"]
        default_permissions = ()
        permissions = [("export_billing", _("Can export billing facts"))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class BillingLine(models.Model):
    """An amount to charge, or to take back, for one enrolment. Frozen until tax law lets it go.

    `enrolment` may be emptied: the facts for the books outlive the place and the person.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", _("charge")
        CREDIT = "credit", _("credit note")

    export = models.ForeignKey(BillingExport, on_delete=models.PROTECT, related_name="lines")
    kept_until = models.DateTimeField(default=books_end_at, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, related_name="+", null=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    amount = models.DecimalField(_("amount in euros"), max_digits=8, decimal_places=2)
    # What the books get, word for word: the invoice address and the description of the moment.
    facts = models.JSONField(_("facts"))

    class Meta:
        verbose_name = _("billing line")
        verbose_name_plural = _("billing lines")
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind"], name="enrolments_billed_once_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
