"""Amounts to charge and to credit, and the exports in which the bookkeeping got them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.moments import moment_of
from pluc.periods import BOOKS
from pluc.typed_lines import LineField
from portal.accounts.plain_text import validate_plain_line
from portal.enrolments.models.enrolments import Enrolment
from portal.meetings.models import Meeting

PLAIN = [validate_plain_line]


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
        return moment_of(self.at)


class BillingLine(models.Model):
    """An amount to charge, or to take back, with VAT. Frozen until tax law lets it go.

    It is for one enrolment, or for a `meeting` that a client pays for. `enrolment` may be emptied:
    the facts for the books outlive the place and the person.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", _("charge")
        CREDIT = "credit", _("credit note")

    export = models.ForeignKey(BillingExport, on_delete=models.PROTECT, related_name="lines")
    kept_until = models.DateTimeField(default=books_end_at, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, related_name="+", null=True)
    # Only of what a client pays.
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+", null=True)
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
            ),
            models.UniqueConstraint(
                fields=["meeting", "kind"], name="enrolments_client_billed_once_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class BillingCodes(models.Model):
    """What the bookkeeping program calls things: one row, which the back office keeps.

    A line takes a copy, so that a file of before stays as it was.
    """

    debtor = LineField(
        _("debtor number"),
        max_length=20,
        blank=True,
        validators=PLAIN,
        help_text=_("The collective debtor on whom every line is booked."),
    )
    vat_exempt = LineField(
        _("VAT code where it is exempt"), max_length=20, blank=True, validators=PLAIN
    )
    ledger_exempt = LineField(
        _("ledger account where it is exempt"), max_length=20, blank=True, validators=PLAIN
    )
    vat_taxed = LineField(
        _("VAT code where VAT applies"), max_length=20, blank=True, validators=PLAIN
    )
    ledger_taxed = LineField(
        _("ledger account where VAT applies"), max_length=20, blank=True, validators=PLAIN
    )

    class Meta:
        verbose_name = _("codes for the books")
        verbose_name_plural = _("codes for the books")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
