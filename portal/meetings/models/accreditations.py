"""The PE hours of a meeting."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineField
from portal.meetings.models.courses import Scheme


class Accreditation(models.Model):
    """Hours that a scheme recognises for a meeting. Without a date they are asked for."""

    meeting = models.ForeignKey(
        "meetings.Meeting",
        on_delete=models.CASCADE,
        related_name="accreditations",
        verbose_name=_("meeting"),
    )
    scheme = models.ForeignKey(
        Scheme, on_delete=models.PROTECT, related_name="+", verbose_name=_("scheme")
    )
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.25"))]
    )
    category = LineField(_("category"), max_length=80, blank=True)
    number = LineField(_("number"), max_length=60, blank=True)
    granted_on = models.DateField(_("granted"), null=True, blank=True)

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        ordering = ["scheme__position", "scheme__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "scheme"], name="meetings_one_accreditation_a_scheme"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.hours}"
