"""How VAT applies to a price."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

RATE = 21  # per cent: what applies in the Netherlands where a course is not exempt


class Vat(models.TextChoices):
    """Of a course, of a meeting that differs from it, and of a booking as it was made."""

    EXEMPT = "exempt", _("exempt (CRKBO)")
    INCLUDED = "included", _("included in the price")
    ON_TOP = "on top", _("comes on top of the price")

    @classmethod
    def to_pay(cls, amount: Decimal, vat: str) -> Decimal:
        """What is paid for an amount in euros, with the VAT that comes on top of it."""
        if vat != cls.ON_TOP:
            return amount
        return (amount * (100 + RATE) / 100).quantize(Decimal("0.01"))
